"""The page of customer lists: conditions, table, card, comparison, address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import i18n, segment_words, session
from dashboard.masking import masked
from metrics.export_log import exports
from metrics.list_options import targets
from metrics.rfm import RFM_NAMES, rfm_names
from metrics.segment import Condition, Segment, preset_segments, segment_fields
from metrics.segments import segment_rows, segment_totals
from metrics.suppression import release, suppressed
from tests.serving import served
from tests.test_people import add_people


@pytest.fixture
def shop(spice: Path) -> Iterator[Path]:
    with served(spice):
        yield spice
        session.workspace().update(segments=())


def _page(language: str) -> None:
    import streamlit as st

    from dashboard import i18n
    from dashboard.views import segments

    i18n.use(language)
    pages = {key: st.Page(lambda: None, title=key, url_path=key) for key in ("overview", "winback")}
    st.session_state["_pages"] = pages
    st.navigation(list(pages.values()))
    segments.page()


def sentence(app: AppTest) -> str:
    return app.markdown[0].value.replace("\\", "")


def opened(language: str = "en") -> AppTest:
    i18n.use(language)  # the options of a select are told in the test's own thread, too
    app = AppTest.from_function(_page, args=(language,), default_timeout=60).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_every_preset_opens_in_every_language(shop, language: str):
    app = opened(language)
    for key in preset_segments():
        app.selectbox(key="seg_start").set_value(key).run()
        assert not app.exception
        found = segment_totals(session.workspace(), preset_segments()[key])
        assert segment_words.in_words(found.customers) in sentence(app)


def test_a_condition_narrows_and_is_told(shop):
    app = opened()
    before = int(app.metric[0].value)
    version = app.session_state["_segment_version"]
    app.multiselect(key=f"seg_{version}_fields").set_value(["state", "orders"]).run()
    app.number_input(key=f"seg_{version}_orders_low").set_value(5).run()
    assert not app.exception
    assert 0 < int(app.metric[0].value) < before
    assert "Orders: 5 or more" in sentence(app)
    assert app.session_state["_segment"].conditions[1] == Condition(field="orders", low=5)


def test_the_address_names_the_segment(shop):
    app = AppTest.from_function(_page, args=("en",), default_timeout=60)
    app.query_params["segment"] = '{"conditions":[{"field":"orders","low":3,"high":4}]}'
    app.run()
    assert not app.exception
    assert "3 to 4" in app.markdown[0].value
    assert app.session_state["_page_address"] == {"segment": '{"conditions":[{"field":"orders","low":3.0,"high":4.0}]}'}
    wrong = AppTest.from_function(_page, args=("en",), default_timeout=60)
    wrong.query_params["segment"] = '{"conditions":[{"field":"nonsense"}]}'
    wrong.run()
    assert not wrong.exception
    assert wrong.session_state["_segment"] == preset_segments()["freshly_lost"]


@pytest.mark.parametrize(
    "asked",
    [
        '{"conditions":[{"field":"recency","low":0,"high":9}]}',
        '{"conditions":[{"field":"orders","low":2},{"field":"orders","high":5}]}',
        '{"conditions":[{"field":"yearly_value","low":99.5}]}',
        '{"conditions":[{"field":"category","values":["nobody buys this"]}]}',
        '{"but_not":[{"conditions":[{"field":"orders","high":1}],"but_not":[{"conditions":[{"field":"silence","low":9}]}]}]}',
    ],
)
def test_whatever_the_address_asks_is_what_the_page_counts(shop, asked: str):
    app = AppTest.from_function(_page, args=("en",), default_timeout=60)
    app.query_params["segment"] = asked
    app.run().run()
    assert not app.exception
    expected = segment_totals(session.workspace(), Segment.model_validate_json(asked)).customers
    shown = app.metric[0].value if app.metric else "0"
    assert int(shown.replace(",", "")) == expected


def test_contacts_are_masked_until_shown(shop):
    app = opened()
    frame = app.dataframe[0].value
    assert all("•••" in text for text in frame["E-mail"])
    app.toggle(key="seg_contacts").set_value(True).run()
    rows = segment_rows(session.workspace(), preset_segments()["freshly_lost"])
    assert list(app.dataframe[0].value["E-mail"]) == [row["email"] for row in rows]


def test_a_contact_seen_over_a_shoulder_is_nobody_s():
    assert masked("ann@x.example", is_shown=False) == "a•••@x.example"
    assert masked("+79001234567", is_shown=False) == "+7•••67"
    assert masked("ann@x.example", is_shown=True) == "ann@x.example"
    assert masked(None, is_shown=False) is None


def test_search_finds_by_name_whatever_the_case(shop):
    app = opened()
    name = segment_rows(session.workspace(), preset_segments()["freshly_lost"])[3]["name"]
    app.text_input(key="seg_search").set_value(name.upper()).run()
    assert set(app.dataframe[0].value["Customer"]) == {name}
    app.text_input(key="seg_search").set_value("nobody%_").run()
    assert not app.exception
    assert "Nobody in this segment" in app.info[0].value


def test_a_segment_is_saved_taken_up_and_deleted(shop):
    app = opened()
    app.selectbox(key="seg_start").set_value("one_time").run()
    app.text_input(key="seg_name").set_value("Once **").run()
    app.button(key="seg_save").click().run()
    assert not app.exception
    assert [each.name for each in session.settings().segments] == ["Once **"]
    app.selectbox(key="seg_start").set_value("own/Once **").run()
    assert not app.exception
    app.button(key="seg_delete_0").click().run()
    assert session.settings().segments == ()


def test_two_segments_compared_are_parted_without_rest(shop):
    app = opened()
    app.selectbox(key="seg_start").set_value("one_time").run()
    app.selectbox(key="seg_other").set_value("freshly_lost").run()
    assert not app.exception
    table = app.table[-1].value
    this, _other, both, only = (int(text.replace(",", "")) for text in table["Customers"])
    assert this == both + only
    app.button(key="seg_only").click().run()
    assert not app.exception
    assert int(app.metric[0].value) == only
    assert "but not: Where they stand: Freshly lost" in sentence(app)


def test_who_must_never_be_contacted_is_added_and_taken_off(shop):
    app = opened()
    email = segment_rows(session.workspace(), preset_segments()["freshly_lost"])[0]["email"]
    app.text_area(key="never_lines").set_value(f" <{email.upper()}>\n\n+44 20 7946 0018\n").run()
    app.button(key="never_add").click().run()
    assert not app.exception
    held = suppressed(session.workspace())
    assert (dict(held.counts), held.customers) == ({"email": 1, "phone": 1}, 1)
    app.multiselect(key="never_chosen").set_value([one.key for one in held.rows]).run()
    app.button(key="never_release").click().run()
    assert not app.exception
    assert suppressed(session.workspace()).rows == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [("never.txt", "{email}\n\n"), ("never.csv", "name;email;phone\nAnn;{email};\n")],
)
def test_who_must_never_be_contacted_comes_from_a_file(shop, name, content):
    app = opened()
    email = segment_rows(session.workspace(), preset_segments()["freshly_lost"])[0]["email"]
    app.file_uploader(key="never_file").upload(name, content.format(email=email).encode()).run()
    app.button(key="never_add_file").click().run(timeout=30)
    assert not app.exception
    held = suppressed(session.workspace())
    assert (held.counts["email"], held.customers) == (1, 1)
    release(session.workspace(), [one.key for one in held.rows])


def test_a_file_that_names_nobody_says_so(shop):
    app = opened()
    app.file_uploader(key="never_file").upload("empty.txt", b"\n").run()
    app.button(key="never_add_file").click().run(timeout=30)
    assert "names nobody" in app.toast[0].value
    assert suppressed(session.workspace()).rows == ()


def test_a_file_is_made_of_those_who_may_be_on_it_and_handed_out(shop):
    app = opened()
    session.workspace().update(phone_region=None)
    chosen = segment_totals(session.workspace(), preset_segments()["freshly_lost"]).customers
    told = " ".join(each.value.replace("\\", "") for each in app.markdown)
    assert f"{chosen} customers, nobody is left out" in told
    for target in targets():
        app.selectbox(key="take_target").set_value(target).run()
        app.button(key="take_make").click().run()
        assert not app.exception
        if target not in {"call_list", "vk_phones"}:
            assert len(app.get("download_button")) == 1, target
    assert exports(session.workspace()) == ()
    ((made,),) = (kept[2] for kept in app.session_state["_made_files"].values())
    made.log()
    made.log()
    assert [one.target for one in exports(session.workspace())] == [targets()[-1]]


def test_a_made_file_goes_once_somebody_in_it_is_called_otherwise(shop):
    app = opened()
    app.selectbox(key="take_target").set_value("csv").run()
    app.button(key="take_make").click().run()
    assert app.get("download_button")
    row = segment_rows(session.workspace(), preset_segments()["freshly_lost"])[0]
    batches = session.workspace().batches()
    add_people(session.workspace(), [SimpleNamespace(customer_id=row["customer_id"], email="new@example.com")])
    app.run()
    assert not app.exception
    assert not app.get("download_button")
    session.workspace().undo(*[one.batch_id for one in session.workspace().batches()[len(batches) :]])


def test_who_is_contacted_now_is_left_alone_for_a_while(shop):
    app = opened()
    app.selectbox(key="take_target").set_value("csv").run()
    app.button(key="take_make").click().run()
    app.button(key="take_mark").click().run()
    assert not app.exception
    assert "contacted not long ago = 0" in " ".join(each.value.replace("\\", "") for each in app.markdown)
    app.button(key="take_unmark").click().run()
    assert not app.exception
    assert "contacted not long ago" not in " ".join(each.value for each in app.markdown)


def test_a_saved_segment_of_segments_is_compared_as_a_whole(shop):
    once, fresh = preset_segments()["one_time"], preset_segments()["freshly_lost"]
    knot = Segment(name="knot", conditions=once.conditions, but_not=(fresh,))
    session.workspace().update(segments=[knot.model_dump()])
    app = opened()
    app.selectbox(key="seg_other").set_value("own/knot").run()
    assert not app.exception
    this, other, both, only = (int(text.replace(",", "")) for text in app.table[-1].value["Customers"])
    assert (both, only) == (0, this)
    assert other == segment_totals(session.workspace(), session.settings().segments[0]).customers


def test_a_search_that_finds_many_has_pages(shop):
    app = opened()
    app.text_input(key="seg_search").set_value("c1").run()
    found = segment_totals(session.workspace(), preset_segments()["freshly_lost"], "c1").customers
    assert 25 < found < int(app.metric[0].value)
    app.session_state["seg_page"] = 2
    app.run()
    assert not app.exception
    second = segment_rows(session.workspace(), preset_segments()["freshly_lost"], "c1", offset=25)
    assert list(app.dataframe[0].value["Customer"]) == [row["name"] for row in second]


def test_every_field_and_value_has_words():
    i18n.use("en")
    assert len({segment_words.field(key) for key in segment_fields()}) == len(segment_fields())
    for key, field in segment_fields().items():
        assert len({segment_words.value(key, one) for one in field.options}) == len(field.options)
    for key in preset_segments():
        assert segment_words.preset(key)
    assert segment_words.sentence(Segment(), "USD") == "everybody with an order"


def test_no_combination_of_scores_is_without_a_name():
    assert len(rfm_names()) == 125
    assert set(rfm_names()) == set(RFM_NAMES)


def _card(language: str, key: str) -> None:
    import streamlit as st

    from dashboard import i18n, session
    from dashboard.views.customer_card import card_section
    from metrics.segment import preset_segments
    from metrics.segments import segment_rows

    i18n.use(language)
    st.session_state["_pages"] = {}
    row = segment_rows(session.workspace(), preset_segments()[key], limit=40)[int(st.session_state.get("place", 0))]
    card_section(int(row["customer"]), is_shown=True)


@pytest.mark.parametrize("key", ["freshly_lost", "one_time", "returned", "silent_1_2_years"])
@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_a_customer_s_card_opens_with_answers_and_without(shop, language: str, key: str):
    i18n.use(language)
    app = AppTest.from_function(_card, args=(language, key), default_timeout=60)
    for place in (0, 7, 30):
        app.session_state["place"] = place
        app.run()
        assert not app.exception
        assert app.subheader[0].value


def test_a_search_that_finds_nobody_here_goes_on_among_all(shop):
    app = opened()
    elsewhere = segment_rows(session.workspace(), Segment(conditions=(Condition(field="state", values=("active",)),)))[
        0
    ]
    app.text_input(key="seg_search").set_value(elsewhere["customer_id"]).run()
    assert app.info
    app.button(key="seg_search_all").click().run()
    assert not app.exception
    assert not app.info
    assert len(app.dataframe[0].value) == 1
