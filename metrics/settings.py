"""What a person may choose. Stored with the workspace; each bound is the one the screen offers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from metrics.industries import Industry, Kind, industries

PeriodKind = Literal["month", "quarter", "year"]
Window = Literal["year", "ever"]
MoneyAs = Literal["revenue", "margin"]
Language = Literal["en", "ru", "zh"]

MARGIN_ASSUMED = 0.30


class Settings(BaseModel):
    """Choices of one workspace.

    `lost_after_days` is None while the industry's own value holds; `as_of` None means the latest order day;
    `margin` None means the assumed 30% (unless the file has costs). Money is in the workspace's currency.
    `phone_region` (ISO 3166) is that of phones without a country code.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    industry: str = "retail"
    lost_after_days: int | None = Field(default=None, ge=1, le=1095)
    period: PeriodKind = "month"
    window: Window = "year"
    money_as: MoneyAs = "revenue"
    margin: float | None = Field(default=None, gt=0, le=1)
    monthly_rent: Decimal | None = Field(default=None, gt=0, le=Decimal("1e12"))
    monthly_salary: Decimal | None = Field(default=None, gt=0, le=Decimal("1e12"))
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    phone_region: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    language: Language = "en"
    as_of: date | None = Field(default=None, ge=date(1980, 1, 1), le=date(2100, 12, 31))
    count_zero_orders: bool = False

    @model_validator(mode="after")
    def _industry_is_known(self) -> Self:
        if self.industry not in industries():
            raise ValueError(f"unknown industry {self.industry!r}")
        return self

    @property
    def preset(self) -> Industry:
        """The chosen industry's preset."""
        return industries()[self.industry]

    @property
    def kind(self) -> Kind:
        """B2C or B2B, from the industry."""
        return self.preset.kind

    @property
    def threshold(self) -> int:
        """The lost threshold `T` in days: the person's own, else the industry's."""
        return self.lost_after_days or self.preset.lost_after_days

    def with_changes(self, **changes: object) -> Settings:
        """The same settings with some values replaced, validated again (`model_copy` would not)."""
        return Settings.model_validate({**self.model_dump(), **changes})
