"""The three sample shops: who they are, how their customers behave, and which file shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np

from sample_data.behaviour import Behaviour, Purchases, purchases
from sample_data.render import fashion_csv, spice_csv, supplier_csv
from sample_data.survey import survey_csv

FILES = Path(__file__).parent / "files"
LAST_ON = date(2026, 10, 31)
SURVEY_SEED = 41


@dataclass(frozen=True, slots=True)
class SampleShop:
    """One sample file and what its owner would have entered beside it."""

    key: str
    path: Path
    industry: str
    """Key of the industry preset."""
    currency: str
    """ISO code; the two sums below are in it."""
    monthly_rent: Decimal
    monthly_salary: Decimal
    """One salary of one month."""
    survey: Path | None = None
    """Why some of its customers left, a file of its own."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What makes a sample file: a seed, a behaviour and the export's form."""

    seed: int
    behaviour: Behaviour
    render: Callable[[Purchases, np.random.Generator], bytes]

    def file(self) -> bytes:
        """The whole file; the same bytes on each call."""
        rng = np.random.Generator(np.random.PCG64(self.seed))
        return self.render(purchases(self.behaviour, rng), rng)


SHOPS = (
    SampleShop(
        "spice", FILES / "spice_shop.csv", "retail", "USD", Decimal(1400), Decimal(2900), FILES / "spice_survey.csv"
    ),
    SampleShop("fashion", FILES / "fashion_shop.csv", "fashion", "RUB", Decimal(110000), Decimal(75000)),
    SampleShop("supplier", FILES / "supplier.csv", "supply", "CNY", Decimal(28000), Decimal(8500)),
)

RECIPES = {
    "spice": Recipe(
        seed=11,
        behaviour=Behaviour(
            first_on=date(2024, 11, 1),
            last_on=LAST_ON,
            n_known=290,
            n_new=1210,
            growth=1.5,
            typical_gap=53,
            gap_spread=8,
            regularity=4,
            one_time=0.30,
            leaving=0.06,
            comeback=0.25,
            silence=190,
            season=(0.95, 0.9, 0.95, 0.95, 0.95, 0.9, 0.85, 0.85, 1, 1.05, 1.2, 1.7),
            weekdays=(1, 0.95, 0.95, 1, 1.1, 1.15, 1.05),
            bad_from=date(2025, 5, 1),
            bad_to=date(2025, 7, 31),
            bad_factor=3,
        ),
        render=spice_csv,
    ),
    "fashion": Recipe(
        seed=32,
        behaviour=Behaviour(
            first_on=date(2024, 5, 1),
            last_on=LAST_ON,
            n_known=200,
            n_new=1750,
            growth=2.1,
            typical_gap=55,
            gap_spread=20,
            regularity=10,
            one_time=0.42,
            leaving=0.03,
            comeback=0.15,
            silence=200,
            season=(0.85, 0.85, 1.1, 1.15, 1.1, 0.95, 0.85, 0.9, 1.1, 1.1, 1.1, 1.05),
            weekdays=(0.95, 0.9, 0.9, 0.95, 1.1, 1.2, 1.1),
            bad_from=date(2025, 6, 1),
            bad_to=date(2025, 8, 31),
            bad_factor=5,
        ),
        render=fashion_csv,
    ),
    "supplier": Recipe(
        seed=13,
        behaviour=Behaviour(
            first_on=date(2024, 11, 1),
            last_on=LAST_ON,
            n_known=75,
            n_new=105,
            growth=1.2,
            typical_gap=13.5,
            gap_spread=12,
            regularity=8,
            one_time=0.08,
            leaving=0.03,
            comeback=0.3,
            silence=75,
            season=(0.95, 0.85, 1.05, 1.05, 1, 1, 0.95, 0.95, 1.05, 1, 1.05, 1.1),
            weekdays=(1.1, 1.05, 1, 1, 1, 0.3, 0.05),
            bad_from=date(2026, 2, 1),
            bad_to=date(2026, 4, 30),
            bad_factor=3,
        ),
        render=supplier_csv,
    ),
}


def sample_files() -> dict[str, SampleShop]:
    """The sample shops by key, with the paths of their files."""
    return {shop.key: shop for shop in SHOPS}


def write_samples(folder: Path = FILES) -> list[Path]:
    """Generate the files of all shops into `folder` and return their paths, surveys after their shop."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for shop in SHOPS:
        path = folder / shop.path.name
        path.write_bytes(RECIPES[shop.key].file())
        paths.append(path)
        if shop.survey is not None:
            rng = np.random.Generator(np.random.PCG64(SURVEY_SEED))
            survey = folder / shop.survey.name
            survey.write_bytes(survey_csv(path.read_bytes(), LAST_ON, rng))
            paths.append(survey)
    return paths
