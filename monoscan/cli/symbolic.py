"""`monoscan show CLASS --symbolic`: the transition matrix of a class with free parameters."""

from __future__ import annotations

from enum import StrEnum
from typing import final

from monoscan.cli.console import fail, print_json, standard_output
from monoscan.theory.model_classes import UnknownModelClassError, get_model_class


@final
class SymbolicFormat(StrEnum):
    """How formulas are printed."""

    TEXT = "text"
    LATEX = "latex"
    JSON = "json"


def show_symbolic(id_: str, form: SymbolicFormat) -> None:
    """Prints the matrix of a class, its spectrum and the ranges of its parameters."""
    # sympy takes longer to load than all the rest, and no other answer needs it.
    from monoscan.theory.symbolic import NoSymbolicFormError, of
    from monoscan.theory.symbolic.facts import latex, lines, text

    try:
        matrix = of(get_model_class(id_))
    except (UnknownModelClassError, NoSymbolicFormError) as error:
        fail(f"--symbolic: {error}")
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
