"""Twenty sessions at once as the server sees them, without browsers on the same machine that would be measured too.

    python -m tests.benchmarks.bare_sessions [--people 20] [--seconds 100]

Each speaks the browser's protocol, thinks for about ten seconds, opens another page and waits until its script ended.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from dashboard.shops import load_shop
from metrics import Workspace
from sample_data import sample_files
from tests.benchmarks.sessions import APART, THINK
from tests.e2e.conftest import running


async def rerun(socket: ClientConnection, page: str) -> tuple[float, list[str], int]:
    """Open a page: seconds until its script ended, the pages that there are, how many errors were shown."""
    asked = BackMsg()
    asked.rerun_script.page_script_hash = page
    began, pages, errors = time.perf_counter(), [], 0
    await socket.send(asked.SerializeToString())
    while True:
        told = ForwardMsg.FromString(await socket.recv(decode=False))
        kind = told.WhichOneof("type")
        if kind == "navigation":
            pages = [each.page_script_hash for each in told.navigation.app_pages]
        elif kind == "delta" and told.delta.new_element.WhichOneof("type") == "exception":
            errors += 1
        elif kind == "script_finished":
            return time.perf_counter() - began, pages, errors


async def person(address: str, seed: int, seconds: float, people: int) -> tuple[list[float], int]:
    """The times of one person's reruns, when all have come, and the errors."""
    chance = random.Random(seed)
    await asyncio.sleep(seed * APART)
    times, errors = [], 0
    until = time.monotonic() + seconds + (people - seed) * APART
    origin = address.replace("ws:", "http:")
    async with connect(
        f"{address}/_stcore/stream", subprotocols=["streamlit"], origin=origin, max_size=None
    ) as socket:  # fmt: skip
        _seconds, pages, errors = await rerun(socket, "")
        while time.monotonic() < until:
            await asyncio.sleep(chance.uniform(*THINK))
            took, _pages, wrong = await rerun(socket, chance.choice(pages))
            errors += wrong
            times.append(took)
    return times, errors


async def measure(address: str, people: int, seconds: float) -> int:
    """All reruns; 1 where more than one in twenty took a second, or an error was shown."""
    found = await asyncio.gather(*(person(address, seed, seconds, people) for seed in range(people)))
    times = sorted(each for one, _errors in found for each in one)
    errors = sum(each for _times, each in found)
    quantiles = statistics.quantiles(times, n=100)
    sys.stdout.write(
        f"{people} sessions, {len(times)} reruns: median {quantiles[49] * 1000:.0f} ms, 95% under "
        f"{quantiles[94] * 1000:.0f} ms, longest {times[-1] * 1000:.0f} ms; errors: {errors}\n"
    )
    return int(errors > 0 or quantiles[94] > 1)


def main() -> None:
    """Start a server with a sample shop and send the people."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=100)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        with Workspace.open(folder) as workspace:
            load_shop(workspace, sample_files()["spice"], workspace.inbox or folder)
        with running(folder) as address:
            sys.exit(asyncio.run(measure(address.replace("http:", "ws:"), chosen.people, chosen.seconds)))


if __name__ == "__main__":
    main()
