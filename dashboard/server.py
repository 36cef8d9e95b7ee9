"""Starting the web server with our safe settings, wherever it is started from."""

from __future__ import annotations

import logging
import os
import socket
import tomllib
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

ROOT = Path(__file__).resolve().parent
CONFIG = ROOT.parent / ".streamlit" / "config.toml"
DEFAULT_PORT = 8501


def serve(*, host: str, port: int, open_at: str | None) -> None:
    """Run the dashboard until it is stopped; `open_at` is the address that a browser is opened at."""
    config = {**_settings(), "server.address": host, "server.port": port}
    if host not in ("127.0.0.1", "localhost"):
        config["server.allowedHosts"] = [host, *config.get("server.allowedHosts", [])]
    os.environ.setdefault("STREAMLIT_BROWSER_GATHER_USAGE_STATS", "false")
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    app = st.App(ROOT / "app.py", routes=[Route("/healthz", _healthy)], lifespan=_open_browser(open_at))
    app.run(config=config)


def free_port(host: str, first: int = DEFAULT_PORT) -> int:
    """The first port from `first` on that nobody listens to."""
    for port in range(first, first + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError("no free port")


def _settings() -> dict[str, Any]:
    flat: dict[str, Any] = {}

    def walk(prefix: str, table: dict[str, Any]) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                walk(f"{prefix}{key}.", value)
            else:
                flat[f"{prefix}{key}"] = value

    walk("", tomllib.loads(CONFIG.read_text("utf-8")))
    return flat


async def _healthy(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


def _open_browser(address: str | None) -> Any:
    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[dict[str, Any]]:
        if address:
            webbrowser.open(address)
        yield {}

    return lifespan
