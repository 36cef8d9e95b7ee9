"""Made-up people for lists, nasty ones among them, and the strings that no file may run."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path

from metrics.targets.contact import Contact
from tests.factories import shared_data

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "targets"
ELSEWHERE = hashlib.sha256(b"hash@example.com").hexdigest()

PEOPLE = (
    Contact(customer_id="1", name="Ann Smith", email=" Ann.Smith@GMail.com ", phone="+79001234567", country="us",
            zip="90210-1234", value=Decimal("120.5000"), yearly_value=Decimal("964.0000"), orders=3,
            last_order_on=date(2025, 3, 1), tag="Lost in 2025", code="WIN-7K2M9XQ4HTB"),
    Contact(customer_id="2", name="Ann Smith", email="annsmith@gmail.com", value=7),
    Contact(customer_id="3", name="Иванов Иван Иванович", email="Ivanov@Yandex.ru", phone="8 (900) 123-45-67"),
    Contact(customer_id="4", name="王芳", phone="+8613800138000", country="CN", zip="100000"),
    Contact(customer_id="5", name="Bad Mail", email="not an e-mail"),
    Contact(customer_id="6", name="Nobody Knows"),
    Contact(customer_id="=7", name="=cmd|' /C calc'!A0", email="=1+1@example.com", phone="+1 (202) 555-0100"),
    Contact(customer_id="8", email=ELSEWHERE.upper()),
    Contact(customer_id="9", name="Anna Smith", email="ann@work.example.com", phone="+7 900 123-45-67"),
    Contact(customer_id="10", first_name="Jörg", last_name="O'Neil-Brown", email="jörg@example.de",
            phone="+4915112345678", country="DE", zip="10115"),
    Contact(customer_id="11", name="Acme GmbH", email="Info@пример.рф"),
    Contact(customer_id="12", first_name='Eve "\n=1', last_name="Deadbeef", email="eve@example.com",
            country="Neverland", zip="'75008", value=-5, tag='a,b;"c"', code="=X", phone="+7 900"),
    Contact(customer_id="13", name="Eve Again", email="EVE@example.com"),
    Contact(customer_id="14", name="Hash Person", email="hash@example.com"),
)  # fmt: skip

OWN_PAYLOADS = (
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "|calc", "%0A=1", "\t=1+1", "\r=1+1", "\n=1+1", "\0=1+1", " =1+1",
    "\u00a0=1+1", "\u200b=1+1", "\ufeff=1+1", "\u3000=1+1", "\x0b=1+1", "\u2028=1+1", "＝1+1", "＋1+1", "－1+1",
    "＠SUM(1)", "｜calc", "％1", "﹢1+1", "⁼1+1", "₊1+1", "⩵1", "=\u0338cmd", '=HYPERLINK("http://example.com","x")',
    "=\n1+1", "'=1+1", '"=1+1', ";=1+1", "a\n=1+1", "=1+1\0", "-2+3+cmd|' /C calc'!A0", "=IMPORTXML(A1)", "{=1+1}",
    "http://example.com/", "mailto:a@example.com", "\ufffe=1", "_x003D_1+1", "_x000D_", "1E5", "007", "1/2", "TRUE",
    "#REF!", "12.03.2025", "&amp;=1", "]]>", "x" * 32_767,
)  # fmt: skip
NUMBERS = ("-12.50", "-1 234,56", "-1\u00a0234,56", "+79001234567", "+7 900 123", "12%", "0", "1,234.50", " 5 ")


def payloads() -> list[str]:
    """All lines of the lists of naughty strings and formulas, their comments too, and our own; each once."""
    dirty = shared_data() / "dirty"
    lines = (dirty / "csv-injection" / "payloads.txt").read_text("utf-8").split("\n")
    lines += (dirty / "blns" / "blns.txt").read_bytes().decode("utf-8").split("\n")
    return [text for text in dict.fromkeys((*lines, *OWN_PAYLOADS)) if text]
