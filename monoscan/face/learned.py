"""The automaton that a trained network computes, as a value that shows itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, final

from monoscan.automata import BudgetExceeded, automaton_to_json, format_word
from monoscan.automata.summary import summary_to_json
from monoscan.face.language import Language

if TYPE_CHECKING:
    from monoscan.automata.analysis import MonoidSummary
    from monoscan.models.evaluate import LengthResult
    from monoscan.models.learned import Learned


def nothing_learned(validation: LengthResult) -> list[str]:
    """A sentence that says so, if answers to random words are hardly better than a constant one."""
    from monoscan.models.evaluate import NOTHING

    if validation.scaled_accuracy.value >= NOTHING:
        return []
    return [
        f"this network has learned next to nothing: on random words of {validation.length} "
        "letters its answers are hardly better than one and the same answer (scaled "
        f"accuracy {validation.scaled_accuracy.value:.3f})"
    ]


@final
@dataclass(frozen=True, eq=False, repr=False)
class LearnedAutomaton:
    """The automaton that a trained network computes on short words, and how far it describes it.

    Attributes:
        found: what was learned and read, as `monoscan.models.learned` has it.
        task: what the task is called; may be empty.
    """

    found: Learned
    task: str = ""

    @property
    def is_target(self) -> bool:
        """Whether the automaton is that of the task."""
        return self.found.is_target

    @cached_property
    def language(self) -> Language | None:
        """The automaton as a language; None if there is none."""
        found = self.found.automaton
        return None if found is None else Language(found, self.task if self.is_target else "")

    @property
    def difference(self) -> str | None:
        """The shortest word on which automaton and task differ; None if they are equal."""
        word = self.found.difference
        return None if word is None else format_word(word, self.found.target.alphabet)

    @cached_property
    def monoid(self) -> MonoidSummary | None:
        """The syntactic monoid of the automaton; None if there is none, or it is too large."""
        if self.language is None:
            return None
        try:
            return self.language.monoid
        except BudgetExceeded:
            return None

    def lines(self) -> list[str]:
        """What was learned, a sentence each."""
        return [
            *nothing_learned(self.found.validation),
            *self._automaton(),
            *self._beyond(),
            *self._part(),
        ]

    def _automaton(self) -> list[str]:
        from monoscan.models.learned import LearnedEnd
        from monoscan.models.worst.result import show_output

        found = self.found
        words = f"words of up to {found.length} letters"
        if found.end is LearnedEnd.TOO_MANY_STATES:
            return [
                f"no small automaton describes its answers to {words}: learning stopped at "
                f"{found.states} states"
            ]
        if found.automaton is None or self.language is None:
            return [f"no automaton was learned from {words}: the budget of letters was reached"]
        states = f"{found.states} state{'s' * (found.states > 1)}"
        line = f"its answers to the {words} that were read are those of an automaton of {states}"
        task = f"the task{f' {self.task}' if self.task else ''}"
        if found.difference is None:
            lines = [f"{line}, the minimal automaton of {task}"]
        else:
            lines = [
                f"{line}, which is not that of {task}",
                f"they differ on {self.difference}: it says "
                f"{show_output(found.automaton.output(found.difference))}, right is "
                f"{show_output(found.target.output(found.difference))}",
            ]
        return [*lines, self._monoid()]

    def _monoid(self) -> str:
        if self.monoid is None:
            return "its syntactic monoid has too many elements to be named"
        groups = ", ".join(self.monoid.groups)
        has = f"its groups: {groups}" if groups else "no group, so that it is star-free"
        elements = self.monoid.elements
        return f"its syntactic monoid: {elements} element{'s' * (elements > 1)}, {has}"

    def _beyond(self) -> list[str]:
        from monoscan.models.worst.result import show_output

        beyond = self.found.beyond
        if beyond is None:
            return []
        if beyond.word is None:
            cut = " before the budget of letters was reached" if beyond.is_cut else ""
            return [
                f"no word of up to {beyond.read_to} letters was found{cut} to which the network "
                "answers otherwise"
            ]
        answer = "no number" if beyond.answer is None else show_output(beyond.answer)
        return [
            f"from {beyond.length} letters on that automaton does not describe the network: to "
            f"{beyond.shown} it answers {answer}, and the automaton {show_output(beyond.expected)}"
        ]

    def _part(self) -> list[str]:
        part = self.found.part
        if part is None:
            return []
        words = f"random words of {self.found.validation.length} letters"
        worst = part.worst
        wrong = (
            f"no word of up to {worst.read_to} letters was found that is wrong about it"
            if worst.word is None
            else f"the shortest word found that is wrong about it has {worst.length} letters"
        )
        return [
            f"of the task it has learned {part.quotient.name} and no more: {part.right:.1%} of the "
            f"{words} are right about that; {wrong}"
        ]

    def to_json(self) -> dict[str, Any]:
        """Values of JSON."""
        import json

        found, part = self.found, self.found.part
        return {
            "end": found.end.value,
            "learned_nothing": found.learned_nothing,
            "is_target": self.is_target,
            "states": found.states,
            "length": found.length,
            "letters": found.letters,
            "difference": None if found.difference is None else list(found.difference),
            "summary": None if self.language is None else summary_to_json(self.language.minimal),
            "automaton": None
            if found.automaton is None
            else json.loads(automaton_to_json(found.automaton)),
            "groups": None if self.monoid is None else list(self.monoid.groups),
            "elements": None if self.monoid is None else self.monoid.elements,
            "beyond": None if found.beyond is None else found.beyond.to_json(),
            "part": None
            if part is None
            else {
                "tells": part.quotient.name,
                "states": part.quotient.automaton.n_states,
                "right": part.right,
                "worst": part.worst.to_json(),
            },
            "lines": self.lines(),
        }

    def __repr__(self) -> str:
        return "\n".join(self.lines())
