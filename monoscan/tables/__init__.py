"""Tables: one value, and the ways to write it (text, Markdown, LaTeX, CSV, JSON, HTML, Parquet)."""

from monoscan.tables.table import Column, Records, Strong, Table
from monoscan.tables.writing import FORMATS, PARQUET, SUFFIXES, written

__all__ = ["FORMATS", "PARQUET", "SUFFIXES", "Column", "Records", "Strong", "Table", "written"]
