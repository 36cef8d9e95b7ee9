"""The prose of the user guide; names, meanings and questions in it come from where the app has them."""

from __future__ import annotations

from dashboard.i18n import _

SYSTEMS = (
    "Shopify", "WooCommerce", "Squarespace", "Bitrix24", "1C-Bitrix", "1C", "amoCRM", "RetailCRM", "Yandex Metrica",
    "Taobao", "Olist", "Klaviyo",
)  # fmt: skip
"""Whose exports are known by their columns."""


def title() -> str:
    """The guide's own name."""
    return _("Winback: a guide for owners")


def intro() -> tuple[str, ...]:
    """What the tool is, for whom, and what it is not."""
    return (
        _("You sell to people who come again, or do not. Most businesses know their sales to the cent and never see "
          "what leaves by the back door: customers who bought three times and then no more. This tool reads the "
          "orders you already have and says it in plain figures: how many customers you lose, what they used to "
          "bring, whom it pays to win back, and whether you are getting there."),
        _("You need no analyst and no account. It runs on your own computer, and nothing leaves it. An export of "
          "orders from your shop, cash desk or CRM is enough: who bought, when, for how much."),
    )  # fmt: skip


def path_title() -> str:
    """Heading of the first steps."""
    return _("In five minutes")


def first_steps() -> tuple[str, ...]:
    """What to do first, in order."""
    return (
        _("Start the tool (`make run`, or `winback open`) and open the address it prints. Try one of the sample shops "
          "first if you like: they are invented and removed with one click."),
        _("On **Your data** add your export. If something in it can be read in two ways, such as 03/04/2026, you are "
          "asked with an example from your own file. Nothing is guessed."),
        _("On **When is a customer lost?** choose your kind of business and after how many days without an order you "
          "call a customer lost. This one choice decides all other figures; the page shows what each choice means."),
        _("Read the **Overview**: churn beside the benchmark, and what the losses cost. Put your rent and a salary "
          "in on **Lost money** to see it in your own terms."),
        _("Open **Win back**: the tool proposes a campaign and says at once what it would bring beyond what would come "
          "anyway. Download the list and begin with class A."),
        _("Set a goal, and next month add the new export: everything moves on by itself."),
    )  # fmt: skip


def pages_title() -> str:
    """Heading of the pages."""
    return _("Page by page")


def pages() -> tuple[tuple[str, str, str], ...]:
    """Each page: its key in the address, its name, what it answers."""
    return (
        ("overview", _("Overview"),
         _("How well do you keep your customers? Four figures with their change and their course: churn rate with its "
           "benchmark, retention, lifetime value, lost money. Below, who came, who came back and who was lost in each "
           "month, quarter or year. What is odd in your orders is told at the top, with a button that mends it.")),
        ("money", _("Lost money"),
         _("What does losing customers cost? The money as a growing stack of banknotes, in months of your rent and in "
           "salaries, and the customers who make it up. Made to be shown to the people you work with.")),
        ("goals", _("Goals"),
         _("Are you getting there? You say what to reach and by when: lose fewer customers, have more of them come "
           "back, earn more from those who did. The page proposes a goal from your own figures, draws the path to "
           "it and says each month whether you are on it.")),
        ("threshold", _("When is a customer lost?"),
         _("After how many days of silence do you call a customer lost? The usual days of your industry, your own "
           "return curve, a suggested number of days and a test on your own past stand side by side. Rules by "
           "number of orders, by group or by each customer's own rhythm can be compared.")),
        ("lifecycle", _("Where customers stand"),
         _("Where do your customers stand? Everyone is in one state, from new to lost twice, with the money a year "
           "that hangs on it, and you see who moved in each month.")),
        ("reasons", _("Why do they leave?"),
         _("The reasons your customers gave, from a survey, a column of your orders or a talk, beside what is usual in "
           "the field; what each reason costs you, whether a person or a system failed, and what it suggests to do.")),
        ("due", _("Who is due now?"),
         _("Whom to remind today and this week, each by their own rhythm, the most urgent first. As a list and as "
           "calendars, one per manager. Reminding is cheaper than winning back.")),
        ("winback", _("Win back"),
         _("What would winning them back bring? A campaign on paper: whom to contact, with which letters or calls, "
           "with what offer. At once you see its cost, what it brings beyond what would come anyway, how sure that "
           "is, how many must come back for it to pay, and a list of just the size that pays best.")),
        ("segments", _("Lists of customers"),
         _("Whom do you want to reach? Find customers by what they did, look at each one's orders, save the list "
           "under a name and take it away for a manager, a mailing tool or an advertising network.")),
        ("show", _("Show it"),
         _("How do you show it to others? As a report of five pages to print or to send, as single pictures, or on the "
           "wall: one screen for a staff meeting that keeps itself up to date. None of them names a customer.")),
        ("data", _("Your data"),
         _("What is loaded, what was understood of it and what was left out, with the reason of each row. Every "
           "file can be taken back; the next file of the same shape is read in the same way.")),
        ("glossary", _("What the figures mean"),
         _("Every term in plain words, with how it is counted and your own figure beside it.")),
    )  # fmt: skip


def uploads_title() -> str:
    """Heading of what can be uploaded."""
    return _("Files you can add")


def uploads() -> tuple[str, ...]:
    """Which files are read, and what must be in them."""
    return (
        _("CSV and text tables, Excel (xlsx, xls), ODS and Parquet, also packed (zip, gz), in the usual "
          "encodings of English, Russian and Chinese programs. One row may be an order or a line of one."),
        _("Three things must be in it: who bought (a number, an e-mail, a phone or a name), when, and for how much. An "
          "order number, status, cost, product, category, channel, region and manager are used where they are there."),
        _("A list of customers is read too: contacts, consent to mailing, manager, flags. It is joined to the orders "
          "and shows who never bought. So is a survey with the reasons why customers left."),
        _("Loading next month's export, or the same file twice, is right: orders are matched by their number and "
          "counted once."),
    )  # fmt: skip


def systems() -> str:
    """Before the names of the systems whose exports are known."""
    return _("Exports of these systems are known by their columns: {systems}. Any other table works as well.")


def questions_title() -> str:
    """Heading of what may be asked of a file."""
    return _("What you may be asked")


def refusals_title() -> str:
    """Heading of why a file may be refused."""
    return _("When a file is refused")


def states_title() -> str:
    """Heading of the states."""
    return _("Where a customer can stand")


def lists_title() -> str:
    """Heading of ready lists."""
    return _("Ready lists")


def lists() -> str:
    """What ready lists are."""
    return _("These lists are ready to be opened on **Lists of customers**; change a condition and save "
             "it under a name of your own:")  # fmt: skip


def downloads_title() -> str:
    """Heading of the downloads."""
    return _("What you can download")


def downloads() -> tuple[str, ...]:
    """Which files leave, and who is never on them."""
    return (
        _("Lists are files of these kinds: {kinds}. An Excel file carries a summary and the definitions of its "
          "columns; texts in it cannot run as formulas."),
        _("Nobody is on a list who opted out or is on your list of those never to contact; nor, unless you switch it "
          "off, who was lost twice or contacted not long ago (reminders and surveys go to them too). Every list says "
          "how many were kept off and why."),
    )  # fmt: skip


def networks_title() -> str:
    """Heading of the networks' requirements."""
    return _("Mailing tools and advertising networks")


def network_heads() -> tuple[str, str, str, str, str]:
    """The heads of the table of networks."""
    return _("For"), _("A person is found by"), _("Contacts may go as"), _("Rows"), _("They must have agreed to")


def network_rows(least: str | None, most: str | None) -> str:
    """How many rows a network takes."""
    if least and most:
        return _("{low} to {high}").format(low=least, high=most)
    if least:
        return _("{low} or more").format(low=least)
    return _("{high} at most").format(high=most) if most else _("any number")


def consent(code: str) -> str:
    """What people must have agreed to."""
    return {"messages": _("messages from you"), "advertising": _("their data going to advertising networks")}[code]


def figures_title() -> str:
    """Heading of the glossary."""
    return _("What each figure means")


def commands_title() -> str:
    """Heading of the command line."""
    return _("Without a browser")


def commands() -> tuple[tuple[str, str], ...]:
    """Commands and what they do."""
    return (
        ("winback open orders.xlsx", _("opens the dashboard with your file")),
        ("winback check orders.csv", _("says what was understood, what is open and what was left out")),
        ("winback report orders.csv --lost-after 90", _("prints the main figures; --json for programs")),
        ("winback report orders.csv --goal churn:0.065:2026-01:2026-06", _("with the path to a goal")),
        ("winback report orders.csv --html report.html --pdf report.pdf", _("writes the report of five pages")),
        ("winback threshold orders.csv", _("says from when on a customer is lost, tested on the file's past")),
        ("winback simulate --scenario campaign.json orders.csv", _("says what a campaign would bring")),
        ("winback segment orders.csv --preset freshly_lost --out list.xlsx", _("writes a list of customers")),
    )


def privacy_title() -> str:
    """Heading of privacy."""
    return _("Whose data, and where it is")


def privacy() -> tuple[str, ...]:
    """What happens to customers' data, and what never does."""
    return (
        _("Everything stays on your computer, in your own user folder, readable by you alone. There is no account, no "
          "cloud and no usage statistics; the pages load nothing from elsewhere."),
        _("Files are read in a process of their own, with limits of memory and time, so a broken or hostile file "
          "cannot harm what is loaded."),
        _("Names and contacts of customers are in no log, on no wall and in no report that is handed on. They leave "
          "only in the lists that you download; for networks they can go as hashes. Answers that you sorted by hand "
          "stay known for later surveys until you take that back."),
        _("What a list held and when it went out is noted, so that nobody is contacted too often. Whoever asks never "
          "to be contacted goes on a list that outlives every upload."),
        _("With `--ephemeral` nothing outlives the browser session. To erase all, delete the data folder."),
    )  # fmt: skip
