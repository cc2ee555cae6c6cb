"""What the answer to a question about a language is: true or false, with evidence."""

from __future__ import annotations

from typing import Protocol

from monoscan.automata.automaton import Automaton


class Witness(Protocol):
    """Evidence that a language has a property, or that it has not.

    True as a Boolean if the language has the property.
    """

    def __bool__(self) -> bool: ...

    def check(self, automaton: Automaton) -> bool:
        """Whether the evidence holds for the language of an automaton, by slow and plain code.

        Raises:
            BudgetExceeded: If the slow check would have to list too many elements.
        """
        ...
