"""The time modulo d in two layers of reflections.

Siems et al., arXiv 2502.10297, Lemma 2, after Grazzi, Siems et al., arXiv 2411.12537, Theorem 6:
the first layer alternates a sign, the second reflects in one of two mirrors by turns. Two mirrors
at the angle 2 pi/d make a rotation by 4 pi/d out of two steps, of order d/2.
"""

from __future__ import annotations

from monoscan.theory.constructions.published.wiring import (
    LayerPlan,
    autonomous,
    scalar_head,
)
from monoscan.theory.lrnn import Case, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Number, cosine, number, sine
from monoscan.theory.transition import Householder

# Pairs of rational vectors whose lines meet at the angle 2 pi/d, and a vector on no mirror of the
# group that their reflections generate. By the crystallographic restriction there are no others.
_RATIONAL_MIRRORS: dict[int, tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]] = {
    2: ((1, 0), (1, 0), (1, 2)),
    4: ((1, 0), (0, 1), (1, 2)),
    6: ((1, -1, 0), (0, 1, -1), (1, 2, 4)),
    8: ((1, 0), (1, 1), (1, 2)),
    12: ((1, -1, 0), (-2, 1, 1), (1, 2, 4)),
}


def alternating_layer() -> LayerPlan:
    """The scalar recurrence h <- -h + 1 from 0, reported as whether the time is odd.

    >>> alternating_layer().report(Matrix.of([[1]]))
    True
    """
    start, case = Matrix.of([[0]]), Case(scalar_head(-1), Matrix.of([[1]]))
    return LayerPlan(start, lambda symbol: case, lambda state: state != start)


def clock_layers(period: int) -> tuple[LayerPlan, LayerPlan]:
    """Two layers, the first of a stack, of which the second reports the time modulo a period.

    Args:
        period: an even number d of at least 2; the report is "0", ..., or str(d - 1).

    Raises:
        ValueError: if the period is odd or not positive.

    >>> [len(clock_layers(d)[1].initial.rows) for d in (4, 6, 10)]
    [2, 3, 2]
    """
    if period < 2 or period % 2:
        raise ValueError(
            f"the period is {period}; two alternating mirrors count modulo even numbers, at least 2"
        )
    odd, even, start = _mirrors(period)
    cases = {True: autonomous(odd, start), False: autonomous(even, start)}
    times: dict[Matrix, str] = {}
    state = start
    for time in range(period):
        times[state] = str(time)
        state = cases[time % 2 == 0].apply(state)

    def case(symbol: Symbol) -> Case:
        return cases[symbol[1] is True]

    return alternating_layer(), LayerPlan(start, case, times.__getitem__, reads=(1,))


def _mirrors(period: int) -> tuple[Householder, Householder, Matrix]:
    rational = _RATIONAL_MIRRORS.get(period)
    if rational is None:
        # No multiple of pi/d has the tangent 2, so (1, 2) is on no mirror.
        start = Matrix.column([1, 2])
        return _mirror((number(1), number(0))), _mirror((cosine(1, period), sine(1, period))), start
    first, second, vector = (tuple(map(number, entries)) for entries in rational)
    return _mirror(first), _mirror(second), Matrix.column(vector)


def _mirror(direction: tuple[Number, ...]) -> Householder:
    return Householder(direction, number(2))
