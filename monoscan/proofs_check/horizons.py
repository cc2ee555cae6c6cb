"""The horizon of one network: what was found, its certificates, and what they are worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, final

from monoscan.automata import Output, format_word
from monoscan.errors import NoAnswer
from monoscan.proofs_check.certificates.counterexample import counterexample
from monoscan.proofs_check.certificates.horizon import horizon
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.checked import FAILED, OVER_LIMIT, Outcome, only_over_limit
from monoscan.proofs_check.decision_words import shown_output
from monoscan.proofs_check.exit_codes import BUDGET_REACHED, INTERNAL_ERROR, NO, UNKNOWN, YES
from monoscan.proofs_check.run_checker import CheckResult, Verdict
from monoscan.theory.horizon.balls import ALL
from monoscan.theory.horizon.search import Horizon
from monoscan.theory.semantics import Disturbed

_SHOWN = 60  # letters of a word


@final
@dataclass(frozen=True)
class HorizonFinding:
    """What was found about the lengths up to which one network is right.

    Attributes:
        horizon: what was found.
    """

    horizon: Horizon

    @property
    def certificates(self) -> Mapping[str, Callable[[], Certificate]]:
        """The certified length, and the failing word if the network has an answer to it."""
        found, made = self.horizon, dict[str, Callable[[], Certificate]]()
        if found.certified is not None:
            made["horizon"] = lambda: horizon(found)
        if found.failing_word is not None and self.failing_output() is not None:
            word = found.failing_word
            given = found.lrnn, found.semantics, found.target, word
            made["failing-word"] = lambda: counterexample(*given)
        return made

    def failing_output(self) -> Output | None:
        """What the network answers to the failing word; None if there is no answer or no word."""
        found = self.horizon
        if found.failing_word is None:
            return None
        try:
            return found.semantics.output(found.lrnn, found.failing_word)
        except NoAnswer:
            return None

    def outcome(self, checks: Sequence[CheckResult]) -> Outcome:
        """0 right at all lengths, 1 a failing word, 3 neither, 4 a limit, 70 rejected."""
        if only_over_limit(checks, Verdict.VALID):
            return Outcome("undecided", BUDGET_REACHED, OVER_LIMIT)
        bad = [check for check in checks if check.verdict is not Verdict.VALID]
        if bad:
            return Outcome(FAILED, INTERNAL_ERROR, f"{bad[0].verdict}: {bad[0].reason}")
        if self.horizon.certified == ALL:
            return Outcome("right at all lengths", YES)
        if self.horizon.failing_word is not None:
            return Outcome("finite horizon", NO)
        return Outcome("right up to a length", UNKNOWN)

    def describe(self) -> tuple[str, ...]:
        """The answer in sentences, one a line."""
        found, said = self.horizon, list[str]()
        where = f"({found.semantics.describe()})"
        if found.certified == ALL:
            said.append(f"The network answers every word rightly, at all lengths {where}.")
        elif found.certified is None:
            said.append(f"The network is wrong on the empty word {where}.")
        else:
            letters = f"{found.certified:,} letter{'s' * (found.certified != 1)}"
            said.append(f"The network answers every word of up to {letters} rightly {where}.")
        said += self._why()
        word = found.failing_word
        if word:
            which = "The shortest word on which it fails" if found.is_shortest else "A failing word"
            shown = format_word(word[:_SHOWN], found.lrnn.alphabet)
            dots = " ..." if len(word) > _SHOWN else ""
            output, expected = self.failing_output(), shown_output(found.target.output(word))
            answer = "it has no answer" if output is None else f"it answers {shown_output(output)}"
            said.append(
                f"{which} has {len(word):,} letter{'s' * (len(word) != 1)}: {shown}{dots}; "
                f"{answer}, the language says {expected}."
            )
        elif word is None and found.certified != ALL and not isinstance(found.semantics, Disturbed):
            said.append("No failing word was found.")
        return tuple(said)

    def _why(self) -> list[str]:
        found = self.horizon
        if found.states is not None:
            size = len(found.states.states)
            return [f"Its {size} joint states with the automaton are closed under every letter."]
        if found.balls is not None:
            cells = len(found.balls.centres.cells)
            return [
                f"Proof: {cells} balls of states, whose radius grows by the same rule at each "
                "letter, stay clear of all thresholds for so long."
            ]
        if found.segments is not None and found.certified == ALL:
            return ["Proof: all products that arise along the trees of a chunk were listed."]
        if found.is_shortest or found.certified is None:
            return []
        why = f" Balls show no more: {found.reason}." if found.reason else ""
        return [f"All words of this length were compared; the budget of states ended there.{why}"]

    def to_json(self) -> dict[str, Any]:
        """What was found as one JSON object."""
        found = self.horizon
        word = found.failing_word
        return {
            "semantics": found.semantics.name,
            "arithmetic": found.semantics.describe(),
            "certified": found.certified,
            "proof": found.proof,
            "failing_word": None if word is None else list(word),
            "is_shortest": found.is_shortest,
        }
