"""`monoscan spectra`: the eigenvalues of a trained network's transitions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monoscan.cli.console import shown_path
from monoscan.cli.figures import checked_figure, write_figure
from monoscan.cli.networks import open_run
from monoscan.cli.options import takes_options
from monoscan.cli.output import OutputOptions, write_table
from monoscan.face.needed import need_models
from monoscan.face.spectra import Spectra

if TYPE_CHECKING:
    from monoscan.models.spectra import Spectrum


@takes_options
def spectra_command(
    output: OutputOptions,
    run: Annotated[str, typer.Argument(help="Folder of a run of monoscan train.")],
    max_length: Annotated[int, typer.Option(help="Words up to this length.")] = 1,
    figure: Annotated[
        str, typer.Option(help="Picture to write: FILE.svg, FILE.pdf or FILE.png.")
    ] = "",
) -> None:
    """Print the eigenvalues of a trained network's transitions, for letters and short words.

    Exit codes: 0 printed, 2 bad input, 4 out of memory.
    """
    need_models("monoscan spectra")
    output.chosen()
    path = checked_figure(figure) if figure else None
    from monoscan.models.spectra import spectra

    opened = open_run(run, "cpu")
    found = spectra(opened.trained, max_length)
    if path is not None:
        layer = opened.layer
        _draw(found, layer.range if layer.kind.is_bounded else None, path)
    value: dict[str, Any] = {"run": run, "spectra": [_as_json(s) for s in found]}
    table = replace(
        Spectra(tuple(found)).table(),
        notes=(f"picture: {shown_path(path)}",) if path else (),
        value=value | ({"figure": str(path)} if path else {}),
    )
    write_table(table, output)


def _draw(found: Sequence[Spectrum], region: str | None, path: Path) -> None:
    from monoscan.report.figures import draw_spectra

    write_figure(path, lambda: draw_spectra(found, region))


def _as_json(spectrum: Spectrum) -> dict[str, object]:
    values = [[value.real, value.imag] for value in spectrum.eigenvalues]
    return {**asdict(spectrum), "eigenvalues": values}
