"""The one door to a browser of the machine: it prints our own pages to PDF and photographs our pictures.

Any browser of the Chromium family does. It gets a file that needs nothing else, a profile folder of its own that goes
afterwards, and no way to the network.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

BROWSER: Final = "WINBACK_BROWSER"
"""The environment variable that names the browser to use, by its path or its name on the PATH."""
SECONDS: Final = 90
_ON_PATH: Final = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable",
    "msedge", "chrome", "brave-browser", "brave",
)  # fmt: skip
_ON_MACOS: Final = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")
_ON_WINDOWS: Final = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"Chromium\Application\chrome.exe",
    r"BraveSoftware\Brave-Browser\Application\brave.exe",
)
_AT_ONCE: Final = threading.BoundedSemaphore(2)
"""A browser takes some hundred megabytes: of many people who print at once most wait."""
_NO_NETWORK: Final = (
    "--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>", "--disable-background-networking",
    "--disable-component-update", "--disable-default-apps", "--disable-domain-reliability", "--disable-extensions",
    "--disable-sync", "--disable-quic", "--no-pings", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
_QUIET: Final = ("--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--mute-audio")


class PrintError(Exception):
    """A page could not be printed; `code` is `no_browser` or `browser_failed`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def find_browser() -> Path | None:
    """The browser named in the environment, else the first one found; None where there is none.

    A named one that does not exist is not replaced by another one.
    """
    named = os.environ.get(BROWSER)
    if named:
        found = shutil.which(named)
        return Path(found) if found else None
    return next(_candidates(), None)


def pdf_of(html: str) -> bytes:
    """The page printed as PDF, in the size that its style sheet names. Raises PrintError."""
    return _run(html, "pdf", ("--no-pdf-header-footer", "--print-to-pdf={out}"))


def png_of(html: str, wide: int, high: int, *, scale: int = 2) -> bytes:
    """The page as a picture of `wide` x `high` CSS pixels, `scale` times as fine. Raises PrintError."""
    options = (f"--window-size={wide},{high}", f"--force-device-scale-factor={scale}", "--hide-scrollbars",
               "--screenshot={out}")  # fmt: skip
    return _run(html, "png", options)


def _candidates() -> Iterator[Path]:
    for name in _ON_PATH:
        if found := shutil.which(name):
            yield Path(found)
    yield from (path for path in _installed() if path.is_file())


def _installed() -> Iterator[Path]:
    """Where browsers are that put themselves on no PATH."""
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield from (folder / f"{name}.app/Contents/MacOS/{name}" for name in _ON_MACOS)
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folder_name := os.environ.get(variable):
            yield from (Path(folder_name) / name for name in _ON_WINDOWS)


def _run(html: str, kind: str, options: Sequence[str]) -> bytes:
    browser = find_browser()
    if browser is None:
        raise PrintError("no_browser")
    with _AT_ONCE, _folder(browser) as name:
        folder = Path(name)
        page, out = folder / "page.html", folder / f"out.{kind}"
        page.write_text(html, "utf-8")
        command = [
            str(browser), *_QUIET, *_NO_NETWORK, *_as_root(), f"--user-data-dir={folder / 'profile'}",
            *(option.format(out=out) for option in options), page.as_uri(),
        ]  # fmt: skip
        _wait(command, folder)
        if not out.is_file() or not out.stat().st_size:
            raise PrintError("browser_failed")
        return out.read_bytes()


def _folder(browser: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder that nobody else may look into, gone afterwards.

    A browser that came as a snap sees the home folder and no machine-wide one.
    """
    is_snap = "/snap/" in str(browser) or (browser.name.startswith("chromium") and Path("/snap/bin/chromium").exists())
    # The browser may still be closing its profile's files when it has ended.
    return tempfile.TemporaryDirectory(
        prefix="winback-print-", dir=Path.home() if is_snap else None, ignore_cleanup_errors=True
    )


def _as_root() -> tuple[str, ...]:
    """The browser's own sandbox refuses to work for root, and only for root may it be off."""
    return ("--no-sandbox",) if getattr(os, "geteuid", lambda: 1)() == 0 else ()


def _wait(command: list[str], folder: Path) -> None:
    """Run the browser to its end in a process group of its own; after `SECONDS` all of it is stopped."""
    is_posix = os.name == "posix"
    try:
        running = subprocess.Popen(  # noqa: S603  (the browser found above, with our own file)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            start_new_session=is_posix,
        )
    except OSError:
        raise PrintError("browser_failed") from None
    try:
        code = running.wait(SECONDS)
    except subprocess.TimeoutExpired:
        code = -1
    finally:
        if running.poll() is None:
            _stop(running, is_group=is_posix)
    if code:
        raise PrintError("browser_failed")


def _stop(running: subprocess.Popen[bytes], *, is_group: bool) -> None:
    if is_group:
        os.killpg(running.pid, signal.SIGKILL)
    else:
        running.kill()
    running.wait()
