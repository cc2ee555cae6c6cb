"""`verify --lrnn`: does this one network recognise this language? Decision, certificates, check."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monoscan.automata import Automaton, Output, Word, canonical
from monoscan.proofs_check.certificates import (
    Certificate,
    counterexample,
    inseparable_words,
    recognizer,
)
from monoscan.proofs_check.run_checker import CheckResult, Verdict, checker_command, run_checker
from monoscan.theory.decide import (
    MAX_STATES,
    UNROLLED_STATES,
    Budget,
    Decision,
    Recognised,
    Refuted,
    Undecided,
    decide,
    show_lasso,
)
from monoscan.theory.explore import MAX_BITS
from monoscan.theory.inseparable import InseparablePair, PeriodicBehaviour
from monoscan.theory.lrnn import LRNN
from monoscan.theory.semantics import Semantics


@dataclass(frozen=True)
class LRNNReport:
    """The answer about one network.

    Attributes:
        decision: what was found.
        checks: the checker's answer for each certificate.
        seconds: wall-clock time.
        properties: the classes that the network was asked to lie in, and does.
    """

    decision: Decision
    checks: tuple[CheckResult, ...]
    seconds: float
    properties: tuple[str, ...] = ()

    @property
    def is_checked(self) -> bool:
        """Whether the checker accepts every certificate."""
        return all(check.verdict is Verdict.VALID for check in self.checks)

    @property
    def is_over_limit(self) -> bool:
        """Whether a certificate of ours is too much for the checker, and no other is rejected."""
        unchecked = [check for check in self.checks if check.verdict is not Verdict.VALID]
        return bool(unchecked) and all(check.is_over_limit for check in unchecked)

    @property
    def status(self) -> str:
        """`proved`, `refuted`, `incomplete`, or `failed` if the checker rejects a certificate."""
        if self.is_over_limit:
            return "incomplete"
        if not self.is_checked:
            return "failed"
        if isinstance(self.decision, Recognised):
            return "proved"
        return "refuted" if isinstance(self.decision, Refuted) else "incomplete"

    @property
    def classes(self) -> tuple[str, ...]:
        """The properties, unless the checker rejects a certificate, of which they are a part."""
        return () if self.status == "failed" else self.properties

    def exit_code(self) -> int:
        """0 proved, 1 refuted, 4 a limit was reached, 3 otherwise incomplete, 70 rejected."""
        if self.is_over_limit:
            return 4
        if not self.is_checked:
            return 70
        if isinstance(self.decision, Recognised):
            return 0
        if isinstance(self.decision, Refuted):
            return 1
        return 3 if self.decision.limit is None else 4

    def to_json(self) -> dict[str, Any]:
        """The report as one JSON object."""
        return {
            "status": self.status,
            **_decision_to_json(self.decision),
            "classes": list(self.classes),
            "certificates": [
                {"file": str(check.path), "verdict": check.verdict.value, "reason": check.reason}
                for check in self.checks
            ],
            "recheck": checker_command([c.path for c in self.checks]) if self.checks else None,
            "seconds": round(self.seconds, 3),
        }


def _decision_to_json(decision: Decision) -> dict[str, Any]:
    if isinstance(decision, Recognised):
        return {"joint_states": len(decision.states)}
    if isinstance(decision, Refuted):
        return {
            "word": list(decision.word),
            "output": decision.output,
            "expected": decision.expected,
            "is_shortest": decision.is_shortest,
            "pair": None if decision.pair is None else _pair_to_json(decision.pair),
            "periodic": None
            if decision.behaviour is None
            else _behaviour_to_json(decision.behaviour),
        }
    return {
        "agrees_up_to_length": decision.agrees_up_to,
        "joint_states": decision.states,
        "periodic_words_decided": decision.decided_words,
        "periodic_words_undecided": decision.undecided_words,
        "limit_reached": decision.limit,
    }


def _pair_to_json(pair: InseparablePair) -> dict[str, Any]:
    return {
        "first": list(pair.first),
        "second": list(pair.second),
        "observation": str(pair.observation),
        "answers": list(pair.answers),
    }


def _behaviour_to_json(behaviour: PeriodicBehaviour) -> dict[str, Any]:
    return {
        "word": show_lasso(behaviour.word),
        "settled_from_length": len(behaviour.observations.stem) + 1,
        "period": len(behaviour.observations.cycle),
    }


def verify_lrnn(
    lrnn: LRNN,
    semantics: Semantics[Any],
    target: Automaton,
    directory: Path,
    budget: Budget | None = None,
    progress: Callable[[str], None] = lambda _: None,
    properties: tuple[str, ...] = (),
) -> LRNNReport:
    """Decides whether a network recognises a language, and has the answer checked.

    Args:
        lrnn: the network.
        semantics: how it computes.
        target: the language; its letters may stand in another order than the network's.
        directory: where certificate files go; created if absent.
        budget: limits of the search.
        progress: called with a line of text now and then.
        properties: what every certificate proves of the transition matrices as well; they hold.

    Raises:
        ValueError: as `decide` does, or if no output of the one is an output of the other, and
            they are not all true or false.
        OSError: if a file cannot be written.
    """
    start = time.perf_counter()
    target = _with_alphabet(target, lrnn.alphabet)
    _require_common_output(lrnn, target)
    decision = decide(lrnn, semantics, target, budget, progress)
    paths = []
    for name in _FILES:
        # What an earlier question left here must not stand beside this answer.
        (directory / f"{name}.json").unlink(missing_ok=True)
    for name, certificate in _certificates(lrnn, semantics, target, decision, properties).items():
        path = directory / f"{name}.json"
        certificate.write(path)
        paths.append(path)
    progress("the independent checker")
    checks = run_checker(paths)
    return LRNNReport(decision, checks, time.perf_counter() - start, properties)


def _with_alphabet(target: Automaton, alphabet: tuple[str, ...]) -> Automaton:
    """The same automaton with its letters in the order of the network's."""
    if set(target.alphabet) != set(alphabet):
        raise ValueError(
            f"the network's alphabet is {', '.join(alphabet)}, the language's is "
            f"{', '.join(target.alphabet)}; they must have the same letters, in any order"
        )
    columns = [target.letter_index(letter) for letter in alphabet]
    return canonical(alphabet, target.table[:, columns], target.outputs)


def _require_common_output(lrnn: LRNN, target: Automaton) -> None:
    """Refuses two that speak of different things: such an answer would refute nothing."""
    ours, theirs = set(lrnn.layers[-1].readout.table.values()), set(target.outputs)
    if ours & theirs or all(isinstance(output, bool) for output in ours | theirs):
        return
    raise ValueError(
        f"the network answers {_listed(ours)}, the language {_listed(theirs)}; no answer is common "
        "to both, so write the outputs of the one as in the other"
    )


def _listed(outputs: set[Output]) -> str:
    """Outputs for people, at most six.

    >>> _listed({True, "odd"})
    "'odd', true"
    """
    shown = sorted(repr(o) if isinstance(o, str) else _answer(o) for o in outputs)
    return ", ".join(shown[:6]) + (", ..." if len(shown) > 6 else "")


_FILES = ("recognizer", "failing-word", "inseparable-words")


def _certificates(
    lrnn: LRNN,
    semantics: Semantics[Any],
    target: Automaton,
    decision: Decision,
    properties: tuple[str, ...],
) -> dict[str, Certificate]:
    if isinstance(decision, Recognised):
        return {"recognizer": recognizer(lrnn, semantics, target, decision, properties)}
    if not isinstance(decision, Refuted):
        return {}
    found = {"failing-word": counterexample(lrnn, semantics, target, decision.word, properties)}
    if decision.pair is not None:
        found["inseparable-words"] = inseparable_words(
            lrnn, semantics, target, decision.pair, properties
        )
    return found


def describe_decision(decision: Decision, semantics: Semantics[Any]) -> tuple[str, ...]:
    """The answer in sentences, one a line."""
    if isinstance(decision, Recognised):
        return (
            f"The network recognises the language at all lengths ({semantics.describe()}).",
            f"Its {len(decision.states)} reachable joint states with the minimal automaton are "
            "closed under every letter and all answers agree.",
        )
    if isinstance(decision, Refuted):
        return _describe_refutation(decision, semantics)
    return (
        "Neither a proof nor a failing word was found.",
        f"Tried: all words {_up_to(decision.agrees_up_to)} agree ({decision.states} joint states "
        "explored);",
        f"on {decision.decided_words} ultimately periodic words p u^n the network was shown right "
        f"for every n, on {decision.undecided_words} its behaviour could not be settled.",
        _next(decision),
    )


def _next(decision: Undecided) -> str:
    is_most = decision.limit == "states" and decision.states >= MAX_STATES
    return _NEXT["most-states" if is_most else decision.limit]


def _up_to(length: int | None) -> str:
    return "of any length" if length is None else f"up to length {length}"


_NEXT = {
    "states": "The budget of joint states was reached. Raise --max-states.",
    "most-states": f"{MAX_STATES:,} joint states, the most of one certificate, were reached. Raise "
    "--max-prefix or --max-period, with which more words p u^n are tried.",
    "unrolled-states": f"Under cast-unrolled at most {UNROLLED_STATES} joint states are searched, "
    "since each holds a whole sum. Raise --max-prefix or --max-period, or ask under another "
    "semantics.",
    "bits": f"Numbers of more than {MAX_BITS} bits were reached: the states grow without bound, or "
    "nearly so. Raise --max-prefix or --max-period.",
    None: "The states close, but casts change some numbers, and no certificate exists for that.",
}


def _describe_refutation(decision: Refuted, semantics: Semantics[Any]) -> tuple[str, ...]:
    shortest = "shortest failing word" if decision.is_shortest else "failing word"
    lines = [
        f"The network does not recognise the language ({semantics.describe()}).",
        f"{shortest}: {_show(decision.word)}: it answers {_answer(decision.output)}, "
        f"the language says {_answer(decision.expected)}.",
    ]
    if decision.behaviour is not None:
        observations = decision.behaviour.observations
        settled, period = len(observations.stem) + 1, len(observations.cycle)
        pattern = "constant" if period == 1 else f"periodic with period {period}"
        lines += [
            f"along {show_lasso(decision.behaviour.word)} what the read-out sees is {pattern} "
            f"from length {settled} on;",
        ]
    if decision.pair is not None:
        pair = decision.pair
        lines += [
            f"{_show(pair.first)} and {_show(pair.second)} are both seen as {pair.observation}, "
            f"and the language answers {_answer(pair.answers[0])} and {_answer(pair.answers[1])}: "
            "no table of the last read-out can be right on both.",
        ]
    return tuple(lines)


def _answer(output: object) -> str:
    return str(output).lower() if isinstance(output, bool) else str(output)


def _show(word: Word) -> str:
    """A word for people; a long run of one letter as a power.

    >>> _show(("1",) * 688), _show(("a", "b"))
    ('1^688', 'a b')
    """
    if len(word) > 12 and len(set(word)) == 1:
        return f"{word[0]}^{len(word)}"
    text = " ".join(word[:60]) or "(the empty word)"
    return text if len(word) <= 60 else f"{text} ... ({len(word)} letters)"
