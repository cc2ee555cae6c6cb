"""Witnesses: what a minimal automaton does that a lemma forbids to a class of networks.

Each type is one object of the certificate format, under the same name. Nothing here is believed:
the independent checker looks at each witness with its own code.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from monoscan.automata import Automaton, Word

_NAMES = 6


@dataclass(frozen=True)
class Witness(ABC):
    """What an automaton does; the fields are words, letters, states and numbers.

    Attributes:
        type: the name of the type in certificates.
    """

    type: ClassVar[str]

    def to_json(self) -> dict[str, Any]:
        """The object of the certificate format: the type and the fields.

        >>> from monoscan.theory.lemmas.cycles import Cycle
        >>> Cycle(("1",), (0, 1)).to_json()
        {'type': 'cycle', 'word': ['1'], 'states': ['0', '1']}
        """
        members = {field.name: _to_json(getattr(self, field.name)) for field in fields(self)}
        return {"type": self.type, **members}

    @abstractmethod
    def __str__(self) -> str:
        """In words."""

    @property
    def path(self) -> tuple[int, ...]:
        """The states that it is about; a cycle ends where it begins."""
        return ()

    def on(self, automaton: Automaton) -> str:
        """In words, with the states by the names that the automaton has for them, if any."""
        return f"{self}{states_text(automaton, self.path)}"


def _to_json(value: object) -> Any:
    """Words and other tuples as lists; states and numbers as strings."""
    return [_to_json(item) for item in value] if isinstance(value, tuple) else str(value)


def states_text(automaton: Automaton, states: tuple[int, ...]) -> str:
    """What is put behind a sentence about states that have names; only the first six are listed.

    >>> parity = Automaton("a", [[1], [0]], (True, False), ("even", "odd"))
    >>> states_text(parity, (0, 1, 0)), states_text(parity, (0, 1))
    (': even -> odd -> even', ': even, odd')
    >>> states_text(Automaton("a", [[1], [0]], (True, False)), (0, 1, 0))
    ''
    """
    if not automaton.state_names or not states:
        return ""
    sign = " -> " if states[0] == states[-1] and len(states) > 1 else ", "
    more = [f"{len(states) - _NAMES} more"] if len(states) > _NAMES + 1 else []
    shown = states[:_NAMES] if more else states
    return f": {sign.join([*map(automaton.state_name, shown), *more])}"


def word_text(word: Word) -> str:
    """A word as it is shown.

    >>> word_text(("a", "b")), word_text(("go", "left")), word_text(())
    ('ab', 'go left', 'the empty word')
    """
    return (" " if any(len(letter) > 1 for letter in word) else "").join(word) or "the empty word"


def check_states(states: tuple[int, ...], least: int) -> None:
    """Refuses states that are no different states.

    Raises:
        ValueError: If there are fewer than `least`, two are equal or one is negative.
    """
    if len(states) < least or len(set(states)) < len(states) or min(states) < 0:
        raise ValueError(
            f"the states of a witness are {states}; expected at least {least} different states, "
            "none of them negative"
        )
