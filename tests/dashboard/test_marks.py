"""Days marked on an axis: on a phone no name lies on another, and no line crosses a name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.marks import MARGIN, ROW, Mark, furthest_day, rows_of, uprights
from dashboard.palette import palette

PHONE = 200
WORDS = ["90%", "ваш выбор: 120 дней", "建议", "usual in your industry"]
MARKS = st.lists(st.builds(Mark, st.integers(1, 400), st.sampled_from(WORDS)), min_size=1, max_size=7)


def pixels(text: str) -> float:
    """What the text is at least wide in a font of 12 pixels."""
    return sum(12 if ord(sign) > 0x2E80 else 6 for sign in text)


@given(MARKS)
def test_names_keep_clear_of_each_other_and_of_the_lines(marks: list[Mark]) -> None:
    marks = sorted(marks, key=lambda each: each.day)
    end = max(furthest_day(marks), 120)
    placed = [
        (one.day / end * PHONE, one.day / end * PHONE + pixels(one.text), row)
        for one, row in zip(marks, rows_of(marks, end), strict=True)
    ]
    for place, (left, right, row) in enumerate(placed):
        assert right <= PHONE + MARGIN
        for other_left, _, other_row in placed[place + 1 :]:
            # A line rises to the row of its own name: what it would meet above that stands higher.
            assert right < other_left or row > other_row
        assert left >= 0


def test_a_line_rises_to_its_name() -> None:
    marks = [Mark(100, "your choice: 100 days", strong=True), Mark(110, "suggested"), Mark(350, "suggested, repeat")]
    rows = rows_of(marks, 400)
    assert rows == [1, 0, 0]
    shapes, names = uprights(marks, rows, 200, palette("light"))
    assert [shape["y1"] for shape in shapes] == [1 + (ROW * row + ROW - 1) / 200 for row in rows]
    assert [name["text"] for name in names] == ["<b>your choice: 100 days</b>", "suggested", "suggested, repeat"]
    assert [name["y"] for name in names] == [1 + ROW * row / 200 for row in rows]
