-- the state of one customer, first match (METRICS.md 5): from their silence, order days, longest closed gap, expected gap,
-- whether hardly anybody returns from there, whether they just returned, the lost threshold and the grace
create or replace macro state_of(
    silence, order_days, longest_gap, expected_gap, is_final, is_returned, lost_after_days, grace_days
) as case
    when silence > lost_after_days and longest_gap > lost_after_days + 1 then 'lost_twice'
    when silence > lost_after_days and is_final then 'finally_lost'
    when silence > 2 * lost_after_days then 'lost'
    when silence > lost_after_days then 'freshly_lost'
    when is_returned then 'returned'
    when 5 * silence >= 4 * lost_after_days then 'at_risk'
    when silence > expected_gap + grace_days then 'due'
    when order_days = 1 then 'new'
    else 'active'
end;
