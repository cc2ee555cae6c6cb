"""`monoscan show CLASS --symbolic`: the transition matrix of a class with free parameters."""

from __future__ import annotations

from pathlib import Path

from monoscan.cli.console import print_json, shown_path, standard_output
from monoscan.cli.errors import fail, writing
from monoscan.cli.figures import checked_figure
from monoscan.errors import BadValue
from monoscan.face.architectures import one_asked

SYMBOLIC_FORMATS = ("text", "latex", "json")

_DRAWN = {"householder-product-2": 2, "householder-product-2-nonnegative": 1}
"""The classes with a picture, and the greatest beta of each."""


def show_symbolic(name: str, form: str, figure: str = "") -> None:
    """Prints the matrix of a class, its spectrum and the ranges of its parameters.

    Args:
        name: of the class, or `NAME, VARIANT`.
        form: of the formulas, one of `SYMBOLIC_FORMATS`.
        figure: file for a picture of where two factors have which eigenvalues; empty: none.
    """
    if form not in SYMBOLIC_FORMATS:
        raise BadValue("format", form, f"one of {', '.join(SYMBOLIC_FORMATS)}")
    asked = one_asked(name)
    # sympy takes longer to load than all the rest, and no other answer needs it.
    from monoscan.theory.symbolic import of
    from monoscan.theory.symbolic.facts import latex, lines, text

    matrix = of(asked.model_class)
    path = _drawn(matrix.name, figure) if figure else None
    ranges = [str(parameter) for parameter in matrix.parameters]
    if form == "json":
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
    write = latex if form == "latex" else text
    for title, shown in lines(matrix, write).items():
        console.print(f"  {title}: {shown}", soft_wrap=form == "latex")
    if path is not None:
        console.print(f"  picture: {shown_path(path)}")


def _drawn(class_id: str, figure: str) -> Path:
    """Writes the picture of a class; ends the program if it cannot."""
    from monoscan.report.figures import draw_two_factors, parse_formats, render

    if class_id not in _DRAWN:
        fail(f"--figure: {class_id} has no picture; those that have one: {', '.join(_DRAWN)}")
    path = checked_figure(figure)
    (kind,) = parse_formats(path.suffix.removeprefix("."))
    with writing(f"--figure {path}", "give a file that can be written"):
        path.write_bytes(render(draw_two_factors(_DRAWN[class_id]), kind))
    return path
