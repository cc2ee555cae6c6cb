"""The independent checker: run this folder; `FORMAT.md` is the grammar that it reads."""
