"""Text on its way into Markdown: bold that closes in every language, one stop at the end of a sentence."""

from __future__ import annotations

import pytest

from dashboard.markdown import escape, firm, one_stop, say

HAIR = "\u200a"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**207 天（约 7 个月）**没有下单", f"**207 天（约 7 个月）**{HAIR}没有下单"),
        ("流失了**44%**的客户", f"流失了**44%**{HAIR}的客户"),
        ("每年带来**¥3,103,210**销售额", f"每年带来{HAIR}**¥3,103,210**销售额"),
        ("a **bold (word)** here, **5** too", "a **bold (word)** here, **5** too"),
        ("**12%**, then **3**.", "**12%**, then **3**."),
        ("2 * 3 ** 4", "2 * 3 ** 4"),
    ],
)
def test_bold_closes_beside_signs_without_blanks(text: str, shown: str):
    assert firm(text) == shown


def test_a_sentence_that_ends_with_a_russian_date_has_one_stop():
    assert firm("до **апреля 2027 г.**. Первый") == "до **апреля 2027 г.**. Первый"
    assert say("Данные по {day}. Дальше", day="5 марта 2026 г.") == "Данные по 5 марта 2026 г\\. Дальше"
    assert one_stop("по 9 марта 2026 г.. Это") == "по 9 марта 2026 г. Это"
    assert escape("so it is: г..") == "so it is\\: г\\.\\."
    assert firm("и так далее...") == "и так далее..."
