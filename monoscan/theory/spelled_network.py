"""A proved network in the parameters of the class that was asked about.

That a network lies in a class up to writing a = 1 - (1 - a), or a gated reflection as diagonal
plus rank one, is no step that a reader or the checker should have to take: it is taken here, and
the certificate is about the network as it is written then. A spelling that adds entries to the
states is a network of its own, and it is compared with the automaton once more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from monoscan.theory.constructions.spelling import (
    as_householder_diagonal,
    as_householders,
    as_open_householders,
    as_rank_one,
    as_scalar_plus_rank_one,
)
from monoscan.theory.explore import Recognises, explore
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.model_classes import ModelClass, all_model_classes, get_model_class
from monoscan.theory.prediction import ProvedNetwork
from monoscan.theory.region import outside

_SPELLINGS: dict[str, Callable[[LRNN], LRNN]] = {
    "": lambda lrnn: lrnn,
    "householders": as_householders,
    "householder-diagonals": lambda lrnn: as_householder_diagonal(as_householders(lrnn)),
    "scalar-plus-rank-one": as_scalar_plus_rank_one,
    "rank-one": as_rank_one,
    "open-householders": as_open_householders,
}


class SpellingError(AssertionError):
    """A network of a class inside another one that cannot be written in its parameters."""


def spelled_in(network: ProvedNetwork, model_class: ModelClass) -> ProvedNetwork:
    """The same network with its transition matrices written in the parameters of a class.

    Args:
        network: a network whose class lies inside `model_class`.
        model_class: a class with exact networks.

    Returns:
        the network; its `model_classes` are all classes in which it lies as it is written.

    Raises:
        SpellingError: if no way of writing it is known.
    """
    if network.semantics.name != "exact":
        return network
    for spelling, function in _SPELLINGS.items():
        try:
            lrnn = function(network.lrnn)
        except ValueError:  # a head that has no such form
            continue
        if outside(lrnn, model_class) is None:
            classes = _classes_of(lrnn)
            if model_class.id not in classes:  # a family's member with many factors
                classes = (*classes, model_class.id)
                spelling = f"{spelling}-{model_class.id}".lstrip("-")
            return replace(
                network,
                lrnn=lrnn,
                spelling=spelling,
                model_classes=classes,
                proof=_proof(network, lrnn),
            )
    raise SpellingError(f"{network.construction.id}: not written in the class {model_class.id}")


def _proof(network: ProvedNetwork, lrnn: LRNN) -> Recognises[Matrix]:
    """All joint states of the network as it is written."""
    if [layer.initial for layer in lrnn.layers] == [a.initial for a in network.lrnn.layers]:
        return network.proof
    found = explore(lrnn, network.semantics, network.automaton, len(network.proof.states))
    if not isinstance(found, Recognises):
        raise SpellingError(f"{network.construction.id}: {found}")
    return found


def _classes_of(lrnn: LRNN) -> tuple[str, ...]:
    return tuple(c.id for c in _standard_classes() if outside(lrnn, c) is None)


@cache
def _standard_classes() -> tuple[ModelClass, ...]:
    """Every class with exact networks, the families with N = 2, 3, 4."""
    fixed = [c for c in all_model_classes() if c.has_exact_networks]
    names = [
        pattern.replace("N", str(n))
        for pattern in (
            "householder-product-N-nonnegative",
            "householder-product-N",
            "gated-householder-product-N-nonnegative",
            "gated-householder-product-N",
        )
        for n in (2, 3, 4)
    ]
    return (*fixed, *(get_model_class(name) for name in names))
