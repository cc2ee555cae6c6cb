"""What the answer to a question about a language is: true or false, with evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

from monoscan.automata.automaton import Automaton


class Evidence(Protocol):
    """Something that can be checked."""

    def check(self, automaton: Automaton) -> bool:
        """Whether it holds for the language of an automaton, by slow and plain code.

        Raises:
            BudgetExceeded: If the slow check would have to list too many elements.
        """
        ...


class Witness(Evidence, Protocol):
    """Evidence that a language has a property, or that it has not.

    True as a Boolean if the language has the property.
    """

    def __bool__(self) -> bool: ...


class Against:
    """Evidence that a language has not a property. False as a Boolean."""

    def __bool__(self) -> Literal[False]:
        return False


E = TypeVar("E", bound=Evidence, covariant=True)


@dataclass(frozen=True)
class AgainstByRelated(Against, Generic[E]):
    """Evidence against a property that is evidence of another kind.

    Attributes:
        related: The other evidence.
    """

    related: E

    def check(self, automaton: Automaton) -> bool:
        """Whether the other evidence holds."""
        return self.related.check(automaton)
