"""What the report stands on, said once on its first page and in short at the foot of each."""

from __future__ import annotations

from babel.numbers import get_currency_name

from dashboard import finding_words, intake_words, labels
from dashboard.formats import count, date_short, days, listing, sentences
from dashboard.i18n import _, babel_locale, current, ngettext
from dashboard.report.data import Basis, ReportData
from dashboard.report.parts import listed, warning
from metrics.industries import industries


def basis(data: ReportData) -> str:
    """Days, rows, customers, the threshold, the margin and the currency; what makes figures wrong comes first."""
    held = data.basis
    rows = [
        (_("Data"), sentences(covered(held), _("Seen as of {day}.").format(day=date_short(held.as_of)))),
        (_("Counted"), counted(data)),
        (_("Rows"), account(held)),
        (_("A customer is lost"), lost_after(data)),
        (_("Margin"), labels.margin_source(held.margin)),
        (_("Currency"), money_in(data)),
    ]
    if data.settings.left_out:
        n = len(data.settings.left_out)
        accounts = ngettext("{n} account, in no figure", "{n} accounts, in no figure", n).format(n=count(n))
        rows.append((_("Left out by you"), accounts))
    hint = warning(finding_words.hint(data.findings)) if data.findings else ""
    return hint + listed(_("What this report stands on"), rows)


def covered(held: Basis) -> str:
    """The days that the files cover, and how many files they are."""
    return ngettext(
        "{first} – {last}, from {n} file.", "{first} – {last}, from {n} files.", held.files
    ).format(first=date_short(held.first_on), last=date_short(held.last_on), n=count(held.files))  # fmt: skip


def counted(data: ReportData) -> str:
    """How many customers and orders the figures are of."""
    n_customers, n_orders = data.basis.totals.customers, data.basis.totals.orders
    customers = ngettext("{n} customer", "{n} customers", n_customers).format(n=count(n_customers))
    orders = ngettext("{n} order", "{n} orders", n_orders).format(n=count(n_orders))
    return listing([customers, orders])


def account(held: Basis) -> str:
    """Every row that was read and what became of it; lines of nothing are left out, but for those left out."""
    shown = [key for key, n in held.account.items() if n or key in {"rows_read", "orders", "rows_rejected"}]
    if not shown:
        return _("Not known.")
    return " · ".join(
        _("{name}: {n}").format(name=intake_words.account_line(key), n=count(held.account[key])) for key in shown
    )


def lost_after(data: ReportData) -> str:
    """The threshold, and where it comes from."""
    chosen = data.settings
    text = _("after {days} without an order").format(days=days(chosen.threshold))
    if chosen.lost_after_days is not None:
        return _("{what}; chosen by you").format(what=text)
    name = labels.industry(chosen.industry) if chosen.industry in industries() else chosen.preset.name
    return _("{what}; usual for: {industry}").format(what=text, industry=name)


def money_in(data: ReportData) -> str:
    """The currency of all sums."""
    code = data.currency
    if code is None:
        return _("The currency is not named in the data.")
    return _("{name} ({code})").format(name=get_currency_name(code, locale=babel_locale(current())), code=code)


def foot(data: ReportData) -> str:
    """The same in one line, for the foot of every page."""
    held = data.basis
    dates = f"{date_short(held.first_on)} – {date_short(held.last_on)}"
    made = _("made on {day}").format(day=date_short(data.made_on))
    return " · ".join((dates, counted(data), made))
