"""Contrasts of both themes, and the theme file saying the same colours."""

import re
import tomllib
from pathlib import Path

import pytest
from streamlit import config as streamlit_config

from dashboard.palette import contrast, fade, palette

THEMES = ("light", "dark")


def test_contrast_is_the_standard_one():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert fade("#0072B2", 0.25) == "rgba(0,114,178,0.25)"


@pytest.mark.parametrize("theme", THEMES)
def test_marks_have_3_to_1_and_texts_4_5_to_1_on_every_ground(theme):
    colours = palette(theme)
    weak = {
        (name, ground): round(contrast(colour, ground), 2)
        for least, group in ((3, colours.marks), (4.5, colours.texts))
        for name, colour in group.items()
        for ground in (colours.page, colours.card)
        if contrast(colour, ground) < least
    }
    assert weak == {}


@pytest.mark.parametrize("theme", THEMES)
def test_the_theme_file_says_the_same_colours(theme):
    config = tomllib.loads(Path(".streamlit/config.toml").read_text("utf-8"))["theme"][theme]
    colours = palette(theme)
    assert (config["primaryColor"], config["backgroundColor"], config["secondaryBackgroundColor"]) == (
        colours.primary, colours.page, colours.card,
    )  # fmt: skip
    assert (config["textColor"], config["greenTextColor"], config["redTextColor"], config["grayTextColor"]) == (
        colours.text, colours.gain_text, colours.loss_text, colours.muted,
    )  # fmt: skip
    assert (config["redColor"], config["greenColor"]) == (colours.lost, colours.returned)
    assert contrast(colours.loss_text, config["redBackgroundColor"]) >= 4.5
    assert contrast(colours.gain_text, config["greenBackgroundColor"]) >= 4.5


def test_the_style_sheet_says_the_same_colours():
    style = Path("dashboard/style.css").read_text("utf-8")
    said = re.findall(r"--primary: (#\w+); --muted: (#\w+);", style)
    assert said == [(palette(theme).primary, palette(theme).muted) for theme in THEMES]


def test_every_option_exists_and_the_server_is_safe():
    options = tomllib.loads(Path(".streamlit/config.toml").read_text("utf-8"))
    known = set(streamlit_config.get_config_options(force_reparse=False))
    for section, values in options.items():
        for name, value in values.items():
            names = (
                [f"{section}.{name}.{inner}" for inner in value] if isinstance(value, dict) else [f"{section}.{name}"]
            )
            assert set(names) <= known
    assert options["server"]["address"] == "127.0.0.1"
    assert options["server"]["enableXsrfProtection"] is True
    assert options["client"]["showErrorDetails"] == "none"
    assert options["browser"]["gatherUsageStats"] is False
