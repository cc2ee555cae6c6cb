"""The registry of constructions: functions that turn an automaton into an exact network.

To add one, write a file in this package (or in one of the packages inside it), decorate its build
function, and add a line to `monoscan.theory.constructions.index`. A construction never claims that
its network is right: whoever calls it compares the network with the automaton by `explore`, and the
tests do so for each construction.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from inspect import signature
from typing import TypeAlias, TypeVar, final

from monoscan.automata import Automaton, BudgetExceeded
from monoscan.registry import Registry
from monoscan.theory.constructions.index import INDEX
from monoscan.theory.constructions.matrices import Matrices
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.prediction import DEFAULT_JOINT_STATES as DEFAULT_JOINT_STATES
from monoscan.theory.semantics import Exact, Semantics

Build: TypeAlias = Callable[[Automaton], LRNN]
Supports: TypeAlias = Callable[[Automaton], str | None]
MatricesOf: TypeAlias = Callable[[Automaton], Matrices]
SemanticsOf: TypeAlias = Callable[[Automaton], tuple[Semantics[Matrix], ...]]
DepthOf: TypeAlias = Callable[[Automaton], int]

NOT_DECIDED = "not decided: "
"""How a reason begins that speaks of a limit of ours and not of the automaton."""

_KEBAB_CASE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


BuildFunction = TypeVar("BuildFunction", bound=Build)


class ConstructionError(ValueError):
    """A construction whose description is not valid."""


class UnsupportedError(ValueError):
    """An automaton for which a construction has no network; the message says why not."""


@final
@dataclass(frozen=True)
class Construction:
    """A way to make exact networks for some automata.

    Attributes:
        id: its name in kebab-case.
        statement: what it makes of what, in words.
        source: where it comes from.
        matrices: matrices like those of its networks, see `monoscan.theory.constructions.matrices`;
            a function if they depend on the automaton (which it then supports).
        depth: the number of layers if it is always the same, else None; a function if it depends
            on the automaton (which it then supports) and is cheap to tell.
        supports: the reason why it has no network for an automaton, or None if it has one. A
            limit or budget that was reached is a reason too, which begins with `NOT_DECIDED`.
        build: makes the network. It raises `UnsupportedError` with the reason that `supports`
            gives, and `BudgetExceeded` for a network of more joint states than its budget.
        semantics: how the network is meant to compute: one or more arithmetics, each of which
            gives the automaton's answers.

    Raises:
        ConstructionError: if id, statement or source is missing or not valid.
    """

    id: str
    statement: str
    source: str
    matrices: Matrices | MatricesOf
    depth: int | DepthOf | None
    supports: Supports
    build: Build
    semantics: SemanticsOf

    def __post_init__(self) -> None:
        if not _KEBAB_CASE.fullmatch(self.id):
            raise ConstructionError(
                f"construction id {self.id!r} is not in kebab-case, as in 'scalar-parity'"
            )
        for name, text in (("statement", self.statement), ("source", self.source)):
            if not text.strip():
                raise ConstructionError(f"construction {self.id!r} has no {name}; write one")
        if not self.matrices:
            raise ConstructionError(
                f"construction {self.id!r} has no matrices; give some like its own"
            )
        if isinstance(self.depth, int) and self.depth < 1:
            raise ConstructionError(
                f"construction {self.id!r} has depth {self.depth}; a network has at least one layer"
            )

    def matrices_for(self, automaton: Automaton) -> Matrices:
        """Matrices like those of the network of a supported automaton."""
        return self.matrices(automaton) if callable(self.matrices) else self.matrices

    def depth_for(self, automaton: Automaton) -> int | None:
        """The number of layers of the network of a supported automaton, if it is cheap to tell.

        >>> parity = Automaton("01", [[0, 1], [1, 0]], (False, True))
        >>> get_construction("scalar-parity").depth_for(parity)
        1
        """
        return self.depth(automaton) if callable(self.depth) else self.depth

    def build_within(self, automaton: Automaton, budget: int) -> LRNN:
        """The network, built with this budget of joint states if `build` takes a budget.

        Raises:
            UnsupportedError: as `build` does.
            BudgetExceeded: if it has more joint states.

        >>> parity = Automaton("01", [[0, 1], [1, 0]], (False, True))
        >>> get_construction("scalar-parity").build_within(parity, 2).output("01")
        True
        """
        if "budget" not in signature(self.build).parameters:
            return self.build(automaton)
        with_budget: Callable[..., LRNN] = self.build
        return with_budget(automaton, budget=budget)


CONSTRUCTIONS = Registry[Construction](
    "construction",
    "constructions",
    *(f"monoscan.theory.constructions{inside}" for inside in ("", ".published", ".cascades")),
)


def construction(
    id: str,
    *,
    statement: str,
    source: str,
    supports: Supports,
    matrices: MatricesOf | None = None,
    depth: DepthOf | None = None,
    semantics: SemanticsOf = lambda automaton: (Exact(),),
) -> Callable[[BuildFunction], BuildFunction]:
    """Registers the decorated build function as a construction.

    The arguments are the attributes of `Construction`; `supports` may raise `BudgetExceeded`.
    Matrices and depth are given only if they depend on the automaton: else the index has them.

    Raises:
        ConstructionError: if the description is not valid.
        ValueError: if the id is taken.
    """
    if id not in INDEX:
        raise ConstructionError(f"construction {id!r} has no line in constructions/index.py")
    outline = INDEX[id]

    def register(build: BuildFunction) -> BuildFunction:
        supported = _decided(supports)
        made = Construction(
            id,
            statement,
            source,
            matrices or outline.matrices,
            depth or outline.layers,
            supported,
            build,
            semantics,
        )
        CONSTRUCTIONS.add(id, made)
        return build

    return register


def _decided(supports: Supports) -> Supports:
    """Turns a budget that was reached into a reason."""

    @wraps(supports)
    def answer(automaton: Automaton) -> str | None:
        try:
            return supports(automaton)
        except BudgetExceeded as error:
            return f"{NOT_DECIDED}{error}"

    return answer


def all_constructions() -> tuple[Construction, ...]:
    """All constructions, sorted by id.

    >>> "scalar-parity" in [entry.id for entry in all_constructions()]
    True
    """
    return CONSTRUCTIONS.all()


def get_construction(id: str) -> Construction:
    """The construction with this id.

    Raises:
        UnknownId: if there is none; the message names the most similar ids.

    >>> get_construction("scalar-parity").depth
    1
    """
    if id in INDEX:  # so the others need not be imported to find it
        import_module(f"{__package__}.{INDEX[id].file}")
    return CONSTRUCTIONS.get(id)
