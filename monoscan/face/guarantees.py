"""What is known of trained networks beyond random words: a table of guarantees, each checked."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, final

from monoscan.errors import BadInput
from monoscan.face.checking import certify
from monoscan.face.needed import need_models
from monoscan.face.predictions import predict
from monoscan.face.run import Run
from monoscan.face.training import load_run
from monoscan.proofs_check.checked import Outcome
from monoscan.report.seeds import LEARNED
from monoscan.tables import Column, Records, Table

if TYPE_CHECKING:
    from monoscan.models.sweep import Job
    from monoscan.models.sweep import Outcome as Trained

FILE = "guarantee.json"
_LEARNED_FROM = 200_000  # letters that are read to learn the automaton, and in each search


@final
@dataclass(frozen=True)
class Guarantee:
    """What is known of one trained network.

    Attributes:
        language: its id.
        layer: in words.
        predicted: whether a network of one layer of its class can recognise the language, with
            any states and thresholds in the read-out.
        training: "plain", or "law".
        seed: of parameters and words.
        random: share of random words without an error, by length.
        failing: length of the shortest failing word that was found; None: none was.
        searched_to: up to which length it was searched.
        learned: the automaton that it computes on short words.
        snapped: what was decided of the nearest exact network.
        certified: a length up to which these weights answer every word rightly, checked; None: none
            was shown.
        snapped_certified: the same of the snapped weights as float32.
        error: how far a step is from that of the automaton, over the size of states (the law).
        gap: the least distance of two states of the automaton in the network, over that size.
        why: what no length was shown for.
    """

    language: str
    layer: str
    predicted: str
    training: str
    seed: int
    random: tuple[tuple[int, float], ...]
    failing: int | None
    searched_to: int
    learned: str
    snapped: str
    certified: int | str | None
    snapped_certified: int | str | None
    error: float
    gap: float
    why: str = ""

    @property
    def contradiction(self) -> str:
        """What cannot be: a word fails that is certified, or a forbidden network passes."""
        told = f"{self.language}, {self.layer}, {self.training}, seed {self.seed}"
        if self.failing is None:
            passes = self.random[-1][1] >= LEARNED and self.predicted == "not-expressible"
            return f"{told}: no such network can be right, and no failing word was found" * passes
        is_certified = self.certified == "all" or self.failing <= int(self.certified or 0)
        return f"{told}: a word of {self.failing} letters fails and is certified" * is_certified


def guarantees(
    languages: Sequence[str] = (),
    *,
    seeds: int = 3,
    runs: str = "runs",
    certificates: str = "certificates/trained",
    workers: int = 1,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[Guarantee, ...]:
    """Trains networks plain and with the law, and finds out what holds of each.

    What was finished before is read from the folder of the runs.

    Args:
        languages: rows of the table; none for all.
        seeds: how many.
        runs: folder of the runs.
        certificates: where certificates go and stay.
        workers: how many processes train.
        progress: told what is being done.

    Raises:
        NotInstalled: if torch or AALpy is not installed.
        BadInput: if a language is not in the table.
        OSError: if a file cannot be written.
    """
    need_models("the table of guarantees", "aalpy")
    from monoscan.models.sweep import run_sweep
    from monoscan.models.sweep.guaranteed import CELLS, guaranteed_job

    known = list(dict.fromkeys(row.language for row, _ in CELLS))
    wrong = [language for language in languages if language not in known]
    if wrong:
        raise BadInput(f"the table of guarantees has no {wrong[0]}; expected {', '.join(known)}")
    asked = [
        (row.language, column, law, seed, guaranteed_job(row, column, seed, law=law))
        for seed in range(seeds)
        for row, column in CELLS
        if not languages or row.language in languages
        for law in (False, True)
    ]
    jobs = [job for *_, job in asked]
    outcomes = run_sweep(jobs, Path(runs), workers=workers, progress=progress)
    found = []
    for (language, column, law, seed, job), outcome in zip(asked, outcomes, strict=True):
        file = Path(runs) / job.digest / FILE
        if not file.exists():
            progress(f"{job.name}: what holds of it")
            asked_of = predict(language, column.model_class, depth=1, semantics="threshold")
            training = "law" if law else "plain"
            told = (language, column.title, asked_of.verdict, training, seed)
            one = _guarantee(told, job, outcome, Path(runs), Path(certificates))
            file.write_text(json.dumps(asdict(one)), encoding="utf-8")
        value = json.loads(file.read_text(encoding="utf-8"))
        found.append(Guarantee(**{**value, "random": tuple(map(tuple, value["random"]))}))
    return tuple(
        sorted(
            found, key=lambda one: (known.index(one.language), one.layer, one.training, one.seed)
        )
    )


def _guarantee(
    told: tuple[str, str, str, str, int], job: Job, outcome: Trained, runs: Path, certificates: Path
) -> Guarantee:
    run = load_run(runs / job.digest)
    worst, law = outcome.worst, run.law()
    assert worst is not None
    folder = certificates / job.digest
    certified, why = _certified(run, folder / "trained")
    snapped, put_back = _snapped(run, folder)
    return Guarantee(
        *told,
        tuple((one.length, one.sequence_accuracy.value) for one in outcome.results),
        worst.length,
        worst.read_to,
        _learned(run),
        snapped,
        certified,
        put_back,
        law.error,
        law.gap,
        why,
    )


def _certified(run: Run, folder: Path) -> tuple[int | str | None, str]:
    """The length that is certified, read letter by letter, and why there is none."""
    try:
        found = certify(run.horizon(), folder)
    except BadInput as error:
        return None, str(error)
    assert found.checked is not None
    outcome: Outcome = found.checked.outcome
    return (None, outcome.problem) if outcome.problem else (found.length, "")


def _snapped(run: Run, folder: Path) -> tuple[str, int | str | None]:
    try:
        snapped = run.snap()
        decision = certify(snapped.decision, folder / "snapped")
    except BadInput as error:
        return f"no: {error}".partition(";")[0], None
    assert decision.checked is not None
    if snapped.run is None:
        return decision.checked.status, None
    return decision.checked.status, _certified(snapped.run, folder / "put-back")[0]


def _learned(run: Run) -> str:
    learned = run.learned(letters=_LEARNED_FROM)
    if learned.is_target:
        return "the task's"
    states = learned.found.states
    return "none found" if learned.language is None else f"another, {states} states"


def guarantees_table(found: Sequence[Guarantee]) -> Table:
    """A row a network."""
    names = [field.name for field in fields(Guarantee)]
    titles = ["language", "layer", "predicted", "training", "seed", "random words right"]
    titles += ["first failing", "learned", "snapped", "certified N", "snapped: N"]
    titles += ["error of a step", "least distance"]
    lengths = ", ".join(str(length) for length, _ in found[0].random)
    notes = [
        f"random words right: share of 200 random words without an error, of {lengths} letters",
        "first failing: length of the shortest failing word that a search found, >: none up to "
        "that length; such a search proves nothing",
        "learned: the automaton of its answers to words of up to 16 letters; snapped: what is "
        "proved of the nearest exact network, for all lengths",
        "certified N: these float32 weights answer every word of up to N letters rightly, read one "
        "by one, rounding included; snapped: N: the same of the snapped weights as float32; -: "
        "none was shown",
        "predicted: whether one layer of the class can recognise the language (thresholds)",
        "law: the network was told the automaton; it shows what training can reach",
        "error of a step and least distance of two states: over the size of the states",
    ]
    columns = (Column(title, "right" if n > 3 else "left") for n, title in enumerate(titles))
    return Table(
        tuple(columns),
        tuple(map(_row, found)),
        notes=tuple(notes),
        records=Records(tuple(names), tuple(astuple(one) for one in found)),
        value={"networks": [asdict(one) for one in found]},
    )


def _row(one: Guarantee) -> tuple[str, ...]:
    failing = f">{one.searched_to}" if one.failing is None else str(one.failing)
    return (
        one.language,
        one.layer,
        {"expressible": "yes", "not-expressible": "no"}.get(one.predicted, "?"),
        one.training,
        str(one.seed),
        " / ".join(f"{share:.2f}" for _, share in one.random),
        failing,
        one.learned,
        one.snapped,
        _length(one.certified),
        _length(one.snapped_certified),
        f"{one.error:.1e}",
        f"{one.gap:.2f}",
    )


def _length(length: int | str | None) -> str:
    return "-" if length is None else f"{length:,}" if isinstance(length, int) else length
