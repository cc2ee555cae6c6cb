"""`monoscan evaluate`: how a trained network does at several lengths."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monoscan.cli.console import fail
from monoscan.cli.networks import model_errors_told, need_models, open_run, read_lengths
from monoscan.cli.options import takes_options
from monoscan.cli.output import OutputOptions, write_table
from monoscan.tables import Column, Table

if TYPE_CHECKING:
    from monoscan.models.evaluate import Interval, LengthResult


@takes_options
def evaluate_command(
    output: OutputOptions,
    run: Annotated[str, typer.Argument(help="Folder of a run, or file of monoscan compile.")],
    lengths: Annotated[str, typer.Option(help="Lengths of words: 64,256.")] = "40,64,128,256",
    n_words: Annotated[int, typer.Option("--words", help="Words of each length.")] = 1000,
    device: Annotated[str, typer.Option(help="cpu, cuda, cuda:N or auto.")] = "auto",
) -> None:
    """Measure a trained network on fresh words of several lengths.

    Exit codes: 0 measured, 2 bad input, 4 out of memory.
    """
    need_models("evaluate")
    output.chosen()
    wanted = read_lengths(lengths)
    if n_words < 1:
        fail(f"--words {n_words}: expected at least 1 word of each length")
    with model_errors_told():
        results = _results(run, device, wanted, n_words)
    write_table(_table(run, results), output)


def _results(run: str, device: str, lengths: list[int], n_words: int) -> list[LengthResult]:
    from monoscan.models.compile import load_compiled, measure_compiled
    from monoscan.models.train_config import find_device

    if Path(run).is_file():
        compiled = load_compiled(Path(run), find_device(device)).using("fp32")
        return measure_compiled(compiled, lengths, n_words)
    return open_run(run, device).evaluate(lengths, n_words)


def _table(run: str, results: list[LengthResult]) -> Table:
    titles = ("length", "answers right", "words right", "scaled", "first error", "bits")
    rows = tuple(
        (
            str(result.length),
            _percent(result.token_accuracy),
            _percent(result.sequence_accuracy),
            f"{result.scaled_accuracy.value:.3f}",
            "none" if result.first_error is None else f"{result.first_error.value:g}",
            "" if result.bits is None else f"{result.bits:.4f}",
        )
        for result in results
    )
    notes = (
        f"{results[0].n_words} random words a length; in brackets 95 % confidence intervals; "
        "first error: median position in the words that have one; bits: cross entropy of an answer",
    )
    value = {"run": run, "lengths": [asdict(result) for result in results]}
    columns = tuple(Column(title, "right") for title in titles)
    return Table(columns, rows, notes=notes, value=value).with_constants_said()


def _percent(interval: Interval) -> str:
    return f"{interval.value:.1%} ({interval.low:.1%} to {interval.high:.1%})"
