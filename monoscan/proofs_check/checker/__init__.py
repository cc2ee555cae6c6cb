"""The independent checker (`check.py`) and the grammar that it reads (`FORMAT.md`)."""
