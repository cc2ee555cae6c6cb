"""The registry of properties. To add one, add a file to this package."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, final

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET
from monoscan.automata.properties.witness import Witness
from monoscan.registry import Registry

Decide = TypeVar("Decide", bound="Callable[..., Witness]")


@final
@dataclass(frozen=True)
class Property:
    """A property that a regular language has or has not, each time with evidence.

    Attributes:
        id: Its name in kebab-case.
        place: Where it stands when all are listed.
        definition: When a language has it, in words.
        equation: The same as an equation over the syntactic monoid M or semigroup S; x, y, z are
            any elements, e and f idempotents of S, and x^w is the idempotent power of x.
        source: Where it was shown how to decide it.
        yes: What the evidence for it is.
        no: What the evidence against it shows.
        example: A regular expression over a and b of a language that has it.
        counterexample: One of a language that has not.
        decide: Decides it: a function of an automaton and, if it lists the monoid, of a budget.
        implies: The ids of properties that every language with this one has as well; what these
            imply is left out.
        of_languages: Whether it means nothing for outputs that are not Boolean.

    >>> from monoscan.automata import compile_regex
    >>> PROPERTIES.get("aperiodic")(compile_regex("(aa)*", "a"))
    NotAperiodic(word=('a',), index=0, period=2, states=(0, 1))
    """

    id: str
    place: int
    definition: str
    equation: str
    source: str
    yes: str
    no: str
    example: str
    counterexample: str
    decide: Callable[..., Witness]
    implies: tuple[str, ...] = ()
    of_languages: bool = False

    @property
    def takes_budget(self) -> bool:
        """Whether deciding it can reach a budget that is given."""
        return "budget" in inspect.signature(self.decide).parameters

    def __call__(self, automaton: Automaton, budget: int = DEFAULT_MONOID_BUDGET) -> Witness:
        """Decides it.

        Raises:
            BudgetExceeded: If the budget is reached.
            AutomatonError: If it is a property of languages, and an output is not Boolean.
        """
        return self.decide(automaton, budget) if self.takes_budget else self.decide(automaton)


PROPERTIES = Registry[Property](
    "property", "properties", "monoscan.automata.properties", order=lambda entry: entry.place
)


def language_property(
    id: str,
    *,
    place: int,
    definition: str,
    source: str,
    yes: str,
    no: str,
    example: str,
    counterexample: str,
    equation: str = "",
    implies: tuple[str, ...] = (),
    of_languages: bool = False,
) -> Callable[[Decide], Decide]:
    """Registers the property that the decorated function decides.

    The arguments are those of `Property`.

    Raises:
        ValueError: If the id is taken.
    """

    def register(decide: Decide) -> Decide:
        PROPERTIES.add(
            id,
            Property(
                id,
                place,
                definition,
                equation,
                source,
                yes,
                no,
                example,
                counterexample,
                decide,
                implies,
                of_languages,
            ),
        )
        return decide

    return register
