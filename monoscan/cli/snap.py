"""`monoscan snap`: the exact network nearest to a trained one, with a proof of what it does."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monoscan.cli.console import ProgressLine, shown_path
from monoscan.cli.errors import writing
from monoscan.cli.networks import open_run, read_lengths
from monoscan.cli.options import takes_options
from monoscan.cli.output import OutputOptions, write_table
from monoscan.errors import check_number
from monoscan.face.needed import need_models

if TYPE_CHECKING:
    from monoscan.face.run import SnappedRun


@takes_options
def snap_command(
    output: OutputOptions,
    run: Annotated[str, typer.Argument(help="Folder of a run of monoscan train.")],
    certificates: Annotated[
        Path, typer.Option(help="Where the proof, or the refutation, is written.")
    ] = Path("certificates"),
    lengths: Annotated[
        str, typer.Option(help="Lengths of words on which the snapped weights are tried: 64,256.")
    ] = "40,160,640",
    worst_letters: Annotated[
        int, typer.Option(help="Letters that the search for failing words may read; 0: no search.")
    ] = 1_000_000,
    device: Annotated[str, typer.Option(help="cpu, cuda, cuda:N or auto.")] = "auto",
) -> None:
    """Find the exact network nearest to a trained one, prove what it does, and put it back.

    Each head takes the representation of the task's group that is nearest to its transitions; where
    the task has no group, every beta becomes 0, 1 or 2 and keys become parallel or orthogonal;
    entries of a diagonal layer become 0 or roots of unity. The certificate is about this exact
    network on words of every length, not about the trained one.

    Exit codes: 0 proved, 1 refuted, 3 undecided, 2 bad input, 4 out of memory or over the budget.
    """
    need_models("monoscan snap")
    output.chosen()
    wanted = read_lengths(lengths)
    check_number("worst_letters", worst_letters, 0)
    progress = ProgressLine()
    with (
        writing(f"certificates to {certificates}", "choose another folder with --certificates"),
        progress.shown(),
    ):
        from monoscan.face.checking import certify

        opened = open_run(run, device)
        certificates.mkdir(parents=True, exist_ok=True)  # before a long computation
        progress.update("looking for the nearest exact network")
        found = opened.snap()
        answer = certify(found.decision, certificates / "snap" / Path(run).name, progress.update)
        progress.update("trying the snapped weights")
        tried, facts = _tried(found, wanted, worst_letters)
    table = answer.table(shown_path)
    value = {"run": run, **_facts(found), **facts, **dict(table.value or {})}
    lines = [*found.lines(), *tried]
    write_table(replace(table, introduction=(*lines, *table.introduction), value=value), output)
    raise typer.Exit(answer.exit_code)


def _tried(found: SnappedRun, lengths: list[int], letters: int) -> tuple[list[str], dict[str, Any]]:
    """How the network does with the snapped weights, on random words and on the worst."""
    if found.run is None:
        return [], {"random": None, "worst": None}
    results = found.run.evaluate(lengths)
    shares = ", ".join(f"{r.sequence_accuracy.value:.1%} of length {r.length}" for r in results)
    lines = [f"with the snapped weights all answers are right in {shares} (random words)"]
    worst = found.run.worst(max(lengths), letters) if letters else None
    if worst is not None:
        lines += [f"with the snapped weights: {line}" for line in worst.lines()[:1]]
    return lines, {
        "random": [asdict(result) for result in results],
        "worst": None if worst is None else worst.found.to_json(),
    }


def _facts(found: SnappedRun) -> dict[str, Any]:
    snapped = found.found
    return {
        "heads": list(snapped.heads),
        "distance": asdict(snapped.distance),
        "columns": snapped.columns,
        "of_columns": snapped.of_columns,
        "not_put_back": snapped.no_run or None,
    }
