"""Ablations of the training recipe: one change at a time, every seed counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from monoscan.report.seeds import (
    LEARNED,
    SeedResult,
    described,
    failing_lengths,
    median_accuracy,
    n_learned,
    seed_results,
    seed_titles,
    seed_values,
    show_share,
    stopped,
)
from monoscan.tables import Column as TableColumn
from monoscan.tables import Records, Table

if TYPE_CHECKING:  # torch is loaded only where networks are trained
    from monoscan.models.sweep.ablations import Change
    from monoscan.models.sweep.quick import Column, Row


@final
@dataclass(frozen=True)
class Trial:
    """One change of the recipe on one task.

    Attributes:
        change: its name.
        task: language and layer.
        seeds: every seed.
    """

    change: str
    task: str
    seeds: tuple[SeedResult, ...]


@final
@dataclass(frozen=True)
class Ablations:
    """The table.

    Attributes:
        changes: names, one a row.
        statements: what each row changes.
        tasks: one a column.
        base: the recipe, in one line.
        test_length: length of the test words.
        trials: row by row.
    """

    changes: tuple[str, ...]
    statements: tuple[str, ...]
    tasks: tuple[str, ...]
    base: str
    test_length: int
    trials: tuple[tuple[Trial, ...], ...]

    @property
    def all_trials(self) -> Iterator[Trial]:
        """Every trial, row by row."""
        return (trial for row in self.trials for trial in row)

    def table(self) -> Table:
        """The table, ready to be written."""
        return ablations_table(self)


def ablate(
    changes: Sequence[Change],
    tasks: Sequence[tuple[Row, Column]],
    seeds: Sequence[int],
    *,
    runs: Path,
    steps: int | None = None,
    workers: int = 1,
    progress: Callable[[str], None] = lambda _: None,
) -> Ablations:
    """Trains what is not yet there.

    Args:
        changes: of the recipe.
        tasks: languages with layers.
        seeds: at least one.
        runs: folder of the runs.
        steps: of every run, in place of the protocol's.
        workers: how many processes train.
        progress: called with what is being done.

    Raises:
        ConfigError: if a seed, the number of steps or of workers is out of range.
        OSError: if a file cannot be written.
    """
    from monoscan.models.sweep import run_sweep
    from monoscan.models.sweep.ablations import ablation_job
    from monoscan.models.sweep.quick import STEPS, Recipe

    jobs = [
        [ablation_job(change, *task, seed, steps or STEPS) for seed in seeds]
        for change in changes
        for task in tasks
    ]
    flat = [job for cell in jobs for job in cell]
    outcomes = iter(run_sweep(flat, runs, workers=workers, progress=progress))
    names = [f"{row.language}, {column.title}" for row, column in tasks]
    found = iter(
        seed_results(cell_jobs, [next(outcomes) for _ in cell_jobs], runs) for cell_jobs in jobs
    )
    return Ablations(
        tuple(change.name for change in changes),
        tuple(change.statement for change in changes),
        tuple(names),
        described(Recipe({"steps": steps or STEPS}).job(*tasks[0], seeds[0])),
        max(flat[0].lengths),
        tuple(tuple(Trial(change.name, name, next(found)) for name in names) for change in changes),
    )


def ablations_table(table: Ablations) -> Table:
    """A row a change, in words; CSV has a line for each change, task and seed."""
    columns = [TableColumn("change", wraps=True), TableColumn("name")]
    columns += [TableColumn(task, "right") for task in table.tasks]
    rows = zip(table.statements, table.changes, table.trials, strict=True)
    records = [
        (trial.change, trial.task, *seed_values(seed))
        for trial in table.all_trials
        for seed in trial.seeds
    ]
    return Table(
        tuple(columns),
        tuple((statement, name, *map(_shown, row)) for statement, name, row in rows),
        notes=tuple(_notes(table)),
        records=Records(("change", "task", *seed_titles()), tuple(records)),
        value=_value(table),
    )


def _value(table: Ablations) -> dict[str, Any]:
    """Every trial with every seed."""
    return {
        "recipe": table.base,
        "test_length": table.test_length,
        "learned_at": LEARNED,
        "changes": dict(zip(table.changes, table.statements, strict=True)),
        "trials": [
            {
                **asdict(trial),
                "learned": n_learned(trial.seeds),
                "median": median_accuracy(trial.seeds),
            }
            for trial in table.all_trials
        ],
    }


def _shown(trial: Trial) -> str:
    learned = f"{n_learned(trial.seeds)}/{len(trial.seeds)}"
    return f"{learned} {show_share(median_accuracy(trial.seeds))}; {failing_lengths(trial.seeds)}"


def _notes(table: Ablations) -> list[str]:
    """What the cells say, what the recipe is, which runs were stopped."""
    notes = [
        "seeds that learned it / seeds run, and the median share of random words without an error "
        f"at length {table.test_length}; greatest and median length of the shortest failing word "
        "that was found, >: none up to that length",
        f"learned: a share of at least {LEARNED}, and no failing word of up to "
        f"{table.test_length} letters found",
        f"the recipe: {table.base}",
    ]
    for trial in table.all_trials:
        notes += stopped(f"{trial.change}, {trial.task}", trial.seeds)
    return notes
