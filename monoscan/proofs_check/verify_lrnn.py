"""`verify --lrnn`: does this one network recognise this language? Decision, certificates, check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias, final

from monoscan.automata import Automaton, Output, with_alphabet
from monoscan.automata.budget import BudgetExceeded
from monoscan.automata.summary import summary, summary_to_json
from monoscan.errors import BadInput, NoAnswer
from monoscan.proofs_check.certificates.boxes import boxes
from monoscan.proofs_check.certificates.counterexample import counterexample, inseparable_words
from monoscan.proofs_check.certificates.recognizer import recognizer
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.checked import (
    FAILED,
    OVER_LIMIT,
    Checked,
    Outcome,
    check_findings,
    only_over_limit,
)
from monoscan.proofs_check.decision_words import describe_decision, shown_output
from monoscan.proofs_check.exit_codes import BUDGET_REACHED, INTERNAL_ERROR, NO, UNKNOWN, YES
from monoscan.proofs_check.run_checker import CheckResult, Verdict
from monoscan.theory.computed import computed_automaton
from monoscan.theory.decide import (
    Budget,
    Decision,
    Enclosed,
    Recognised,
    Refuted,
    decide,
    show_lasso,
)
from monoscan.theory.explore import NumberTooLargeError
from monoscan.theory.inseparable import InseparablePair, PeriodicBehaviour
from monoscan.theory.lrnn import LRNN
from monoscan.theory.semantics import CastUnrolled, Semantics
from monoscan.theory.windows import Windows


@final
@dataclass(frozen=True)
class NetworkFinding:
    """What was found about one network.

    Attributes:
        lrnn: the network.
        semantics: how it computes.
        target: the language, its letters in the order of the network's.
        decision: whether the network recognises the language.
        properties: the classes that the network was asked to lie in, and does; part of every
            certificate.
    """

    lrnn: LRNN
    semantics: Semantics[Any]
    target: Automaton
    decision: Decision
    properties: tuple[str, ...] = ()

    @property
    def windows(self) -> Windows:
        """How many letters A and B see, in its arithmetic."""
        return self.semantics.windows_of(self.lrnn)

    @property
    def certificates(self) -> Mapping[str, Callable[[], Certificate]]:
        """The proof, or the failing word and if possible two words that no read-out separates."""
        given = self.lrnn, self.semantics, self.target
        decision, properties = self.decision, self.properties
        if isinstance(decision, Recognised):
            return {"recognizer": lambda: recognizer(*given, decision, properties)}
        if isinstance(decision, Enclosed):
            lrnn, target, invariant = self.lrnn, self.target, decision.invariant
            return {"boxes": lambda: boxes(lrnn, target, invariant, properties)}
        if not isinstance(decision, Refuted):
            return {}
        word, pair = decision.word, decision.pair
        found = {"failing-word": lambda: counterexample(*given, word, properties)}
        if pair is not None:
            found["inseparable-words"] = lambda: inseparable_words(*given, pair, properties)
        return found

    def outcome(self, checks: Sequence[CheckResult]) -> Outcome:
        """0 proved, 1 refuted, 4 a limit was reached, 3 otherwise undecided, 70 rejected."""
        if only_over_limit(checks, Verdict.VALID):
            return Outcome(UNDECIDED, BUDGET_REACHED, OVER_LIMIT)
        bad = [check for check in checks if check.verdict is not Verdict.VALID]
        if bad:
            return Outcome(FAILED, INTERNAL_ERROR, f"{bad[0].verdict}: {bad[0].reason}")
        if isinstance(self.decision, Recognised | Enclosed):
            return Outcome("proved", YES)
        if isinstance(self.decision, Refuted):
            return Outcome("refuted", NO)
        limited = self.decision.limit is not None
        return Outcome(UNDECIDED, BUDGET_REACHED if limited else UNKNOWN)

    @cached_property
    def computes(self) -> Automaton | None:
        """What a refuted network computes instead, if it has few states; no certificate says so."""
        if not isinstance(self.decision, Refuted):
            return None
        try:
            few = _FEW_SUMS if isinstance(self.semantics, CastUnrolled) else _FEW_STATES
            return computed_automaton(self.lrnn, self.semantics, few)
        except (BudgetExceeded, NumberTooLargeError, NoAnswer):
            return None

    def describe(self) -> tuple[str, ...]:
        """The decision in sentences, one a line."""
        lines = describe_decision(self.decision, self.semantics)
        if self.computes is None:
            return lines
        said = f"It computes another language (no certificate says so): {summary(self.computes)}"
        return (*lines, said)

    def to_json(self) -> dict[str, Any]:
        """The decision as one JSON object."""
        found = _decision_to_json(self.decision)
        if isinstance(self.decision, Refuted):
            found["computes"] = None if self.computes is None else summary_to_json(self.computes)
        return found


UNDECIDED = "undecided"
# States of a network whose language is told without being asked for.
_FEW_STATES = 2_000
_FEW_SUMS = 100  # of unrolled sums, which grow by a term a letter
LRNNReport: TypeAlias = Checked[NetworkFinding]


def classes_shown(report: LRNNReport) -> tuple[str, ...]:
    """The classes it lies in, unless the checker rejects a certificate: they are part of it."""
    return () if report.status == FAILED else report.found.properties


def _decision_to_json(decision: Decision) -> dict[str, Any]:
    if isinstance(decision, Recognised):
        return {"joint_states": len(decision.states)}
    if isinstance(decision, Enclosed):
        found = decision.invariant
        return {"cells": len(found.cells), "boxes": sum(map(len, found.boxes))}
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
        "no_boxes": None if decision.boxes is None else decision.boxes.reason,
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


def decide_network(
    lrnn: LRNN,
    semantics: Semantics[Any],
    target: Automaton,
    budget: Budget | None = None,
    progress: Callable[[str], None] = lambda _: None,
    properties: tuple[str, ...] = (),
) -> NetworkFinding:
    """Decides whether a network recognises a language.

    Args:
        lrnn: the network.
        semantics: how it computes.
        target: the language; its letters may stand in another order than the network's.
        budget: limits of the search.
        progress: called with a line of text now and then.
        properties: what every certificate proves of the transition matrices as well; they hold.

    Raises:
        ValueError: as `decide` does, or if no output of the one is an output of the other, and
            they are not all true or false.
    """
    if set(target.alphabet) != set(lrnn.alphabet):
        raise BadInput(
            f"the network's alphabet is {', '.join(lrnn.alphabet)}, the language's is "
            f"{', '.join(target.alphabet)}; they must have the same letters, in any order"
        )
    target = with_alphabet(target, lrnn.alphabet)
    _require_common_output(lrnn, target)
    decision = decide(lrnn, semantics, target, budget, progress)
    return NetworkFinding(lrnn, semantics, target, decision, properties)


def check_network(
    finding: NetworkFinding, directory: Path, progress: Callable[[str], None] = lambda _: None
) -> LRNNReport:
    """Writes the certificates of what was decided about a network, and has them checked.

    Args:
        finding: what was decided.
        directory: where certificate files go; created if absent.
        progress: told when nothing but the checker is waited for.

    Raises:
        OSError: if a file cannot be written.
    """
    for name in _FILES:
        # What an earlier question left here must not stand beside this answer.
        (directory / f"{name}.json").unlink(missing_ok=True)
    (report,) = check_findings([(finding, directory)], progress=progress)
    return report


def _require_common_output(lrnn: LRNN, target: Automaton) -> None:
    """Refuses two that speak of different things: such an answer would refute nothing."""
    ours, theirs = set(lrnn.last.readout.table.values()), set(target.outputs)
    if ours & theirs or all(isinstance(output, bool) for output in ours | theirs):
        return
    raise BadInput(
        f"the network answers {_listed(ours)}, the language {_listed(theirs)}; no answer is common "
        "to both, so write the outputs of the one as in the other"
    )


def _listed(outputs: set[Output]) -> str:
    """Outputs for people, at most six.

    >>> _listed({True, "odd"})
    "'odd', true"
    """
    shown = sorted(repr(o) if isinstance(o, str) else shown_output(o) for o in outputs)
    return ", ".join(shown[:6]) + (", ..." if len(shown) > 6 else "")


_FILES = ("recognizer", "boxes", "failing-word", "inseparable-words")
