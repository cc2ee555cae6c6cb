"""Tables of texts in Markdown, LaTeX (booktabs) and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

Row = Sequence[str]
_LATEX = {"&": r"\&", "%": r"\%", "_": r"\_", "#": r"\#"}


def markdown_grid(titles: Row, rows: Iterable[Row]) -> list[str]:
    """The lines of a Markdown table.

    >>> markdown_grid(["a", "b"], [["1", "2"]])
    ['| a | b |', '|---|---|', '| 1 | 2 |']
    """
    lines = ["| " + " | ".join(titles) + " |", "|" + "---|" * len(titles)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def booktabs_grid(titles: Row, rows: Iterable[Row]) -> list[str]:
    """The lines of a LaTeX table with upright titles; needs the packages booktabs and rotating.

    Args:
        titles: the first one stays level.
        rows: in LaTeX.
    """
    upright = [titles[0], *(rf"\rotatebox{{90}}{{{title}}}" for title in titles[1:])]
    lines = [
        r"\begin{tabular}{l" + "c" * (len(titles) - 1) + "}",
        r"\toprule",
        " & ".join(upright) + r" \\",
        r"\midrule",
    ]
    lines += [" & ".join(row) + r" \\" for row in rows]
    return [*lines, r"\bottomrule", r"\end{tabular}"]


def csv_text(titles: Row, rows: Iterable[Sequence[object]]) -> str:
    r"""A CSV file with a line of titles.

    >>> csv_text(["a", "b"], [[1, "x,y"]])
    'a,b\n1,"x,y"\n'
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(titles)
    writer.writerows(rows)
    return stream.getvalue()


def latex_escaped(text: str) -> str:
    r"""A text with the signs escaped that mean something in LaTeX.

    >>> latex_escaped("95 % of a_b")
    '95 \\% of a\\_b'
    """
    return "".join(_LATEX.get(letter, letter) for letter in text)
