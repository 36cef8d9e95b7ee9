"""Sound order files of every kind and the ways to break them, the same for the same seed on every machine."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import gzip
import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq

Mutate = Callable[[Random, bytes], bytes]

KINDS = ("csv", "xlsx", "parquet")
HUGE = (
    "1e400", "9" * 400, "-9" * 200, "9999999999999.9999", "99999999999999999999", "-0", "NaN", "inf", "1e-400", "0x7fffffff",
    "18446744073709551616", "922337203685477.5808", "-9999999999999.99", "1,2,3,4", "1.2.3.4", "1e13", "0." + "0" * 300 + "1", "١٢٣", "½", "²",
)  # fmt: skip
DATES = ("0000-00-00", "9999-12-31", "2024-02-30", "31/02/2024", "1e5", "2958466", "-1", "2024-13-45T99:99:99Z", "0001-01-01", "294247-01-10", "1980-01-01 00:00:00.9999999")  # fmt: skip
PIECES = (b'"', b'""', b",", b";", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff", b"\xe2\x80\xa8", b"\x1a", b"sep=;\n", b"'", b"\\", b"\x85", b"\xed\xa0\x80")  # fmt: skip
HEADERS = (
    "", " ", '"', "order_id", "amount", "date", "customer_id", "select", "c0", "is_overlong", "reason", "row_no", "x" * 5000, "{0}", "%s", "a\nb", "дата", "金额",
    "\u202e", "Amount", "null", "'; drop table orders; --", "$path", "{example}", "column 1",
)  # fmt: skip
NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def mutated(kind: str, number: int) -> bytes:
    """The broken file with this number."""
    random = Random(f"{kind} {number}")
    content = random.choice(originals(kind))
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 5))):
        # Most edits keep the wrapping sound, so that what lies deeper is reached too.
        content = random.choice(_OF_KIND[kind] if random.random() < _DEEP[kind] else _ANYWHERE)(random, content)
    return content


@cache
def originals(kind: str) -> tuple[bytes, ...]:
    """Sound files of one kind, in several wrappings."""
    return {"csv": _texts, "xlsx": _workbooks, "parquet": _parquets}[kind]()


def _orders(n: int) -> list[tuple[int, datetime, str, Decimal, str]]:
    random = Random(n)
    return [
        (
            1000 + number // 2,
            datetime(2023, 1, 5, 9, 30) + timedelta(hours=7 * number),
            f"Client {random.randrange(12):03d}",
            Decimal(random.randrange(-5_000, 200_000)) / 100,
            random.choice(("paid", "paid", "cancelled", "Оплачен")),
        )
        for number in range(n)
    ]


def _texts() -> tuple[bytes, ...]:
    plain = "order_id,order_date,customer_id,amount,status\r\n" + "".join(
        f'{order},{at:%Y-%m-%d %H:%M:%S},"{who}",{money},{status}\r\n' for order, at, who, money, status in _orders(30)
    )
    russian = "Отчёт о продажах\nЗа год\n\nНомер заказа;Дата;Контрагент;Сумма;Комментарий\n" + "".join(
        f'{order};{at:%d.%m.%Y %H:%M};ООО "{who}";{f"{money:,.2f}".replace(",", " ").replace(".", ",")};"первая\nвторая"\n'
        for order, at, who, money, _ in _orders(30)
    )
    slashed = "Invoice\tInvoiceDate\tE-mail\tQuantity\tUnitPrice\n" + "".join(
        f"{order}\t{at.month}/{at.day}/{at:%Y %H:%M}\t{who.replace(' ', '.')}@example.com\t{order % 5 - 1}\t{abs(money)}\n"
        for order, at, who, money, _ in _orders(40)
    )
    zipped = _zip({"orders.csv": plain.encode()})
    return (
        plain.encode(), plain.encode("utf-8-sig"), russian.encode("cp1251"), russian.encode("koi8-r"), russian.encode(), slashed.encode("utf-16"), slashed.encode(),
        slashed.replace("\t", "|").encode("utf-16-le"), plain.replace("Client", "张伟").encode("gb18030"), gzip.compress(plain.encode(), mtime=0), zipped,
    )  # fmt: skip


def _workbooks() -> tuple[bytes, ...]:
    rows = [
        ["Order", "Date", "Customer", "Amount", "Status"],
        *([n, at, who, money, status] for n, at, who, money, status in _orders(40)),
    ]
    two = [["Отчёт"], [], ["Номер", "Дата", "Клиент", "Сумма"], *([n, f"{at:%d.%m.%Y}", who, str(money).replace(".", ",")] for n, at, who, money, _ in _orders(30)), ["Итого", None, None, 1]]  # fmt: skip
    return (
        excel({"Orders": rows}), excel({"Лист": two, "Empty": []}), excel({"May": rows, "June": rows[:20]}), excel({"Orders": rows}, shared=False),
        excel({"Orders": rows}, method=zipfile.ZIP_STORED), open_document(two), gzip.compress(excel({"Orders": two}), mtime=0),
    )  # fmt: skip


def excel(
    sheets: dict[str, Sequence[Sequence[object]]], *, shared: bool = True, method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A plain XLSX without clocks in it; `shared` puts texts into the table of strings."""
    texts: dict[str, int] = {}
    parts: dict[str, str | bytes] = {}
    for number, table in enumerate(sheets.values(), start=1):
        body = "".join(
            f'<row r="{r}">{"".join(_cell(f"{_letters(c)}{r}", value, texts if shared else None) for c, value in enumerate(row))}</row>'
            for r, row in enumerate(table, start=1)
        )
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><dimension ref="A1:E{max(1, len(table))}"/><sheetData>{body}</sheetData></worksheet>'
        )
    names = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, start=1))
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    return _zip({
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}<Relationship Id="rIdS" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rIdT" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}" count="{len(texts)}">{"".join(f"<si><t>{_xml(text)}</t></si>" for text in texts)}</sst>',
        **parts,
    }, method)  # fmt: skip


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def _letters(place: int) -> str:
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)


def _cell(name: str, value: object, texts: dict[str, int] | None) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f'<c r="{name}" s="1"><v>{(value - datetime(1899, 12, 30)) / timedelta(days=1)!r}</v></c>'
    if not isinstance(value, str):
        return f'<c r="{name}"><v>{value}</v></c>'
    if texts is None:
        return f'<c r="{name}" t="inlineStr"><is><t>{_xml(value)}</t></is></c>'
    return f'<c r="{name}" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'


def open_document(table: Sequence[Sequence[object]]) -> bytes:
    """A plain ODS."""
    rows = "".join(
        "<table:table-row>" + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{_xml(str(value))}</text:p></table:table-cell>' if value is not None else "<table:table-cell/>"
            for value in row
        ) + "</table:table-row>"
        for row in table
    )  # fmt: skip
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    return _zip({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<manifest/>",
        "content.xml": f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>',
    })  # fmt: skip


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _zip(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def _columns(n: int) -> dict[str, pa.Array]:
    orders, days, people, money, states = zip(*_orders(n), strict=True)
    return {
        "order_id": pa.array(orders, pa.int64()), "order_date": pa.array(days, pa.timestamp("us")), "customer_id": pa.array(people),
        "amount": pa.array(money, pa.decimal128(18, 2)), "status": pa.array(states).dictionary_encode(),
    }  # fmt: skip


def _parquets() -> tuple[bytes, ...]:
    columns = _columns(60)
    texts = {name: pa.array([str(value) for value in column.to_pylist()]) for name, column in columns.items()}
    zoned = columns | {
        "order_date": columns["order_date"].cast(pa.timestamp("ms", "Europe/Moscow")),
        "amount": columns["amount"].cast(pa.float64()),
    }
    nested = columns | {
        "lines": pa.array([[{"sku": "a", "n": 1}]] * 60),
        "blob": pa.array([b"\xff\x00"] * 60),
        "none": pa.nulls(60),
    }
    return (
        _parquet(columns), _parquet(texts, compression="none"), _parquet(zoned, compression="zstd"), _parquet(nested, compression="gzip"),
        _parquet(columns, row_group_size=20, data_page_version="2.0", use_dictionary=False),
    )  # fmt: skip


def _parquet(columns: dict[str, pa.Array], **options: object) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer, **options)
    return buffer.getvalue()


def _place(random: Random, content: bytes) -> int:
    return random.randrange(len(content)) if content else 0


def _span(random: Random, content: bytes) -> tuple[int, int]:
    start = _place(random, content)
    return start, min(len(content), start + random.choice((1, 4, 16, 64, 512, 4096)))


def _flip(random: Random, content: bytes) -> bytes:
    broken = bytearray(content)
    for _ in range(random.choice((1, 1, 3, 10))):
        if broken:
            broken[_place(random, content)] ^= 1 << random.randrange(8)
    return bytes(broken)


def _truncate(random: Random, content: bytes) -> bytes:
    return content[: _place(random, content)]


def _insert(random: Random, content: bytes) -> bytes:
    place = _place(random, content)
    return content[:place] + random.choice((random.randbytes(random.choice((1, 7, 300))), *PIECES)) + content[place:]


def _remove(random: Random, content: bytes) -> bytes:
    start, end = _span(random, content)
    return content[:start] + content[end:]


def _blank(random: Random, content: bytes) -> bytes:
    start, end = _span(random, content)
    return content[:start] + random.choice((b"\0", b" ", b"\xff")) * (end - start) + content[end:]


def _swap(random: Random, content: bytes) -> bytes:
    a, b, c, d = sorted(_place(random, content) for _ in range(4))
    return content[:a] + content[c:d] + content[b:c] + content[a:b] + content[d:]


def _double(random: Random, content: bytes) -> bytes:
    start, end = _span(random, content)
    return content[:end] + content[start:end] * random.choice((1, 1, 2, 50)) + content[end:]


def _number(random: Random, content: bytes) -> bytes:
    place = max(0, _place(random, content) - 4)
    return content[:place] + struct.pack("<I", random.choice(NUMBERS)) + content[place + 4 :]


def _as_text(content: bytes) -> tuple[str, str]:
    codec = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "latin-1"
    return content.decode(codec, errors="replace"), codec


def _cell_edit(values: Sequence[str]) -> Mutate:
    def edit(random: Random, content: bytes) -> bytes:
        text, codec = _as_text(content)
        lines = text.split("\n")
        line = random.randrange(len(lines))
        delimiter = max(",;\t|", key=lines[line].count)
        cells = lines[line].split(delimiter)
        cells[random.randrange(len(cells))] = random.choice(values).encode().decode("latin-1")
        lines[line] = delimiter.join(cells)
        return "\n".join(lines).encode(codec)

    return edit


def _header_edit(random: Random, content: bytes) -> bytes:
    text, codec = _as_text(content)
    lines = text.split("\n")
    line = next((place for place, each in enumerate(lines) if max(map(each.count, ",;\t|")) > 1), 0)
    delimiter = max(",;\t|", key=lines[line].count)
    cells = lines[line].split(delimiter)
    what = random.randrange(5)
    if what == 0:
        cells[random.randrange(len(cells))] = random.choice(HEADERS).encode().decode("latin-1")
    elif what == 1:
        cells.append(random.choice(cells))
    elif what == 2:
        random.shuffle(cells)
    elif what == 3:
        cells = cells * random.choice((2, 40, 600))
    else:
        cells = []
    lines[line] = delimiter.join(cells)
    return "\n".join(lines).encode(codec, errors="replace")


def _boundary(random: Random, content: bytes) -> bytes:
    for _ in range(random.choice((1, 2, 5))):
        marks = [place for place, each in enumerate(content) if each in b',;\t|"\n']
        place = random.choice(marks or [0])
        content = (
            content[:place] + random.choice((*PIECES, b"", b"x" * 70_000)) + content[place + random.randrange(2) :]
        )
    return content


def _member_edit(random: Random, content: bytes) -> bytes:
    """Another zip: one member changed, doubled, renamed, left out or stored in another way."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [(each.filename, archive.read(each)) for each in archive.infolist()]
    except Exception:  # noqa: BLE001  (broken already: whatever zipfile says to that)
        return _flip(random, content)
    place = random.randrange(len(members)) if members else 0
    name, held = members[place] if members else ("", b"")
    what = random.randrange(10)
    if what == 0:
        members.pop(place)
    elif what == 1:
        members.append((name, held))
    elif what == 2:
        members[place] = (
            random.choice(
                ("xl/worksheets/sheet9.xml", "../../evil", "word/document.xml", "x" * 300, "xl/vbaProject.bin")
            ),
            held,
        )
    elif what == 3:
        random.shuffle(members)
    else:
        edit = random.choice((random.choice(_ANYWHERE), _markup, _markup, _markup)) if held else _insert
        members[place] = (name, edit(random, held))
    buffer = io.BytesIO()
    warnings.simplefilter("ignore", UserWarning)  # two members of one name are what is wanted
    with zipfile.ZipFile(
        buffer, "w", random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2))
    ) as archive:
        for member, inner in members:
            archive.writestr(zipfile.ZipInfo(member), inner, archive.compression)
    return buffer.getvalue()


def _markup(random: Random, content: bytes) -> bytes:
    """Another value of one attribute or between two tags."""
    for _ in range(random.choice((1, 3))):
        opening = random.choice((b'="', b">", b"<v>", b'r="', b't="', b's="'))
        places = [place for place in range(len(content)) if content.startswith(opening, place)]
        if not places:
            continue
        start = random.choice(places) + len(opening)
        ends = [end for end in (content.find(b'"', start), content.find(b"<", start)) if end >= 0]
        value = random.choice(
            (
                *HUGE,
                *DATES,
                *HEADERS,
                "XFD1048576",
                "A0",
                "ZZZZ99999999",
                "s",
                "b",
                "e",
                "d",
                "str",
                "inlineStr",
                "&#0;",
                "&x;",
                "<c>",
                "</row>",
                "<![CDATA[",
                "<!--",
            )
        )
        content = content[:start] + value.encode() + content[min(ends, default=start) :]
    return content


def _footer(random: Random, content: bytes) -> bytes:
    """A few bytes of what a Parquet file says of itself."""
    size = struct.unpack("<I", content[-8:-4])[0] if len(content) > 12 else 0
    start = max(0, len(content) - 8 - min(size, len(content)))
    return content[:start] + random.choice((_flip, _flip, _number, _blank, _swap, _remove))(random, content[start:])


def _parquet_values(random: Random, _content: bytes) -> bytes:
    """A sound Parquet file of values at the edges and of headers nobody would write."""
    columns = _columns(30)
    name = random.choice(list(columns))
    edge: dict[str, pa.Array] = {
        "floats": pa.array([random.choice((float("nan"), float("inf"), -float("inf"), 1e308, 5e-324, -0.0, 1.5)) for _ in range(30)]),
        "decimals": pa.array([random.choice((Decimal(10) ** 37, -(Decimal(10) ** 37), Decimal(0))) for _ in range(30)], pa.decimal128(38, 0)),
        "days": pa.array([random.choice((date.min, date.max, date(2024, 1, 1))) for _ in range(30)]),
        "nanoseconds": pa.array([random.choice((-(2**63) + 1, 2**63 - 1, 0)) for _ in range(30)], pa.timestamp("ns")),
        "milliseconds": pa.array([random.choice((-(2**62), 2**62, 0)) for _ in range(30)], pa.int64()).cast(pa.timestamp("ms")),
        "unsigned": pa.array([random.choice((0, 2**64 - 1)) for _ in range(30)], pa.uint64()),
        "booleans": pa.array([None, True, False] * 10), "blobs": pa.array([b"\xff\xfe\x00", b"2024-01-01", None] * 10), "nested": pa.array([[[1], []], None, [None]] * 10),
        "maps": pa.array([[("a", 1)], [], None] * 10, pa.map_(pa.string(), pa.int64())), "times": pa.array([1, None, 86399] * 10, pa.time32("s")), "nulls": pa.nulls(30),
        "texts": pa.array([random.choice((*HUGE, *DATES)) for _ in range(30)]), "durations": pa.array([1, 2, 3] * 10, pa.duration("us")), "structs": pa.array([{"x": 1}] * 30),
    }  # fmt: skip
    if random.random() < 0.7:
        columns[name] = random.choice(list(edge.values()))
    else:
        columns = {random.choice((header, *HEADERS)) or " ": column for header, column in columns.items()}
    return _parquet(columns)


_ANYWHERE: tuple[Mutate, ...] = (_flip, _truncate, _insert, _remove, _blank, _swap, _double, _number)
_DEEP = {"csv": 0.5, "xlsx": 0.85, "parquet": 0.7}
_OF_KIND: dict[str, tuple[Mutate, ...]] = {
    "csv": (_cell_edit(HUGE), _cell_edit(DATES), _header_edit, _boundary),
    "xlsx": (_member_edit,),
    "parquet": (_footer, _parquet_values),
}
