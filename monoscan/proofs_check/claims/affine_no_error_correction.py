"""An affine map that fixes states is the identity on their affine span: it corrects no error."""

from __future__ import annotations

from fractions import Fraction

from monoscan.proofs_check.certificates.identity import IsZero, identity, variables
from monoscan.proofs_check.certificates.matrix_fact import IsProduct, matrix_fact
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.claims.orthogonal_n_reflections import rotation
from monoscan.proofs_check.matrix_identities import fixed_points_spread
from monoscan.proofs_check.matrix_rows import identities, instances
from monoscan.theory.matrix import Matrix
from monoscan.theory.transition import Dense

_ORDERS = (2, 3, 4, 5, 6, 8, 12)


@claim(
    statement=(
        "If an affine map, such as the map of a word in a linear RNN layer, fixes some states, it "
        "fixes every point of their affine span; so it does not shrink an error in a direction "
        "along which fixed states differ."
    ),
    sources=("Chung et al., arXiv 2605.07755",),
    provenance="the statement is second hand; the identities are our own proof",
    tags=("matrix-fact", "impossibility", "stability"),
)
def affine_no_error_correction() -> tuple[Row, ...]:
    """The rows: the span symbolically, all sizes, contractions, and the trackers of Z_m."""
    return (
        instances(
            "span",
            "An affine map that fixes n + 1 points fixes every affine combination of them",
            "all real affine maps x -> A x + b and points, n = 1, 2, 3",
            lambda: {f"dimension-{n}": fixed_points_spread(n) for n in (1, 2, 3)},
            3,
            "A y + b - y is a combination of A x + b - x at the points",
            kind="identity",
        ),
        identities(
            "all-sizes",
            "An affine map fixes every point of the affine span of the points that it fixes",
            "all dimensions and numbers of points",
            lambda: fixed_points_spread(3, "affine-fixed-points"),
            "the identity with 4 points in dimension 3; affine-fixed-points",
            lemma="affine-fixed-points",
        ),
        identities(
            "contraction",
            "A scalar map x -> a x + b with two fixed points has a = 1, so it is no contraction",
            "all real a, b and x0 != x1",
            _scalar,
            "1 - a is a multiple of what the fixed points make 0",
        ),
        instances(
            "rotations",
            "The rotation by 2 pi/m that counts modulo m returns after m letters to exactly the "
            "identity: an error of the state is still there",
            "m = 2, 3, 4, 5, 6, 8, 12",
            lambda: {f"order-{m}": _returns(m) for m in _ORDERS},
            len(_ORDERS),
            "m factors multiplied out",
        ),
    )


def _scalar() -> Certificate:
    a, b, x, y, t = variables("a", "b", "x0", "x1", "t")
    zero = [a * x + b - x, a * y + b - y, t * (x - y) - 1]
    step = IsZero(1 - a, ((1, t), (0, -t), (2, a - 1)))
    return identity([a, b, x, y, t], [step], zero=zero)


def _returns(order: int) -> Certificate:
    turn = Matrix.identity(2).scale(Fraction(-1)) if order == 2 else rotation(order)
    return matrix_fact(Matrix.identity(2), [IsProduct((Dense(turn),) * order)])
