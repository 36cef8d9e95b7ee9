"""E-mails and phones in the one form in which they can be compared."""

from __future__ import annotations


def usual_email(text: str) -> str | None:
    """An e-mail in lower case with its domain in one spelling (IDNA); None where it is none."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415  (few files need it, and it takes its time)

    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=True)
    except EmailNotValidError:
        return None
    return found.normalized.casefold()


def international(text: str, region: str) -> str | None:
    """A phone in E.164, read as one of `region` (ISO 3166) where it has no country code; None where it is none."""
    import phonenumbers  # noqa: PLC0415  (few files need it, and it takes its time)

    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def region_of(number: str) -> str | None:
    """The region (ISO 3166) of a number in E.164, None where its code is of none or of several."""
    import phonenumbers  # noqa: PLC0415  (few files need it, and it takes its time)

    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number, None))
    except phonenumbers.NumberParseException:
        return None


def country_prefix(region: str) -> str:
    """What numbers of a region (ISO 3166) in E.164 begin with; a bare `+` for one that has no code."""
    import phonenumbers  # noqa: PLC0415  (few files need it, and it takes its time)

    return f"+{phonenumbers.country_code_for_region(region) or ''}"


def phone_regions() -> frozenset[str]:
    """The regions (ISO 3166) whose phone numbers are known."""
    import phonenumbers  # noqa: PLC0415  (few files need it, and it takes its time)

    return frozenset(phonenumbers.SUPPORTED_REGIONS)
