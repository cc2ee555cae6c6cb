"""What the seeds of a cell gave, every one of them counted."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:  # torch is loaded only where networks are trained
    from monoscan.models.sweep import Job, Outcome

LEARNED = 0.95
"""A network has learned a language if so many words of the test length are right altogether, and no
failing word of up to that length is found."""

_FACTOR = 4  # by which words are longer that are read to a network that passes and should not


@final
@dataclass(frozen=True)
class Longer:
    """What longer words say of a network that does what it was predicted not to do.

    Attributes:
        length: of random words.
        accuracy: share of them without an error.
        failing: length of the shortest failing word that is known now; None: none is.
        searched_to: up to which length the search went.
    """

    length: int
    accuracy: float
    failing: int | None
    searched_to: int


@final
@dataclass(frozen=True)
class SeedResult:
    """What one seed gave.

    Attributes:
        seed: its number.
        ending: `trained`, or what stopped the run.
        message: what was said when it was stopped; empty otherwise.
        steps: of training.
        trained_length: the length of words that training reached.
        train_accuracy: share of words without an error at the greatest length of training; None if
            the run was stopped.
        test_accuracy: the same at the test length.
        answers_right: share of right answers at the test length.
        test_length: the length of the test words.
        random_failing: length of the shortest prefix of the test words that fails; None: none does.
        worst_failing: length of the shortest failing word that was found; None: none was.
        search: how the search for failing words ended; empty if there was none.
        searched_to: up to which length it went.
        processor_seconds: of training.
        run: the folder.
        longer: what longer words say; None where they were not asked.
    """

    seed: int
    ending: str
    message: str
    steps: int
    trained_length: int
    train_accuracy: float | None
    test_accuracy: float | None
    answers_right: float | None
    test_length: int
    random_failing: int | None
    worst_failing: int | None
    search: str
    searched_to: int
    processor_seconds: float
    run: str
    longer: Longer | None = None

    @property
    def passes_random(self) -> bool:
        """Whether the random test words are right, up to a few."""
        return self.test_accuracy is not None and self.test_accuracy >= LEARNED

    @property
    def has_learned(self) -> bool:
        """Whether also no word of up to the test length was found on which the network fails."""
        failing = self.worst_failing
        return self.passes_random and (failing is None or failing > self.test_length)


def seed_titles() -> tuple[str, ...]:
    """The columns of a line for a seed, in CSV."""
    own = [field.name for field in fields(SeedResult) if field.name != "longer"]
    return (*own, *(f"longer_{field.name}" for field in fields(Longer)), "has_learned")


def seed_values(seed: SeedResult) -> tuple[object, ...]:
    """The same line of one seed; what longer words say is empty where they were not asked."""
    own = [getattr(seed, field.name) for field in fields(SeedResult) if field.name != "longer"]
    longer = astuple(seed.longer) if seed.longer else (None,) * len(fields(Longer))
    return (*own, *longer, seed.has_learned)


def n_learned(seeds: Sequence[SeedResult]) -> int:
    """How many seeds learned the language."""
    return sum(seed.has_learned for seed in seeds)


def best_accuracy(seeds: Sequence[SeedResult]) -> float:
    """The greatest test accuracy; a run that was stopped counts as 0."""
    return max(seed.test_accuracy or 0.0 for seed in seeds)


def failing_lengths(seeds: Sequence[SeedResult]) -> str:
    """The greatest and the median first failing length of all seeds.

    That is the length of the shortest failing word that was found. A run that was stopped counts
    as 0. A seed that was not searched makes the answer a sign for that.
    """
    if any(seed.test_accuracy is not None and not seed.search for seed in seeds):
        return "-"
    known = [
        0 if seed.test_accuracy is None else seed.worst_failing or seed.searched_to + 1
        for seed in seeds
    ]
    most = max(seed.searched_to for seed in seeds)
    return ", ".join(
        f">{most}" if length > most else f"{length:g}" for length in (max(known), median(known))
    )


def median_accuracy(seeds: Sequence[SeedResult]) -> float:
    """The median test accuracy of all seeds; a run that was stopped counts as 0."""
    return median(seed.test_accuracy or 0.0 for seed in seeds)


def seed_results(
    jobs: Sequence[Job], outcomes: Sequence[Outcome], runs: Path
) -> tuple[SeedResult, ...]:
    """The results of some runs, tested at the greatest of their lengths.

    Args:
        jobs: the runs, of one cell.
        outcomes: one a run.
        runs: folder of the runs.
    """
    return tuple(_result(job, found, runs) for job, found in zip(jobs, outcomes, strict=True))


def _result(job: Job, outcome: Outcome, runs: Path) -> SeedResult:
    in_range, tested = outcome.at(min(job.lengths)), outcome.at(max(job.lengths))
    worst = outcome.worst
    return SeedResult(
        job.config.training.seed,
        outcome.ending.value,
        outcome.message,
        outcome.steps,
        outcome.trained_length,
        None if in_range is None else in_range.sequence_accuracy.value,
        None if tested is None else tested.sequence_accuracy.value,
        None if tested is None else tested.token_accuracy.value,
        max(job.lengths),
        None if tested is None else tested.first_failing,
        None if worst is None else worst.length,
        "" if worst is None else worst.end.value,
        0 if worst is None else worst.plan.length,
        round(outcome.processor_seconds, 2),
        str(runs / job.digest),
    )


def with_longer_words(
    jobs: Sequence[Job], outcomes: Sequence[Outcome], seeds: Sequence[SeedResult]
) -> tuple[SeedResult, ...]:
    """Reads longer words to the networks of a cell that pass, and searches failing ones again.

    Args:
        jobs: the runs, of one cell.
        outcomes: one a run.
        seeds: what they gave.

    Raises:
        CheckpointError: if a network cannot be read.
    """
    return tuple(
        replace(seed, longer=_longer(job, outcome, seed.run)) if seed.passes_random else seed
        for job, outcome, seed in zip(jobs, outcomes, seeds, strict=True)
    )


def _longer(job: Job, outcome: Outcome, folder: str) -> Longer:
    from monoscan.models.evaluate import evaluate
    from monoscan.models.threads import using_threads
    from monoscan.models.train import load_run
    from monoscan.models.worst import SearchPlan, worst_of_run

    plan = job.plan or SearchPlan()
    plan = replace(plan, length=_FACTOR * plan.length, letters=_FACTOR * plan.letters)
    with using_threads(1):
        run = load_run(Path(folder))
        (found,) = evaluate(run, [_FACTOR * max(job.lengths)], job.n_words)
        known = [result.failing for result in (*outcome.results, found) if result.failing]
        worst = worst_of_run(run, plan, known)
    return Longer(found.length, found.sequence_accuracy.value, worst.length, plan.length)


def show_share(value: float | None) -> str:
    """A share with two digits, not rounded up: what reads 0.95 or 1.00 is not less than that.

    Only a share of none is 0.00.

    >>> show_share(0.999), show_share(0.949), show_share(1.0), show_share(0.001), show_share(None)
    ('0.99', '0.94', '1.00', '0.01', '-')
    """
    if value is None:
        return "-"
    # Shares are counts over a count: nine digits tell them apart and hide errors of the product.
    hundredths = math.floor(round(100 * value, 9))
    return f"{max(hundredths, 1) / 100 if value else 0.0:.2f}"


def stopped(what: str, seeds: Sequence[SeedResult]) -> Iterator[str]:
    """A line for each run that was stopped.

    Args:
        what: language and layer.
        seeds: of that cell.
    """
    for seed in seeds:
        if seed.test_accuracy is None:
            yield f"{seed.ending}: {what}, seed {seed.seed}: {seed.message}"


def described(job: Job) -> str:
    """How the network of a run is trained, in one line."""
    training, layer = job.config.training, job.config.model.layer
    written = "written and multiplied" if layer.additive_input else "multiplied only"
    return (
        f"{training.steps} steps of {training.batch} words up to length {training.max_length}, "
        f"state {written}"
    )
