"""The colours of both themes, one meaning each (LOOK.md). `tests/dashboard/test_palette.py` measures the contrasts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#rrggbb`. Marks have 3:1 on `page` and on `card`; the texts 4.5:1."""

    theme: Theme
    active: str
    new: str
    due: str
    lost: str
    returned: str
    benchmark: str
    loss_text: str
    gain_text: str
    primary: str
    text: str
    muted: str
    page: str
    card: str
    grid: str

    @property
    def marks(self) -> dict[str, str]:
        """The colours of lines, bars and points by meaning."""
        names = ("active", "new", "due", "lost", "returned", "benchmark", "primary")
        return {name: getattr(self, name) for name in names}

    @property
    def texts(self) -> dict[str, str]:
        """The colours that text is set in, by meaning."""
        return {name: getattr(self, name) for name in ("text", "muted", "loss_text", "gain_text", "primary")}


_PALETTES: Final[dict[Theme, Palette]] = {
    "light": Palette(
        theme="light",
        active="#0072B2",
        new="#785EF0",
        due="#A86A00",
        lost="#C44E00",
        returned="#00805D",
        benchmark="#6B7280",
        loss_text="#A63F00",
        gain_text="#006B4E",
        primary="#0F6E6E",
        text="#1F2630",
        muted="#5B6472",
        page="#FFFFFF",
        card="#F6F7F9",
        grid="#E4E7EC",
    ),
    "dark": Palette(
        theme="dark",
        active="#56A3D9",
        new="#9E8BF5",
        due="#E0A33B",
        lost="#F0834A",
        returned="#35B58F",
        benchmark="#9AA3AF",
        loss_text="#FF9A66",
        gain_text="#4CCFA6",
        primary="#3FBFBF",
        text="#E6E9EE",
        muted="#A9B1BD",
        page="#14171C",
        card="#1C2027",
        grid="#2C323B",
    ),
}


def palette(theme: Theme) -> Palette:
    """The palette of a theme."""
    return _PALETTES[theme]


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        share / 12.92 if (share := channel / 255) <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def fade(colour: str, opacity: float) -> str:
    """The colour with an opacity from 0 to 1, as CSS."""
    red, green, blue = _channels(colour)
    return f"rgba({red},{green},{blue},{opacity:g})"
