"""What can be told of each construction before its file is imported.

Most questions need few constructions, and importing all of them takes longer than the answer. So
what tells which may serve stands here: the layers and the matrices. A new construction is a file
with its build function and a line here.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, NamedTuple

from monoscan.theory.constructions.matrices import (
    SIGNED,
    UPDATE,
    Matrices,
    diagonal,
    mirrors,
    permutations,
)
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, zeta
from monoscan.theory.transition import Dense, Diagonal
from monoscan.theory.windows import NO_DELAYS, Windows


class Outline(NamedTuple):
    """A construction in short.

    Attributes:
        file: where it is, in this package.
        matrices: matrices like those of its networks; if they depend on the automaton, the simplest
            of them: a class that holds any of them holds these.
        layers: how many layers its networks have; if that depends on the automaton, the fewest.
            None if only a network tells.
        only: the semantics that its networks are made for, if no other question is theirs.
        windows: how many letters A and B have to see at least.
    """

    file: str
    matrices: Matrices
    layers: int | None = None
    only: str = ""
    windows: Windows = NO_DELAYS


_ONE_HOT: Matrices = ((Dense(Matrix.of([[0, 0], [1, 1]])),),)
_KEEP_AND_ERASE: Matrices = ((Diagonal((ONE, ZERO)),),)
_PROJECT_OR_KEEP: Matrices = ((*mirrors(beta=1)[0], *mirrors(beta=0)[0]),)
_FULL: Matrices = ((Dense(Matrix.of([[1, 1], [1, 1]])),),)

INDEX: Final = {
    "scalar-parity": Outline("parity", diagonal(1, -1), 1),
    "last-letter": Outline("last_letter", diagonal(0), 1),
    "last-letters": Outline("last_letters", diagonal(0), 1, windows=(1, 2)),
    "last-letters-fading": Outline("last_letters", diagonal(Fraction(1, 2)), 1, windows=(1, 2)),
    "last-letters-in-layers": Outline("last_letters", diagonal(0), 1, windows=(1, 2)),
    "first-and-last-letters": Outline("first_and_last_letters", _KEEP_AND_ERASE, 1, windows=(1, 2)),
    "one-state": Outline("last_letter", diagonal(Fraction(1, 2)), 1),
    "right-regular-band": Outline("last_blocks", diagonal(0, 1), 1),
    "written-last-blocks": Outline("last_blocks", diagonal(0, 1), 1, windows=(1, 2)),
    "last-blocks": Outline("last_blocks", diagonal(0, 1), 1, windows=(2, 2)),
    "length-and-last-letter": Outline("length_and_last_letter", diagonal(0), 1),
    "last-letters-leak": Outline("last_letters_leak", diagonal(Fraction(1, 4)), 1, "threshold"),
    "abelian-one-layer": Outline("published.abelian", diagonal(1), 1),
    "binary-counter": Outline("published.binary_counter", diagonal(0, 1, -1), 1),
    "derived-series": Outline("published.derived_series", diagonal(0, 1), 1),
    "elementary-two-series": Outline("published.derived_series", diagonal(0, 1, -1), 1),
    "cyclic-rotation-two-gh": Outline("published.cyclic", mirrors(2), 1),
    "dihedral-one-layer": Outline("published.dihedral", mirrors(), 1),
    "sn-one-layer": Outline("published.symmetric_group", permutations(1), 1),
    "group-one-layer": Outline("published.group_one_layer", mirrors(), 1),
    "tracking-heads": Outline("published.tracking_heads", mirrors(), 1),
    "rounded-swaps": Outline("rounded_swaps", _PROJECT_OR_KEEP, 1, "op-round"),
    "so3-groups-two-gh": Outline("published.rotation_groups", mirrors(2), 1),
    "a5-involutions-one-reflection": Outline("published.rotation_groups", mirrors(), 1),
    "signed-householder-one-layer": Outline("published.signed_householder", SIGNED, 1),
    "rwkv7-one-layer": Outline("published.rwkv7_one_layer", UPDATE, 1),
    "pd-ssm-n-states": Outline("published.one_hot", _ONE_HOT, 1),
    "dense-one-layer": Outline("published.one_hot", _FULL, 1),
    "dihedral-two-layer": Outline("published.dihedral", mirrors(), 2),
    "modadd-two-layer-reflections": Outline("published.cyclic", mirrors(), 2),
    "rwkv7-regular-four-layers": Outline("published.rwkv7_four_layers", UPDATE, 4),
    "sn-four-layer-lookup": Outline("published.symmetric_group", mirrors(), 4),
    "so3-four-layer-lookup": Outline("published.rotation_blocks", mirrors(), 4),
    "registers": Outline("cascades.registers", diagonal(0, 1), 1),
    "registers-in-window": Outline("cascades.registers", diagonal(0, 1), 1, windows=(2, 2)),
    "written-registers": Outline("cascades.registers", diagonal(0, 1), 1, windows=(1, 2)),
    "long-written-registers": Outline("cascades.registers", diagonal(0, 1), 1, windows=(1, 4)),
    "subsequences": Outline("subsequences", diagonal(0, 1), 1, windows=(2, 2)),
    "written-subsequences": Outline("subsequences", diagonal(0, 1), 1, windows=(1, 2)),
    "clocked-registers": Outline("cascades.registers", diagonal(0, 1, -1), 2),
    "leak-cascade": Outline("cascades.leaks", diagonal(0, 1, Fraction(1, 4)), None, "threshold"),
    "delay-cascade": Outline("cascades.aperiodic", diagonal(0, 1), windows=(2, 2)),
    "written-delay-cascade": Outline("cascades.aperiodic", diagonal(0, 1), windows=(1, 2)),
    "block-cascade": Outline("cascades.aperiodic", diagonal(0, 1)),
    "leaky-cascade": Outline("cascades.aperiodic", diagonal(0, 1, Fraction(1, 4))),
    "nilpotent-cascade": Outline("cascades.aperiodic", mirrors(3, beta=1)),
    "sign-cascade": Outline("cascades.solvable", diagonal(0, 1, -1)),
    "root-cascade": Outline("cascades.solvable", diagonal(0, -1, zeta(3))),
    "reflection-cascade": Outline("cascades.solvable", mirrors()),
    "phase-cascade": Outline("cascades.mixed", (*diagonal(zeta(4)), *diagonal(0, 1))),
    "tracked-cascade": Outline("cascades.permutations", mirrors()),
    "gated-cascade": Outline("cascades.permutations", mirrors(gated=True)),
    "erased-cascade": Outline("cascades.permutations", mirrors()),
    # One layer, but asked last: networks with finitely many states say more.
    "fading-signs": Outline("fading_signs", diagonal(Fraction(-1, 8)), None, "threshold"),
}
"""By the ids of the constructions. Those without a number of layers are tried in this order:
nilpotent-cascade, for one, needs a layer less than sign-cascade."""
