"""`monoscan show CLASS --symbolic`: the transition matrix of a class with free parameters."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import final

from monoscan.cli.console import (
    fail,
    fail_to_write,
    print_json,
    shown_path,
    standard_output,
)
from monoscan.cli.figures import checked_figure
from monoscan.registry import UnknownId
from monoscan.theory.model_classes import get_model_class


@final
class SymbolicFormat(StrEnum):
    """How formulas are printed."""

    TEXT = "text"
    LATEX = "latex"
    JSON = "json"


_DRAWN = {"householder-product-2": 2, "householder-product-2-nonnegative": 1}
"""The classes with a picture, and the greatest beta of each."""


def show_symbolic(id_: str, form: SymbolicFormat, figure: str = "") -> None:
    """Prints the matrix of a class, its spectrum and the ranges of its parameters.

    Args:
        id_: of the class.
        form: of the formulas.
        figure: file for a picture of where two factors have which eigenvalues; empty: none.
    """
    # sympy takes longer to load than all the rest, and no other answer needs it.
    from monoscan.theory.symbolic import NoSymbolicFormError, of
    from monoscan.theory.symbolic.facts import latex, lines, text

    try:
        matrix = of(get_model_class(id_))
    except (UnknownId, NoSymbolicFormError) as error:
        fail(f"--symbolic: {error}")
    path = _drawn(matrix.name, figure) if figure else None
    ranges = [str(parameter) for parameter in matrix.parameters]
    if form is SymbolicFormat.JSON:
        print_json(
            {
                "id": matrix.name,
                "symbols": matrix.formula,
                "parameters": ranges,
                "note": matrix.note,
                "text": lines(matrix, text),
                "latex": lines(matrix, latex, 10**6),
            }
            | ({"figure": str(path)} if path else {})
        )
        return
    console = standard_output()
    console.print(matrix.name, style="bold")
    console.print(f"  {matrix.formula}")
    console.print(f"  for {'; '.join(ranges)}")
    if matrix.note:
        console.print(f"  {matrix.note}")
    write = latex if form is SymbolicFormat.LATEX else text
    for title, shown in lines(matrix, write).items():
        console.print(f"  {title}: {shown}", soft_wrap=form is SymbolicFormat.LATEX)
    if path is not None:
        console.print(f"  picture: {shown_path(path)}")


def _drawn(class_id: str, figure: str) -> Path:
    """Writes the picture of a class; ends the program if it cannot."""
    from monoscan.report.figures import draw_two_factors, parse_formats, render

    if class_id not in _DRAWN:
        fail(f"--figure: {class_id} has no picture; those that have one: {', '.join(_DRAWN)}")
    path = checked_figure(figure)
    (kind,) = parse_formats(path.suffix.removeprefix("."))
    try:
        path.write_bytes(render(draw_two_factors(_DRAWN[class_id]), kind))
    except OSError as error:
        fail_to_write(f"--figure {path}", error, "give a file that can be written")
    return path
