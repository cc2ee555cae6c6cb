"""The report: one page of HTML that holds all it shows and asks no network for anything."""

from monoscan.report.page.html import as_page
from monoscan.report.page.model import (
    ClaimEntry,
    PageCell,
    PageRow,
    Report,
    Trained,
    Verdict,
)

__all__ = ["ClaimEntry", "PageCell", "PageRow", "Report", "Trained", "Verdict", "as_page"]
