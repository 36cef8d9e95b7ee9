"""Which encoding a text file is in, and turning it into UTF-8 as a stream."""

from __future__ import annotations

import codecs
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

_BLOCK = 1 << 20
_ENOUGH = 1 << 17
_FAMILIES = ("cp1251", "koi8-r", "cp866", "cp1252", "iso8859-5", "mac-cyrillic")
# The letters that make up two thirds of any Russian text: in a wrong code page they turn into rare ones or capitals.
_COMMON = frozenset("оеаинтсрвлкмдпуя")


@dataclass(frozen=True, slots=True)
class Encoding:
    """`name` is a Python codec; `is_utf8` means the file can be read as it stands."""

    name: str
    is_utf8: bool


def detect(path: Path) -> Encoding:
    """The encoding of a text file, judged by its lines that hold anything beyond ASCII."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(codecs.BOM_UTF8):
        return Encoding("utf-8-sig", is_utf8=True)
    if (wide := _wide(head)) is not None:
        return Encoding(wide, is_utf8=False)
    sample = _telling_lines(path)
    if not sample or _decodes(sample, "utf-8"):
        return Encoding("utf-8", is_utf8=True)
    chinese = next((codec for codec in ("gb18030", "big5") if _looks_chinese(sample, codec)), None)
    return Encoding(chinese or max(_FAMILIES, key=lambda name: _plausible(sample, name)), is_utf8=False)


def _wide(head: bytes) -> str | None:
    """The codec of text in two or four bytes a letter."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    return "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else bare_utf16(head)


def bare_utf16(head: bytes) -> str | None:
    """The codec of UTF-16 without a byte order mark: zeros on one side only, and readable text; else None."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even + odd < len(head) * 0.02 or min(even, odd) * 8 > max(even, odd):
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    text = head[: len(head) // 2 * 2].decode(codec, errors="replace")
    readable = sum(1 for char in text if char.isprintable() or char in "\t\r\n")
    return codec if readable >= 0.98 * len(text) else None


def to_utf8(source: Path, target: Path, encoding: str) -> int:
    """Write `source` as UTF-8 and return how many characters could not be read (written as U+FFFD)."""
    broken = 0
    with (
        source.open(encoding=encoding, errors="replace", newline="") as text,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        while block := text.read(_BLOCK):
            broken += block.count("\ufffd")
            out.write(block)
    return broken


def _telling_lines(path: Path) -> bytes:
    lines: list[bytes] = []
    size = 0
    with path.open("rb") as file:
        rest = b""
        while size < _ENOUGH and (block := file.read(_BLOCK)):
            if block.isascii() and rest.isascii():
                rest = block[block.rfind(b"\n") + 1 :]
                continue
            *whole, rest = (rest + block).splitlines(keepends=True)
            if len(rest) > _BLOCK:
                whole, rest = [*whole, rest], b""
            for line in whole:
                if not line.isascii() and size < _ENOUGH:
                    lines.append(line)
                    size += len(line)
        if not rest.isascii() and size < _ENOUGH:
            lines.append(rest)
    return b"".join(lines)


def _decodes(sample: bytes, name: str) -> bool:
    # Broken bytes among many sound letters are damage: text of another encoding hardly ever has a sound sequence of
    # several bytes. U+FFFD may be sound text itself.
    text = sample.decode(name, errors="replace")
    broken = text.count("\ufffd") - sample.count("\ufffd".encode(name))
    return broken == 0 or broken < len(text) - len(text.encode("ascii", "ignore")) - text.count("\ufffd")


def _looks_chinese(sample: bytes, codec: str) -> bool:
    """Whether nearly all bytes decode to everyday characters of the code (3,755 of GB18030, 5,401 of Big5) or marks."""
    letters = Counter(sample.decode(codec, errors="replace"))
    wide = {char: times for char, times in letters.items() if not char.isascii()}
    everyday = sum(times for char, times in wide.items() if _is_everyday(char, codec))
    return bool(wide) and everyday >= 0.85 * sum(wide.values())


def _is_everyday(char: str, codec: str) -> bool:
    raw = char.encode(codec, errors="replace")
    if len(raw) != 2:
        return False
    if codec == "big5":
        return 0xA1 <= raw[0] <= 0xC6
    return (0xB0 <= raw[0] <= 0xD7 or raw[0] in {0xA1, 0xA3}) and raw[1] >= 0xA1


def _plausible(sample: bytes, name: str) -> float:
    """How much of the text beyond ASCII reads like words: one script, small letters after small, common letters."""
    text = sample.decode(name, errors="replace")
    pairs = Counter(zip(" " + text, text, strict=False))
    return sum(times * _fits(before, char) for (before, char), times in pairs.items())


def _fits(before: str, char: str) -> float:
    """What a letter after another adds."""
    if char.isascii():
        is_mixed = char.isalpha() and not before.isascii() and before.isalpha()
        return (0.5 if _script(before) == "LATIN" else -1.0) if is_mixed else 0.0
    if not char.isalpha():
        return 0.1 if char in "\u00a0№«»–—’“”€£°" else -1.0
    script = _script(char)
    if before.isalpha() and (_script(before) != script or (char.isupper() and before.islower())):
        return -1.0
    if script == "CYRILLIC":
        return 1.0 if char.casefold() in _COMMON else 0.2
    # A word made of accented letters only is another code page; one accent among plain letters is French or German.
    return 0.5 if before.isascii() and before.isalpha() else -0.2


def _script(char: str) -> str:
    return unicodedata.name(char, "?").split(" ", 1)[0]
