"""Networks that compute with whole numbers only: fixed point with step 1 rounds nothing there.

All products and sums of a layer with whole matrices, inputs and states are whole numbers. So they
are values of every fixed-point format with step 1 whose range holds them, and rounding every
operation to such a format changes nothing.
"""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.formats import FixedPoint
from monoscan.theory.matrix import Matrix
from monoscan.theory.semantics import Exact, OpRound, Semantics

INT32 = FixedPoint.signed(32)
"""The codes in a network are below its number of joint states, far inside this range."""


def exact_and_rounded(_automaton: Automaton) -> tuple[Semantics[Matrix], ...]:
    """Exact arithmetic, and every operation rounded to 32-bit integers that saturate.

    >>> flip = Automaton("a", [[1], [0]], (True, False))
    >>> [semantics.name for semantics in exact_and_rounded(flip)]
    ['exact', 'op-round']
    """
    return Exact(), OpRound(INT32)
