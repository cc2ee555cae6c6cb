"""Ablations of the training recipe: one change at a time, every seed counted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, final

from monoscan.report.grids import booktabs_grid, csv_text, latex_escaped, markdown_grid
from monoscan.report.seeds import (
    LEARNED,
    SeedResult,
    median_accuracy,
    n_learned,
    recipe,
    seed_results,
    show_share,
    stopped,
)

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
    from monoscan.models.sweep.quick import STEPS, quick_job

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
        recipe(quick_job(*tasks[0], seeds[0], steps or STEPS)),
        max(flat[0].lengths),
        tuple(tuple(Trial(change.name, name, next(found)) for name in names) for change in changes),
    )


def as_text(table: Ablations) -> str:
    """Rows of cells under numbered columns, and what the rows and columns are."""
    first = max(map(len, table.changes))
    numbers = [str(n) for n in range(1, len(table.tasks) + 1)]
    lines = [" " * first + "".join(number.rjust(12) for number in numbers)]
    for change, row in zip(table.changes, table.trials, strict=True):
        lines.append(change.ljust(first) + "".join(_shown(trial).rjust(12) for trial in row))
    lines.append("")
    lines += [f"{n.rjust(3)}  {name}" for n, name in zip(numbers, table.tasks, strict=True)]
    lines.append("")
    names = zip(table.changes, table.statements, strict=True)
    lines += [f"  {name.ljust(first)}  {statement}" for name, statement in names]
    return "\n".join([*lines, "", *_notes(table)]) + "\n"


def as_markdown(table: Ablations) -> str:
    """A table that says in words what is changed."""
    lines = markdown_grid(["change", *table.tasks], _rows(table, table.statements))
    return "\n".join([*lines, "", *(f"* {line}" for line in _notes(table))]) + "\n"


def as_latex(table: Ablations) -> str:
    """A booktabs table that says in words what is changed; needs booktabs and rotating."""
    statements = [latex_escaped(statement) for statement in table.statements]
    lines = booktabs_grid(["change", *map(latex_escaped, table.tasks)], _rows(table, statements))
    return "\n".join([*lines, *(f"% {line}" for line in _notes(table))]) + "\n"


def as_csv(table: Ablations) -> str:
    """One line for each change, task and seed."""
    of_seed = [field.name for field in fields(SeedResult)]
    return csv_text(
        ["change", "task", *of_seed, "has_learned"],
        (
            [trial.change, trial.task, *(getattr(seed, name) for name in of_seed), seed.has_learned]
            for trial in table.all_trials
            for seed in trial.seeds
        ),
    )


def as_json(table: Ablations) -> str:
    """Every trial with every seed, in one object."""
    value = {
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
    return json.dumps(value, indent=1) + "\n"


def _rows(table: Ablations, statements: Sequence[str]) -> Iterator[list[str]]:
    for statement, row in zip(statements, table.trials, strict=True):
        yield [statement, *map(_shown, row)]


def _shown(trial: Trial) -> str:
    learned = f"{n_learned(trial.seeds)}/{len(trial.seeds)}"
    return f"{learned} {show_share(median_accuracy(trial.seeds))}"


def _notes(table: Ablations) -> list[str]:
    """What the cells say, what the recipe is, which runs were stopped."""
    notes = [
        "seeds that learned it / seeds run, and the median share of words without an error at "
        f"length {table.test_length}; learned: at least {LEARNED}",
        f"the recipe: {table.base}",
    ]
    for trial in table.all_trials:
        notes += stopped(f"{trial.change}, {trial.task}", trial.seeds)
    return notes


FORMATS: dict[str, Callable[[Ablations], str]] = {
    "text": as_text,
    "md": as_markdown,
    "latex": as_latex,
    "csv": as_csv,
    "json": as_json,
}
"""How ablations can be written, by the name of the format."""
