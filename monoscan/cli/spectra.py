"""`monoscan spectra`: the eigenvalues of a trained network's transitions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from monoscan.cli.console import fail, fail_to_write, print_json, shown_path, standard_output
from monoscan.cli.networks import model_errors_told, need_models, open_run

if TYPE_CHECKING:
    from monoscan.models.spectra import Spectrum


def spectra_command(
    run: Annotated[str, typer.Argument(help="Folder of a run of monoscan train.")],
    max_length: Annotated[int, typer.Option(help="Words up to this length.")] = 1,
    figure: Annotated[
        str, typer.Option(help="Picture to write: FILE.svg, FILE.pdf or FILE.png.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print the eigenvalues of a trained network's transitions, for letters and short words.

    Exit codes: 0 printed, 2 bad input, 4 out of memory.
    """
    need_models("spectra")
    path = _checked_figure(figure) if figure else None
    with model_errors_told():
        from monoscan.models.spectra import spectra

        opened = open_run(run, "cpu")
        found = spectra(opened.trained, max_length)
    if path is not None:
        layer = opened.layer
        _draw(found, layer.range if layer.kind.is_bounded else None, path)
    if as_json:
        printed: dict[str, Any] = {"run": run, "spectra": [_as_json(s) for s in found]}
        print_json(printed | ({"figure": str(path)} if path else {}))
        return
    table = Table("layer", "head", "word", "eigenvalues", box=None)
    for spectrum in found:
        values = "  ".join(_shown(value) for value in spectrum.eigenvalues)
        table.add_row(str(spectrum.layer), str(spectrum.head), spectrum.word, values)
    standard_output().print(table)
    if path is not None:
        standard_output().print(Text(f"written  {shown_path(path)}"), soft_wrap=True)


def _checked_figure(file: str) -> Path:
    """The file of a picture that can be drawn; ends the program if it cannot."""
    from monoscan.report.figures import FORMATS, MissingLibrary, parse_formats, require_library

    path = Path(file)
    try:
        parse_formats(path.suffix.removeprefix("."))
        require_library()
        path.parent.mkdir(parents=True, exist_ok=True)
    except ValueError:
        endings = ", ".join(f".{kind}" for kind in FORMATS)
        fail(f"--figure {file}: the name tells the format; expected it to end in one of {endings}")
    except MissingLibrary as error:
        fail(f"--figure: {error}")
    except OSError as error:
        fail_to_write(f"--figure {file}", error, "give a file that can be written")
    return path


def _draw(found: Sequence[Spectrum], region: str | None, path: Path) -> None:
    from monoscan.report.figures import PictureRefused, draw_spectra, parse_formats, render

    (kind,) = parse_formats(path.suffix.removeprefix("."))
    try:
        path.write_bytes(render(draw_spectra(found, region), kind))
    except PictureRefused as refusal:
        fail(f"--figure {path}: {refusal}, or leave --figure out")
    except OSError as error:
        fail_to_write(f"--figure {path}", error, "give a file that can be written")


def _as_json(spectrum: Spectrum) -> dict[str, object]:
    values = [[value.real, value.imag] for value in spectrum.eigenvalues]
    return {**asdict(spectrum), "eigenvalues": values}


def _shown(value: complex) -> str:
    if abs(value.imag) < 5e-5:
        return f"{value.real:.4f}"
    return f"{value.real:.4f}{value.imag:+.4f}i"
