"""Tables: one value, and the ways to write it (text, Markdown, LaTeX, CSV, JSON, HTML)."""

from monoscan.tables.table import Column, Records, Strong, Table
from monoscan.tables.writing import FORMATS, SUFFIXES, written

__all__ = ["FORMATS", "SUFFIXES", "Column", "Records", "Strong", "Table", "written"]
