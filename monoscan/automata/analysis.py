"""Everything the algebra says of one automaton, each part under its own budget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET, BudgetExceeded
from monoscan.automata.cascade import Cascade, Verified, holonomy_cascade, verify_cascade
from monoscan.automata.greens import GreensRelations
from monoscan.automata.minimize import minimize
from monoscan.automata.monoid import TransitionMonoid
from monoscan.automata.properties import PROPERTIES, Witness

if TYPE_CHECKING:
    from monoscan.tables import Table

T = TypeVar("T")


@dataclass(frozen=True)
class MonoidSummary:
    """The syntactic monoid in numbers.

    Attributes:
        elements: how many.
        idempotents: elements x with x x = x.
        d_classes: Green's D-classes.
        groups: the names of the maximal subgroups that are not trivial, one a regular D-class.
    """

    elements: int
    idempotents: int
    d_classes: int
    groups: tuple[str, ...]

    @property
    def is_aperiodic(self) -> bool:
        """Whether all its groups are trivial, so that the language is star-free."""
        return not self.groups


@dataclass(frozen=True, repr=False)
class Analysis:
    """What is known of an automaton; None where a budget was reached.

    Attributes:
        automaton: as it was given.
        minimal: the minimal automaton; everything else is about this one.
        monoid: its transition monoid, which is the syntactic monoid.
        properties: each property with its witness. Those that only languages have are left out
            for outputs that are not Boolean.
        cascade: a holonomy cascade that `verify_cascade` has accepted.
        limits: for each part that is None the budget that was reached.
    """

    automaton: Automaton
    minimal: Automaton
    monoid: MonoidSummary | None
    properties: Mapping[str, Witness | None]
    cascade: Cascade | None
    limits: Mapping[str, BudgetExceeded]

    def table(self) -> Table:
        """Each property with its answer and witness, as `monoscan analyze` prints it."""
        from monoscan.automata.analysis_table import analysis_table

        return analysis_table(self)

    def __repr__(self) -> str:
        """The monoid, the cascade, and which properties hold.

        >>> from monoscan.automata import get_language
        >>> print(repr(analyze(get_language("parity").build())).splitlines()[3])
        yes: commutative, group, 2-groups-only, solvable
        """
        from monoscan.automata.analysis_table import analysis_lines

        return "\n".join(analysis_lines(self))

    def _repr_html_(self) -> str:
        """The table in a notebook."""
        return self.table()._repr_html_()


def analyze(
    automaton: Automaton,
    budget: int = DEFAULT_MONOID_BUDGET,
    progress: Callable[[str], None] = lambda _: None,
) -> Analysis:
    """Monoid, groups, properties and cascade of an automaton.

    Args:
        automaton: any automaton with outputs.
        budget: largest number of elements of the monoid, and of coordinates of the cascade.
        progress: called with the name of each part before it is worked out.

    Raises:
        ValueError: if the budget is not positive.
        AssertionError: if the cascade is refused by its independent check.

    >>> from monoscan.automata import get_language
    >>> analyze(get_language("s3").build()).monoid
    MonoidSummary(elements=6, idempotents=1, d_classes=1, groups=('S3',))
    """
    minimal = minimize(automaton)
    limits: dict[str, BudgetExceeded] = {}

    def within(name: str, compute: Callable[[Automaton, int], T]) -> T | None:
        progress(name)
        try:
            return compute(minimal, budget)
        except BudgetExceeded as error:
            limits[name] = error
            return None

    monoid = within("monoid", monoid_summary)
    properties = {
        entry.id: within(entry.id, entry)
        for entry in PROPERTIES
        if minimal.is_acceptor or not entry.of_languages
    }
    return Analysis(automaton, minimal, monoid, properties, within("cascade", _cascade), limits)


def monoid_summary(minimal: Automaton, budget: int = DEFAULT_MONOID_BUDGET) -> MonoidSummary:
    """The transition monoid of an automaton in numbers: of a minimal one the syntactic monoid.

    Raises:
        BudgetExceeded: if it has more elements than the budget.
    """
    greens = GreensRelations(TransitionMonoid(minimal, budget))
    return MonoidSummary(
        len(greens.monoid),
        len(greens.idempotents),
        greens.n_classes["D"],
        tuple(found.group.name for found in greens.maximal_subgroups(trivial=False)),
    )


def _cascade(minimal: Automaton, budget: int) -> Cascade:
    cascade = holonomy_cascade(minimal, budget=budget)
    verdict = verify_cascade(cascade, minimal)
    if not isinstance(verdict, Verified):
        raise AssertionError(f"a cascade of our own was refused: {verdict.message}")
    return cascade
