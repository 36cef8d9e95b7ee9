-- one row per list that went out, latest first: when, what, how many, and whether its customers were contacted
with marks as (
    select
        export_id,
        max(contacted_on) as contacted_on,
        max(until) as until,
        count(*) filter (where is_control) as controls
    from contacted
    group by export_id
)

select
    exports.export_id,
    exports.made_at,
    exports.target,
    exports.customers,
    exports.filter,
    exports.content_hash,
    marks.contacted_on,
    marks.until,
    coalesce(marks.controls, 0) as controls
from exports
left join marks on exports.export_id = marks.export_id
order by exports.export_id desc
limit $row_limit;
