"""The atlas: drawn languages, twelve architectures, three arithmetics, each certificate checked.

Each language is one job. Its processor seconds are those of finding the answers, of writing their
certificates and of checking these with the checker's own function, all in the process of the job.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from importlib import import_module
from multiprocessing import get_context

from benchmarks._languages import FAMILIES, draw
from benchmarks._options import Options
from monoscan.proofs_check.run_checker import CHECKER
from monoscan.proofs_check.verify_prediction import EXPECTED, PredictionFinding, kind_of
from monoscan.theory.architectures import Asked, the_one_asked_by
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import SEMANTICS, ProvedNetwork, Question, Verdict

NAMES = (
    "mamba",
    "mamba-2",
    "mamba-3",
    "rwkv-6",
    "rwkv-7",
    "s4",
    "s4-mamba",
    "deltanet",
    "gated-deltanet",
    "deltaproduct-2",
    "kda",
    "pd-ssm",
)
"""All of them as released."""
TELLS_STAR_FREE = ("mamba", "mamba-2", "rwkv-6", "deltanet", "gated-deltanet", "kda")
"""Entries and factors in [0, 1] with a convolution or a token shift: of a star-free language the
answer must not be `unknown`, in exact arithmetic and with thresholds."""
LONGEST = 10.0
"""The most processor seconds of one answer."""
_SLOWEST = 10


@dataclass(frozen=True)
class Answer:
    """One answer about one language.

    Attributes:
        architecture: Its name, as released.
        semantics: The arithmetic.
        verdict: The prediction's.
        kind: What the evidence is.
        evidence: The construction, the lemma, or what is missing.
        layers: Of the network, if there is one.
        seconds: Processor seconds of finding it.
        check_seconds: Of writing and checking its certificate, unless an answer before shared it.
        checker: What the checker says; empty if there is no certificate.
    """

    architecture: str
    semantics: str
    verdict: str
    kind: str
    evidence: str
    layers: int | None
    seconds: float
    check_seconds: float
    checker: str


@dataclass(frozen=True)
class Entry:
    """A language with the answers about it."""

    number: int
    family: str
    star_free: bool
    letters: int
    states: int
    rule: str
    answers: tuple[Answer, ...]

    @property
    def seconds(self) -> float:
        """Processor seconds of all answers and their checks."""
        return sum(a.seconds + a.check_seconds for a in self.answers)

    def faults(self) -> Iterator[str]:
        """What must not be, in words."""
        for a in self.answers:
            where = f"language {self.number}, {a.architecture}, {a.semantics}"
            expected = EXPECTED.get(Verdict(a.verdict)) if a.kind != "cited" else None
            if a.checker != (expected or ""):
                yield f"{where}: {a.verdict}, and the checker says {a.checker or 'nothing'}"
            promised = a.architecture in TELLS_STAR_FREE and a.semantics != "op-round"
            if promised and self.star_free and a.verdict == Verdict.UNKNOWN:
                yield f"{where}: unknown; {a.evidence}"
            if a.seconds + a.check_seconds > LONGEST:
                yield f"{where}: {a.seconds:.1f} s and {a.check_seconds:.1f} s for its certificate"


def run(options: Options) -> Iterator[dict[str, object]]:
    """Answers by family, the slowest answers, what must not be, and the times in all."""
    start = time.perf_counter()
    numbers = [int(n) for n in options.only] or list(range(options.languages))
    entries: list[Entry] = []
    with ProcessPoolExecutor(options.jobs, get_context("spawn")) as pool:
        waiting = [pool.submit(answers_about, options.seed, number) for number in numbers]
        for done, job in enumerate(as_completed(waiting), start=1):
            entry = job.result()
            entries.append(entry)
            print(
                f"atlas: {done} of {len(numbers)}, language {entry.number} ({entry.family}, "
                f"{entry.states} states, {entry.letters} letters) in {entry.seconds:.1f} s",
                file=sys.stderr,
                flush=True,
            )
    wall = time.perf_counter() - start
    entries.sort(key=lambda entry: entry.number)
    yield from _by_family(entries)
    yield from _slowest(entries)
    faults = [fault for entry in entries for fault in entry.faults()]
    yield from ({"must not be": fault} for fault in faults)
    yield _times(entries, wall)
    if not options.only:
        _write(entries, wall, options)
    if faults:
        sys.exit(f"atlas: {len(faults)} things that must not be")


def answers_about(seed: int, number: int) -> Entry:
    """All answers about one language."""
    if str(CHECKER) not in sys.path:
        sys.path.append(str(CHECKER))
    drawn = draw(seed, number)
    predictor, checked = Predictor(drawn.automaton), dict[str, str]()
    answers = [
        _answer(predictor, checked, name, the_one_asked_by(f"{name}, as released"), semantics)
        for name in NAMES
        for semantics in SEMANTICS
    ]
    automaton = drawn.automaton
    return Entry(
        number,
        drawn.family,
        drawn.is_star_free,
        len(automaton.alphabet),
        automaton.n_states,
        drawn.rule,
        tuple(answers),
    )


def _answer(
    predictor: Predictor, checked: dict[str, str], name: str, asked: Asked, semantics: str
) -> Answer:
    check = import_module("certcheck.main").check
    started = time.process_time()
    found = predictor.predict(Question(asked.model_class, "any", semantics, asked.windows))
    found_at = time.process_time()
    certificates = PredictionFinding(found).certificates
    for file, make in certificates.items():
        if file not in checked:
            try:
                checked[file] = str(check(make().text().encode())[0])
            except Exception as error:  # its own exceptions are not importable under one name
                checked[file] = f"{type(error).__name__}: {error}"
    evidence = found.evidence
    is_network = isinstance(evidence, ProvedNetwork)
    return Answer(
        name,
        semantics,
        found.verdict.value,
        kind_of(evidence),
        evidence.construction.id if is_network else str(evidence),
        evidence.depth if is_network else None,
        round(found_at - started, 4),
        round(time.process_time() - found_at, 4),
        "; ".join(checked[file] for file in certificates),
    )


def _by_family(entries: list[Entry]) -> Iterator[dict[str, object]]:
    for family in FAMILIES:
        members = [entry for entry in entries if entry.family == family]
        for semantics in SEMANTICS if members else ():
            row: dict[str, object] = {"family": family, "semantics": semantics}
            for name in NAMES:
                counts = Counter(
                    a.verdict
                    for entry in members
                    for a in entry.answers
                    if (a.architecture, a.semantics) == (name, semantics)
                )
                yes, no, unknown = (counts[verdict.value] for verdict in Verdict)
                row[name] = f"{yes} yes {no} no {unknown} ?"
            yield row


def _slowest(entries: list[Entry]) -> list[dict[str, object]]:
    found = [(entry, a) for entry in entries for a in entry.answers]
    found.sort(key=lambda pair: -(pair[1].seconds + pair[1].check_seconds))
    return [
        {
            "slowest": f"language {entry.number} ({entry.family})",
            "states": entry.states,
            "letters": entry.letters,
            "architecture": a.architecture,
            "semantics": a.semantics,
            "verdict": a.verdict,
            "evidence": a.evidence[:60],
            "cpu_seconds": a.seconds,
            "cpu_seconds_write_and_check": a.check_seconds,
        }
        for entry, a in found[:_SLOWEST]
    ]


def _times(entries: list[Entry], wall: float) -> dict[str, object]:
    answers = [a for entry in entries for a in entry.answers]
    return {
        "languages": len(entries),
        "answers": len(answers),
        "certificates checked": sum(bool(a.checker) for a in answers),
        "cpu_seconds predict": f"{sum(a.seconds for a in answers):.0f}",
        "cpu_seconds write and check": f"{sum(a.check_seconds for a in answers):.0f}",
        "seconds": f"{wall:.0f}",
    }


def _write(entries: list[Entry], wall: float, options: Options) -> None:
    options.folder.mkdir(parents=True, exist_ok=True)
    path = options.folder / "atlas.json"
    data = {"seed": options.seed, "seconds": round(wall, 1), "jobs": options.jobs}
    languages = [asdict(entry) for entry in entries]
    path.write_text(json.dumps({**data, "languages": languages}, indent=1), encoding="utf-8")
    print(f"atlas: wrote {path}", file=sys.stderr, flush=True)
