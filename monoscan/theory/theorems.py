"""Every theorem that the project rests on: what it says, for whom, who says so, what was checked.

The lemmas of certificates of the kind `obstruction` are in `monoscan.theory.lemmas`; what else is
used or cited is listed here.
"""

from __future__ import annotations

import difflib

from monoscan.theory.lemmas import LEMMAS
from monoscan.theory.theorem import CITED, PROVED, Forbids, Theorem, WitnessType

__all__ = [
    "Forbids",
    "Theorem",
    "UnknownTheoremError",
    "WitnessType",
    "all_theorems",
    "get_theorem",
]


class UnknownTheoremError(ValueError):
    """A key that no theorem has; the message names the nearest ones."""


def all_theorems() -> tuple[Theorem, ...]:
    """All theorems, in the order of the catalogue.

    >>> all_theorems()[0].key
    'sign-lemma'
    """
    return _CATALOGUE


def get_theorem(key: str) -> Theorem:
    """The theorem of that key.

    Raises:
        UnknownTheoremError: If there is none.

    >>> get_theorem("idempotent-letters").forbids.witness
    'repeat'
    """
    if key not in _THEOREMS:
        near = difflib.get_close_matches(key, _THEOREMS, n=3, cutoff=0)
        raise UnknownTheoremError(f"there is no theorem {key!r}; nearest: {', '.join(near)}")
    return _THEOREMS[key]


_CATALOGUE = (
    *LEMMAS,
    Theorem(
        "householder-open",
        "Layers of I - beta k k^T with beta in the open interval (0, 2) recognise what as many "
        "layers of diagonal matrices with entries in [0, 1] recognise; with one layer, or with "
        "any number, nothing more.",
        "exact arithmetic; the set of reachable states is finite; any read-out tables",
        "our own proof",
        PROVED,
        "lemmas/householder-open.md",
    ),
    Theorem(
        "krohn-rhodes",
        "Every automaton is covered by a cascade of permutation-reset automata; without groups "
        "exactly if its syntactic monoid is aperiodic.",
        "",
        "K. Krohn and J. Rhodes, Algebraic theory of machines I, 1965; Eilenberg, vol. B, 1976",
        "cited; each cascade is verified on its own, by two programs",
    ),
    Theorem(
        "star-free-aperiodic",
        "A regular language is star-free exactly if its syntactic monoid is aperiodic.",
        "",
        "M.-P. Schützenberger, On finite monoids having only trivial subgroups, 1965",
        CITED,
    ),
    Theorem(
        "quasi-aperiodic-ac0",
        "A regular language is in AC0 exactly if it is quasi-aperiodic.",
        "",
        "D. A. Mix Barrington, K. Compton, H. Straubing and D. Thérien, 1992",
        CITED,
    ),
    Theorem(
        "scherk",
        "An orthogonal matrix A is a product of rank(A - I) reflections, and of no fewer.",
        "",
        "P. Scherk, On the decomposition of orthogonalities into symmetries, 1950",
        "cited; every factorisation is multiplied out, the lower bound is a rank",
    ),
    Theorem(
        "householder-norm",
        "A product of factors I - beta v v^T / (v.v) with every beta in [0, 2] has norm <= 1.",
        "",
        "Grazzi, Siems et al., arXiv 2411.12537v5, Proposition 1 (1)",
        PROVED,
        "lemmas/householder-norm.md",
    ),
    Theorem(
        "open-range-eigenvalues",
        "A product of factors I - beta v v^T / (v.v) with every beta in [0, 2) has no eigenvalue "
        "of modulus 1 other than 1.",
        "",
        "Grazzi, Siems et al., arXiv 2411.12537v5, Proposition 1 (3)",
        PROVED,
        "lemmas/open-range-eigenvalues.md",
    ),
    Theorem(
        "two-factor-spectrum",
        "A product of two factors I - beta v v^T / (v.v) has the eigenvalue 1 and the roots of "
        "x^2 - t x + d: in [0, 1] if both betas are, real if both are >= 0 and one is <= 1.",
        "",
        "Grazzi, Siems et al., arXiv 2411.12537v5, Proposition 1 (3); Siems et al., arXiv "
        "2502.10297, Proposition 1",
        PROVED,
        "lemmas/two-factor-spectrum.md",
    ),
    Theorem(
        "contraction-factors",
        "A real n x n matrix of norm at most 1 is a product of at most 2n - 1 factors "
        "I - beta v v^T / (v.v) with beta in [0, 2].",
        "",
        "our own result; 3n: Grazzi, Siems et al., arXiv 2411.12537v5, Proposition 1 (2)",
        PROVED,
        "lemmas/contraction-factors.md",
    ),
    Theorem(
        "swap-copy-products",
        "The n x n matrix of a map f of n points is a product of n - c swaps and copies, and of "
        "no fewer factors I - (a matrix of rank 1); c is the number of components of x -> f(x).",
        "",
        "our own result; n factors: Peng et al., arXiv 2503.14456, appendix D, Lemma 3",
        PROVED,
        "lemmas/swap-copy-products.md",
    ),
    Theorem(
        "affine-fixed-points",
        "An affine map is the identity on the affine span of the points that it fixes.",
        "",
        "Chung et al., arXiv 2605.07755; our own proof",
        PROVED,
        "lemmas/affine-fixed-points.md",
    ),
    Theorem(
        "pigeonhole-copy",
        "A model that reads a word into one of N states and then writes it back is right on at "
        "most N words.",
        "the state after reading is all that the writing depends on",
        "Jelassi et al., arXiv 2402.01032; our own proof",
        PROVED,
        "lemmas/pigeonhole-copy.md",
    ),
)
_THEOREMS = {theorem.key: theorem for theorem in _CATALOGUE}
