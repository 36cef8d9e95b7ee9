"""`python -m dashboard` is the `winback` command."""

from dashboard.cli import main

main()
