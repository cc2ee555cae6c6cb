"""How many complex diagonal layers a group needs: its derived length."""

from __future__ import annotations

from functools import partial

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import (
    algebra,
    obstructed,
    open_row,
    recognises,
    target_automaton,
)
from monoscan.theory.constructions.published.derived_series import derived_series_network
from monoscan.theory.lrnn import LRNN

_ENOUGH = "As many layers as the derived length track the group"
_FEWER = "One layer less does not"
_NEVER = "A group that is not solvable is not tracked at any depth"
_ALGEBRA = "The group is not solvable"
_ALL = "The same for every group"
_GROUPS = (("z12", 1), ("s3", 2), ("d4", 2), ("q8", 2), ("a4", 2), ("d5", 2), ("s4", 3))


@claim(
    statement=(
        "A stack of complex diagonal layers (moduli at most 1) tracks a finite group, all its "
        "elements being letters, exactly if the number of layers is at least the derived length "
        "of the group; a group that is not solvable at no depth."
    ),
    sources=(
        "Shakerinava et al., arXiv 2603.01959",
        "L. Kaloujnine, M. Krasner, Produit complet des groupes de permutations (1951)",
    ),
    provenance=(
        "the paper is known from its abstract, which speaks of subnormal series with abelian "
        "factors; that the least length is the derived length, the network without delays and "
        "the proof of the bound are our own"
    ),
    tags=("iff", "groups", "depth"),
)
def diag_depth_derived_length() -> tuple[Row, ...]:
    """The rows: networks of exactly that depth, and the lemma one layer below."""
    return (
        *(
            recognises(
                name,
                _ENOUGH,
                f"{name}, {depth} {'layer' if depth == 1 else 'layers'}",
                partial(_network, name),
                name,
                properties=("diagonal-complex",),
                depth=depth,
            )
            for name, depth in _GROUPS
        ),
        *(
            obstructed(
                f"shallow-{name}",
                _FEWER,
                f"{name}, {depth - 1} {'layer' if depth == 2 else 'layers'}",
                "triangular-complex",
                "diagonal-derived-length",
                name,
                depth=depth - 1,
            )
            for name, depth in _GROUPS
            if depth > 1
        ),
        obstructed(
            "never-a5",
            _NEVER,
            "A5 by its involutions, any depth",
            "triangular-complex",
            "diagonal-derived-length",
            "a5-involutions",
        ),
        algebra("a5", _ALGEBRA, "A5 by its involutions", "not-solvable", "a5-involutions"),
        open_row(
            "every-group",
            _ALL,
            "complex diagonal layers",
            "exact",
            "the lemma's page proves the bound for all groups; that the network works for every "
            "solvable group is an argument in words. The certificates are about the groups above",
        ),
    )


def _network(name: str) -> LRNN:
    return derived_series_network(target_automaton(name))
