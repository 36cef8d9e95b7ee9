"""What must stay true of the shape of the code, whatever it computes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STATEMENTS = sorted((ROOT / "metrics" / "sql").rglob("*.sql"))
MODULES = [path for folder in ("metrics", "dashboard", "sample_data") for path in (ROOT / folder).rglob("*.py")]


def test_metrics_loads_no_screen():
    loaded = "print('streamlit' in sys.modules, 'plotly' in sys.modules)"
    code = f"import sys, metrics, metrics.report, metrics.intake; {loaded}"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert printed.stdout.split() == ["False", "False"]


@pytest.mark.parametrize("path", STATEMENTS, ids=lambda path: path.stem)
def test_every_statement_says_its_question_and_is_asked(path: Path):
    text = path.read_text("utf-8")
    assert re.match(r"-- [a-z].+", text), "the first line says the question and the grain"
    name = "/".join(path.relative_to(ROOT / "metrics" / "sql").with_suffix("").parts)
    sources = "".join(module.read_text("utf-8") for module in MODULES)
    assert path.stem in sources, f"nobody asks {name}"


def test_only_the_connection_and_the_intake_open_a_database():
    openers = {path.relative_to(ROOT).parts for path in MODULES if "duckdb.connect(" in path.read_text("utf-8")}
    assert {parts[:2] for parts in openers} == {("metrics", "connection.py"), ("metrics", "intake")}


def test_modules_stay_short():
    lengths = sorted(len(path.read_text("utf-8").splitlines()) for path in MODULES)
    assert lengths[len(lengths) // 2] < 150
    assert lengths[-1] <= 330


def test_no_address_of_a_registry_and_no_path_of_a_machine():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    forbidden = re.compile(
        rb"python" + rb"hosted|py" + rb"pi\.org|deb\.deb" + rb"ian|registry\.np" + rb"mjs|/ro" + rb"ot/|/wo" + rb"rk/"
    )
    for name in filter(None, listed.split(b"\0")):
        path = ROOT / name.decode()
        if path.is_file() and path.suffix in {".py", ".toml", ".md", ".lock", ".sql", ".sh", ".yaml", ".in", ""}:
            assert not forbidden.search(path.read_bytes()), name
