"""`monoscan evaluate`: how a trained network does at several lengths."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monoscan.cli.console import ProgressLine
from monoscan.cli.figures import checked_figure, write_figure
from monoscan.cli.networks import open_run, read_lengths
from monoscan.cli.options import takes_options
from monoscan.cli.output import OutputOptions, write_table
from monoscan.errors import check_number
from monoscan.face.needed import need_models
from monoscan.tables import Column, Table

if TYPE_CHECKING:
    from monoscan.models.evaluate import Interval, LengthResult
    from monoscan.models.worst import WorstCase

_NOT_ASKED = "failing words were not searched: --worst-letters 0"


@takes_options
def evaluate_command(
    output: OutputOptions,
    run: Annotated[str, typer.Argument(help="Folder of a run, or file of monoscan compile.")],
    lengths: Annotated[str, typer.Option(help="Lengths of words: 64,256.")] = "40,64,128,256",
    n_words: Annotated[int, typer.Option("--words", help="Words of each length.")] = 1000,
    worst_letters: Annotated[
        int,
        typer.Option(help="Letters that the search for failing words may read; 0: no search."),
    ] = 2_000_000,
    device: Annotated[str, typer.Option(help="cpu, cuda, cuda:N or auto.")] = "auto",
    figure: Annotated[
        str, typer.Option(help="Picture of accuracy by length: FILE.svg, .pdf or .png.")
    ] = "",
) -> None:
    """Measure a trained network on fresh words of several lengths, and search words it fails on.

    Random words flatter: errors add up along words that repeat. So failing words are searched too,
    up to the greatest of the lengths.

    Exit codes: 0 measured, 2 bad input, 4 out of memory.
    """
    need_models("monoscan evaluate")
    output.chosen()
    wanted = read_lengths(lengths)
    check_number("words", n_words, 1)
    check_number("worst_letters", worst_letters, 0)
    path = checked_figure(figure) if figure else None
    progress = ProgressLine()
    with progress.shown():
        results, worst = _results(run, device, wanted, n_words, worst_letters, progress)
    if path is not None:
        _draw(path, run, results, worst)
    write_table(_table(run, results, worst), output)


def _results(
    run: str,
    device: str,
    lengths: list[int],
    n_words: int,
    letters: int,
    progress: ProgressLine,
) -> tuple[list[LengthResult], WorstCase | str]:
    """Results on random words, and the worst case or why it was not searched."""
    from monoscan.models.compile import load_compiled, measure_compiled
    from monoscan.models.tasks import Task
    from monoscan.models.train_config import find_device
    from monoscan.models.worst import SearchPlan, worst_of_compiled, worst_of_run

    plan = SearchPlan(max(lengths), letters) if letters else None

    def say(count: int) -> None:
        progress.update(f"searching failing words: {count:,} of at most {letters:,} letters read")

    if Path(run).is_file():
        compiled = load_compiled(Path(run), find_device(device)).using("fp32")
        results = measure_compiled(compiled, lengths, n_words)
        known = [result.failing for result in results if result.failing]
        return results, worst_of_compiled(compiled, plan, known, say) if plan else _NOT_ASKED
    opened = open_run(run, device)
    results = opened.evaluate(lengths, n_words)
    if plan and not isinstance(opened.trained.config.task, Task):
        return results, "failing words were not searched: the task has no automaton"
    known = [result.failing for result in results if result.failing]
    return results, worst_of_run(opened.trained, plan, known, say) if plan else _NOT_ASKED


def _draw(path: Path, run: str, results: list[LengthResult], worst: WorstCase | str) -> None:
    from monoscan.report.figures import MeasuredRun, draw_lengths

    shares = tuple((result.length, result.sequence_accuracy.value) for result in results)
    known = None if isinstance(worst, str) else worst
    trained = 0 if Path(run).is_file() else open_run(run, "cpu").trained.config.training.max_length
    measured = MeasuredRun(
        shares, known and known.length, known.plan.length if known else 0, trained
    )
    write_figure(path, lambda: draw_lengths([measured], Path(run).name))


def _table(run: str, results: list[LengthResult], worst: WorstCase | str) -> Table:
    titles = (
        "length",
        "answers right",
        "words right",
        "scaled",
        "first error",
        "first failing, random",
        "first failing, worst",
        "bits",
    )
    rows = tuple(
        (
            str(result.length),
            _percent(result.token_accuracy),
            _percent(result.sequence_accuracy),
            f"{result.scaled_accuracy.value:.3f}",
            "none" if result.first_error is None else f"{result.first_error.value:g}",
            _failing(result.first_failing, result.length),
            "" if isinstance(worst, str) else _failing(worst.length, result.length),
            "" if result.bits is None else f"{result.bits:.4f}",
        )
        for result in results
    )
    notes = (
        f"{results[0].n_words} random words a length; in brackets 95 % confidence intervals; "
        "first error: median position in the words that have one; bits: cross entropy of an answer",
        "first failing: the least length of a word, or of the beginning of one, with a wrong "
        "answer at its end, among the random words and among all that the search read",
        *([worst] if isinstance(worst, str) else worst.lines()),
    )
    value = {
        "run": run,
        "lengths": [asdict(result) for result in results],
        "worst": None if isinstance(worst, str) else worst.to_json(),
    }
    columns = tuple(Column(title, "right") for title in titles)
    return Table(columns, rows, notes=notes, value=value).with_constants_said()


def _failing(length: int | None, most: int) -> str:
    return "none" if length is None or length > most else str(length)


def _percent(interval: Interval) -> str:
    return f"{interval.value:.1%} ({interval.low:.1%} to {interval.high:.1%})"
