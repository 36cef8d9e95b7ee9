"""What is said about making the report: why there is no PDF, and what to do then."""

from __future__ import annotations

from dashboard.i18n import _


def print_error(code: str) -> str:
    """Why nothing was printed, with a way out."""
    return {
        "no_browser": _(
            "No browser was found to print with: install Chrome, Chromium or Edge (or name one in WINBACK_BROWSER), "
            "or open the HTML file and print it from your browser."
        ),
        "browser_failed": _(
            "The browser did not print the report: try again, or open the HTML file and print it from your browser."
        ),
    }[code]
