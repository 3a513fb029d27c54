"""`python -m ldtrack` is the command line."""

from ldtrack.cli import main

main()
