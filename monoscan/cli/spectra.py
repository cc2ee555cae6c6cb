"""`monoscan spectra`: the eigenvalues of a trained network's transitions."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from monoscan.cli.console import print_json, standard_output
from monoscan.cli.networks import model_errors_told, need_models, open_run

if TYPE_CHECKING:
    from monoscan.models.spectra import Spectrum


def spectra_command(
    run: Annotated[str, typer.Argument(help="Folder of a run of monoscan train.")],
    max_length: Annotated[int, typer.Option(help="Words up to this length.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print the eigenvalues of a trained network's transitions, for letters and short words.

    Exit codes: 0 printed, 2 bad input.
    """
    need_models("spectra")
    with model_errors_told():
        from monoscan.models.spectra import spectra

        found = spectra(open_run(run, "cpu"), max_length)
    if as_json:
        print_json({"run": run, "spectra": [_as_json(spectrum) for spectrum in found]})
        return
    table = Table("layer", "head", "word", "eigenvalues", box=None)
    for spectrum in found:
        values = "  ".join(_shown(value) for value in spectrum.eigenvalues)
        table.add_row(str(spectrum.layer), str(spectrum.head), spectrum.word, values)
    standard_output().print(table)


def _as_json(spectrum: Spectrum) -> dict[str, object]:
    values = [[value.real, value.imag] for value in spectrum.eigenvalues]
    return {**asdict(spectrum), "eigenvalues": values}


def _shown(value: complex) -> str:
    if abs(value.imag) < 5e-5:
        return f"{value.real:.4f}"
    return f"{value.real:.4f}{value.imag:+.4f}i"
