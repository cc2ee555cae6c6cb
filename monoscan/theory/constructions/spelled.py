"""Registers a construction of diagonal networks in the parameters of all classes that have them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Literal

from monoscan.automata import Automaton
from monoscan.theory.constructions.registry import (
    DEFAULT_JOINT_STATES,
    BuildFunction,
    DepthOf,
    SemanticsOf,
    Supports,
    construction,
)
from monoscan.theory.constructions.spelling import as_delta_rules, as_rank_one
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.semantics import Exact, Semantics

_HOUSEHOLDER_CLASS = {
    "diagonal-nonnegative": "householder-nonnegative",
    "diagonal-real": "householder",
}


def spelled_construction(
    id: str,
    *,
    statement: str,
    source: str,
    model_class: Literal["diagonal-nonnegative", "diagonal-real"],
    supports: Supports,
    depth: int | DepthOf | None = None,
    semantics: SemanticsOf = lambda automaton: (Exact(),),
) -> Callable[[BuildFunction], BuildFunction]:
    """Registers a build function of networks with diagonal matrices, and its other spellings.

    The networks written with delta-rule heads of size 1 are registered as ``ID-householder``,
    those written as diagonal plus rank one as ``ID-rank-one``. Their matrices are the same; so are
    their states under every arithmetic that rounds nothing but states. Arithmetics that round
    single operations are left out for the latter, which has no order of operations; a delta rule
    h - (1 - a) h rounds other numbers than a h, so an answer with it is to be compared with the
    automaton like any other. The build function takes a `budget` of joint states.

    Raises:
        ConstructionError: if the description is not valid or an id is taken.
    """

    def register(build: BuildFunction) -> BuildFunction:
        options = (
            ("", "", model_class, None, semantics),
            (
                "-householder",
                ", as delta-rule heads of size 1",
                _HOUSEHOLDER_CLASS[model_class],
                as_delta_rules,
                semantics,
            ),
            (
                "-rank-one",
                ", as diagonal plus rank one",
                "diagonal-plus-rank-one",
                as_rank_one,
                partial(_by_state, semantics),
            ),
        )
        for suffix, words, class_id, spell, arithmetic in options:
            construction(
                id + suffix,
                statement=statement + words,
                source=source,
                model_classes=(class_id,),
                depth=depth,
                supports=supports,
                semantics=arithmetic,
            )(build if spell is None else partial(_spelled, build, spell))
        return build

    return register


def _spelled(
    build: Callable[..., LRNN],
    spell: Callable[[LRNN], LRNN],
    automaton: Automaton,
    *,
    budget: int = DEFAULT_JOINT_STATES,
) -> LRNN:
    return spell(_built(build, automaton, budget))


@lru_cache(maxsize=8)
def _built(build: Callable[..., LRNN], automaton: Automaton, budget: int) -> LRNN:
    """The network with diagonal matrices, which the other spellings share."""
    return build(automaton, budget=budget)


def _by_state(semantics: SemanticsOf, automaton: Automaton) -> tuple[Semantics[Matrix], ...]:
    return tuple(entry for entry in semantics(automaton) if entry.name != "op-round")
