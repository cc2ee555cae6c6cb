"""A report as one page of HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from html import escape
from importlib.resources import files

from monoscan.report.page.model import PageCell, PageRow, Report

_KINDS = {
    "yes": "yes, with a number of layers",
    "cited": "cited from a published theorem",
    "no": "no",
    "nearly": "up to every length, not at all lengths, or not known there",
    "open": "unknown",
}
QUESTION = (
    "A linear recurrent network keeps a state and multiplies it, letter by letter, by a matrix: "
    "H<sub>t</sub> = A(x<sub>t</sub>) H<sub>t-1</sub> + B(x<sub>t</sub>). Which matrices an "
    "architecture allows decides which regular languages it can recognise on inputs of every "
    "length. Each cell below answers this for one language and one architecture, in each "
    "arithmetic, with a proof that a separate program has checked, or says what is missing; and "
    "beside it stands what trained networks made of the same question."
)


def as_page(report: Report) -> str:
    """The page, complete in itself.

    Args:
        report: what it says.
    """
    style, script = (_part(name) for name in ("page.css", "page.js"))
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            '<head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<link rel="icon" href="data:,">',
            f"<title>What linear RNNs can compute: {escape(_subject(report))}</title>",
            f"<style>{style}</style></head>",
            '<body><a class="skip" href="#matrix">Skip to the matrix</a>',
            "<header><h1>What linear RNNs can compute</h1>",
            f"<p>{QUESTION}</p></header>",
            "<main>",
            *_matrix(report),
            *_languages(report),
            *_claims(report),
            *_again(report),
            "</main>",
            '<dialog id="cell" aria-labelledby="cell-title"><div id="cell-body"></div></dialog>',
            f'<script type="application/json" id="data">{_data(report)}</script>',
            f"<script>{script}</script>",
            "</body></html>",
            "",
        ]
    )


def _part(name: str) -> str:
    return files("monoscan.report.page").joinpath(name).read_text(encoding="utf-8")


def _subject(report: Report) -> str:
    names = [row.name for row in report.rows]
    return names[0] if len(names) == 1 else f"{len(names)} languages"


def _data(report: Report) -> str:
    """What the script needs; `<` cannot end the element early."""
    value = {
        "columns": report.columns,
        "rows": [asdict(row) for row in report.rows],
        "certificates": report.certificates,
    }
    return json.dumps(value, separators=(",", ":")).replace("<", "\\u003c")


def _matrix(report: Report) -> Iterator[str]:
    yield '<section aria-labelledby="matrix"><h2 id="matrix">Matrix</h2>'
    yield "<p>Choose a cell for its proof, its certificate and its trained networks. "
    yield "A cell shows the answer in exact arithmetic, for any number of layers; the small "
    yield "numbers are the trained networks that learned it, of all that are stored.</p>"
    yield from _filters(report)
    yield '<div class="scroll" tabindex="0" role="region" aria-labelledby="matrix">'
    yield '<table id="answers"><thead><tr><th scope="col">language</th>'
    for number, (name, transitions) in enumerate(report.columns):
        title = escape(transitions)
        yield (
            f'<th scope="col" class="upright" data-column="{number}">'
            f'<span title="{title}">{escape(name)}</span></th>'
        )
    yield "</tr></thead><tbody>"
    for number, row in enumerate(report.rows):
        yield from _row(number, row, report)
    yield "</tbody></table></div>"
    yield '<p id="none" role="status" hidden>No language is left: loosen a filter.</p>'
    used = {cell.verdicts[0].kind for row in report.rows for cell in row.cells}
    entries = "".join(
        f'<li><span class="swatch {kind}"></span> {words}</li>'
        for kind, words in _KINDS.items()
        if kind in used
    )
    yield f'<ul class="legend" aria-label="Colours">{entries}</ul>'
    for note in report.notes:
        yield f'<p class="note">{escape(note)}</p>'
    yield "</section>"


def _filters(report: Report) -> Iterator[str]:
    properties = sorted({name for row in report.rows for name in row.properties})
    yield '<form class="filters" aria-label="Filters">'
    yield '<label>Language <input type="search" id="by-language" autocomplete="off"></label>'
    yield '<label>Architecture <input type="search" id="by-class" autocomplete="off"></label>'
    options = "".join(f"<option>{escape(name)}</option>" for name in properties)
    yield f'<label>Property <select id="by-property"><option value="">any</option>{options}'
    yield "</select></label></form>"


def _row(number: int, row: PageRow, report: Report) -> Iterator[str]:
    properties = escape(" ".join(row.properties))
    yield f'<tr data-name="{escape(row.name)}" data-properties="{properties}">'
    yield f'<th scope="row"><a href="#language-{number}">{escape(row.name)}</a></th>'
    for place, cell in enumerate(row.cells):
        yield _cell(number, place, row, report.columns[place][0], cell)
    yield "</tr>"


def _cell(number: int, place: int, row: PageRow, column: str, cell: PageCell) -> str:
    first = cell.verdicts[0]
    seeds = ""
    if cell.trained:
        learned = sum(run.is_learned for run in cell.trained)
        seeds = f'<span class="seeds">{learned}/{len(cell.trained)}</span>'
    label = escape(f"{row.name}, {column}: {first.said}")
    return (
        f'<td data-column="{place}"><button type="button" class="{first.kind}" '
        f'data-row="{number}" data-cell="{place}" aria-label="{label}" aria-haspopup="dialog">'
        f"<span>{escape(first.said)}</span>{seeds}</button></td>"
    )


def _languages(report: Report) -> Iterator[str]:
    yield "<section><h2>Languages</h2>"
    for number, row in enumerate(report.rows):
        yield f'<article id="language-{number}" data-name="{escape(row.name)}">'
        yield f"<h3>{escape(row.name)}</h3><p>{escape(row.definition)}</p>"
        if row.properties:
            yield f'<p class="note">It is {escape(", ".join(row.properties))}.</p>'
        if row.figure:
            yield '<div class="scroll" tabindex="0" role="group" aria-label="Automaton of '
            yield f'{escape(row.name)}">{row.figure}</div>'
        yield "</article>"
    yield "</section>"


def _claims(report: Report) -> Iterator[str]:
    if not report.claims:
        return
    yield "<section><h2>Claims</h2><p>What papers say, and how it stands in each arithmetic. The "
    yield "counts are those that are documented; <code>verify --claim NAME</code> derives each "
    yield "status anew from certificates.</p>"
    yield f"<details><summary>{len(report.claims)} claims</summary><dl>"
    for claim in report.claims:
        yield f"<dt><code>{escape(claim.id)}</code></dt>"
        yield f"<dd>{escape(claim.statement)} <em>{escape(claim.rows)}</em></dd>"
    yield "</dl></details></section>"


def _again(report: Report) -> Iterator[str]:
    yield "<section><h2>Make it again</h2>"
    yield f"<pre>{escape(chr(10).join(report.commands))}</pre>"
    yield f'<p class="note">Made by monoscan {escape(report.version)}. This page asks no network '
    yield "for anything.</p></section>"
