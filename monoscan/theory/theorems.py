"""Every theorem that the project rests on: what it says, for whom, who says so, what was checked.

A theorem with a `Forbids` is a lemma of certificates of the kind `obstruction`: the independent
checker keeps its own table of them, and a test compares the two.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias, final

WitnessType: TypeAlias = Literal[
    "unsettled",
    "cycle",
    "same-length-cycle",
    "group",
    "repeat",
    "same-length",
    "s5",
    "transient",
    "overwritten",
    "left-equivalent",
]


@final
@dataclass(frozen=True)
class Forbids:
    """What a lemma forbids.

    Attributes:
        semantics: Names of the semantics that it is about.
        classes: Ids of the classes of networks that it is about; N stands for 2, 3, ..., 64.
        witness: The type of witness that it needs.
        only_depth_1: True if it is about networks of one layer, False if about all depths.
    """

    semantics: tuple[str, ...]
    classes: tuple[str, ...]
    witness: WitnessType
    only_depth_1: bool = False

    def is_about(self, semantics: str, model_class: str) -> bool:
        """Whether the lemma speaks of this semantics and this class itself.

        >>> Forbids(("exact",), ("p-N",), "cycle").is_about("exact", "p-12")
        True
        """
        return semantics in self.semantics and any(
            _class_pattern(pattern).fullmatch(model_class) for pattern in self.classes
        )


@cache
def _class_pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace("N", "([2-9]|[1-5][0-9]|6[0-4])"))


@final
@dataclass(frozen=True)
class Theorem:
    """A theorem, lemma or fact of the literature or of our own.

    Attributes:
        key: Kebab-case.
        statement: In words.
        hypotheses: What has to hold besides; empty if the statement says everything.
        source: Paper with theorem number, or "our own result".
        checked: What we did ourselves: proved on a page, tested, or only cited.
        page: The page under docs/ with the proof; empty if it is only cited.
        forbids: What it forbids to networks, for a lemma of certificates.
    """

    key: str
    statement: str
    hypotheses: str
    source: str
    checked: str
    page: str = ""
    forbids: Forbids | None = None

    @property
    def is_proved_here(self) -> bool:
        """Whether a page of the project proves it."""
        return bool(self.page)


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
        near = difflib.get_close_matches(key, _THEOREMS, n=3, cutoff=0.3) or list(_THEOREMS)[:3]
        raise UnknownTheoremError(f"there is no theorem {key!r}; nearest: {', '.join(near)}")
    return _THEOREMS[key]


_EXACT = ("exact",)
_FINITE = "exact arithmetic; the set of reachable states is finite; any read-out tables"
_SATURATING = "a rounding that is non-decreasing and saturates"
_PSD = (
    "diagonal-nonnegative",
    "householder-nonnegative",
    "gated-householder-nonnegative",
    "diagonal-householder-nonnegative",
)
_REAL = ("diagonal-nonnegative", "diagonal-real", "triangular-real")
_DIAGONAL = (*_REAL[:2], "time-invariant-diagonal", "mixed-diagonal", "diagonal-complex")
_ONE_FACTOR = (
    "householder-nonnegative",
    "householder",
    "gated-householder-nonnegative",
    "gated-householder",
)
_PROVED = "proved on the page; its steps are tested on exact random instances"
_CITED = "cited, not checked"


_CATALOGUE = (
    Theorem(
        "sign-lemma",
        "If all eigenvalues of all transition matrices are real and >= 0, the answers along the "
        "powers of a letter are eventually constant.",
        "exact with threshold read-outs or finitely many states; or cast-unrolled, saturating",
        "Grazzi, Siems et al., arXiv 2411.12537, Theorem 1 and Lemma 1 (cast-unrolled)",
        _PROVED,
        "lemmas/sign-lemma.md",
        Forbids(("exact", "cast-unrolled"), ("spectrum-nonnegative",), "unsettled"),
    ),
    Theorem(
        "monotone-rounding",
        "With diagonal matrices, written as such, with entries >= 0 the answers along the powers "
        "of a word are eventually constant.",
        _SATURATING,
        "our own proof; the mechanism is that of Nowak et al., arXiv 2606.01765 (not checked)",
        _PROVED,
        "lemmas/monotone-rounding.md",
        Forbids(("op-round",), ("diagonal-nonnegative",), "unsettled"),
    ),
    Theorem(
        "psd-lemma",
        "With symmetric matrices of spectrum in [0, 1] and one rounding a step the answers along "
        "the powers of a letter are eventually constant.",
        _SATURATING,
        "our own result",
        _PROVED,
        "lemmas/psd-lemma.md",
        Forbids(("seq-round",), ("symmetric-spectrum-in-0-1",), "unsettled"),
    ),
    Theorem(
        "monotone-rounding-aperiodic",
        "With diagonal matrices, written as such, with entries >= 0 only aperiodic (star-free) "
        "languages are recognised, at any depth.",
        _SATURATING,
        "our own proof; Sarrof et al., arXiv 2405.17394, Theorem 4; Nowak et al., arXiv 2606.01765",
        _PROVED,
        "lemmas/monotone-rounding.md",
        Forbids(("op-round", "seq-round"), ("diagonal-nonnegative",), "cycle"),
    ),
    Theorem(
        "signed-rounding-two-groups",
        "With real diagonal matrices, written as such, k layers make no cycle of a length that "
        "does not divide 2^k.",
        _SATURATING,
        "our own proof; the mechanism is that of Nowak et al., arXiv 2606.01765 (not checked)",
        _PROVED,
        "lemmas/signed-rounding-two-groups.md",
        Forbids(("op-round", "seq-round"), ("diagonal-nonnegative", "diagonal-real"), "cycle"),
    ),
    Theorem(
        "psd-products-aperiodic",
        "If every transition matrix is a product of symmetric matrices with spectrum in [0, 1], "
        "only aperiodic (star-free) languages are recognised, at any depth.",
        _FINITE,
        "our own result",
        _PROVED,
        "lemmas/psd-products-aperiodic.md",
        Forbids(_EXACT, (*_PSD, "householder-product-N-nonnegative"), "cycle"),
    ),
    Theorem(
        "idempotent-letters",
        "If every transition matrix is a product of at most two symmetric matrices with spectrum "
        "in [0, 1], every letter acts as its square, at any depth.",
        _FINITE,
        "our own result",
        _PROVED,
        "lemmas/idempotent-letters.md",
        Forbids(_EXACT, (*_PSD, "householder-product-2-nonnegative"), "repeat"),
    ),
    Theorem(
        "real-spectrum-two-groups",
        "If in each layer all products of transition matrices have real eigenvalues only, then k "
        "layers make no cycle of a length that does not divide 2^k.",
        _FINITE,
        "Grazzi, Siems et al., arXiv 2411.12537, Theorem 2 (cast-unrolled); exact: our own proof",
        _PROVED,
        "lemmas/real-spectrum-two-groups.md",
        Forbids(_EXACT, _REAL, "cycle"),
    ),
    Theorem(
        "elementary-two-series",
        "With real triangular matrices, k layers make only groups that have a normal series of "
        "length k whose factors are elementary abelian 2-groups.",
        _FINITE,
        "our own proof, after Shakerinava et al., arXiv 2603.01959",
        _PROVED,
        "lemmas/diagonal-derived-length.md",
        Forbids(_EXACT, _REAL, "group"),
    ),
    Theorem(
        "diagonal-derived-length",
        "With complex triangular (so with diagonal) matrices, k layers make only solvable groups "
        "of derived length at most k.",
        _FINITE,
        "Shakerinava et al., arXiv 2603.01959 (diagonal, groups); monoids and triangular: our own",
        _PROVED,
        "lemmas/diagonal-derived-length.md",
        Forbids(
            _EXACT,
            (
                *_REAL,
                "time-invariant-diagonal",
                "mixed-diagonal",
                "diagonal-complex",
                "triangular-complex",
            ),
            "group",
        ),
    ),
    Theorem(
        "time-invariant-length-only",
        "If in each layer all transition matrices are the same diagonal matrix, the states depend "
        "on the length of the word and its last letter only.",
        _FINITE,
        "our own proof; compare Sarrof et al., arXiv 2405.17394, section 4",
        _PROVED,
        "lemmas/time-invariant-length-only.md",
        Forbids(_EXACT, ("time-invariant-diagonal",), "same-length"),
    ),
    Theorem(
        "time-invariant-transient",
        "If in each layer all transition matrices are the same diagonal matrix, then along the "
        "powers of a letter the states are periodic from the first occurrence of the letter on.",
        _FINITE,
        "our own proof",
        _PROVED,
        "lemmas/time-invariant-length-only.md",
        Forbids(_EXACT, ("time-invariant-diagonal",), "transient"),
    ),
    Theorem(
        "mixed-quasi-aperiodic",
        "If each layer has one diagonal matrix for all inputs, or diagonal matrices with entries "
        "in [0, 1], only quasi-aperiodic languages are recognised, at any depth.",
        _FINITE,
        "our own proof; Khavari et al., arXiv 2508.07395 (parity)",
        _PROVED,
        "lemmas/mixed-quasi-aperiodic.md",
        Forbids(_EXACT, ("mixed-diagonal", "time-invariant-diagonal"), "same-length-cycle"),
    ),
    Theorem(
        "one-reflection-order-two",
        "If every head of a single layer has one Householder factor, a letter makes cycles of "
        "length at most 2.",
        _FINITE,
        "our own proof; Grazzi, Siems et al., arXiv 2411.12537, Theorem 2 with one layer",
        _PROVED,
        "lemmas/one-reflection-order-two.md",
        Forbids(_EXACT, _ONE_FACTOR, "cycle", only_depth_1=True),
    ),
    Theorem(
        "s5-four-householders",
        "A single layer in which every head is a contraction with at most one pair of non-real "
        "eigenvalues on the unit circle does not track S5 with the letters (1 2 3 4 5) and (1 2).",
        _FINITE,
        "Siems, Grazzi et al., arXiv 2609.24797, Theorem 22",
        _CITED,
        "",
        Forbids(
            _EXACT,
            (
                *_ONE_FACTOR,
                "householder-product-2",
                "householder-product-3",
                "gated-householder-product-2",
                "gated-householder-product-3",
                "diagonal-householder",
            ),
            "s5",
            only_depth_1=True,
        ),
    ),
    Theorem(
        "open-range-no-groups",
        "With diagonal entries of modulus below 1, or with one Householder factor a head and beta "
        "strictly between 0 and 2, only aperiodic languages are recognised, at any depth.",
        _FINITE,
        "our own proof; Grazzi, Siems et al., arXiv 2411.12537, Proposition 1 (eigenvalues)",
        _PROVED,
        "lemmas/open-range-no-groups.md",
        Forbids(_EXACT, ("diagonal-open", "householder-open"), "cycle"),
    ),
    Theorem(
        "one-layer-letter-index",
        "In a single layer of matrices that are diagonalisable, or only have no Jordan block of "
        "size 2 for the eigenvalue 0, a letter leads at once into the cycle that it makes.",
        _FINITE,
        "our own proof",
        _PROVED,
        "lemmas/one-layer-letter-index.md",
        Forbids(_EXACT, (*_DIAGONAL, *_ONE_FACTOR), "transient", only_depth_1=True),
    ),
    Theorem(
        "nonnegative-word-index",
        "With diagonal matrices with entries in [0, 1], k layers are in the same states after the "
        "k-th and after each later repetition of a word.",
        _FINITE,
        "our own proof",
        _PROVED,
        "lemmas/diagonal-word-index.md",
        Forbids(_EXACT, ("diagonal-nonnegative",), "transient"),
    ),
    Theorem(
        "real-word-index",
        "With real diagonal matrices, the states of k layers are periodic along the repetitions "
        "of a word, from the repetition number 2^k - 1 on.",
        _FINITE,
        "our own proof",
        _PROVED,
        "lemmas/diagonal-word-index.md",
        Forbids(_EXACT, ("diagonal-nonnegative", "diagonal-real"), "transient"),
    ),
    Theorem(
        "one-layer-right-regular-band",
        "With a single layer of diagonal matrices with entries in [0, 1], what comes before a "
        "word with the same letters does not count.",
        _FINITE,
        "our own proof",
        _PROVED,
        "lemmas/one-layer-diagonal.md",
        Forbids(_EXACT, ("diagonal-nonnegative",), "overwritten", only_depth_1=True),
    ),
    Theorem(
        "one-layer-diagonal-real",
        "With a single layer of real diagonal matrices, all that counts of what comes before a "
        "word with the same letters is how often each letter occurs in it, modulo 2.",
        _FINITE,
        "our own proof",
        _PROVED,
        "lemmas/one-layer-diagonal.md",
        Forbids(
            _EXACT, ("diagonal-nonnegative", "diagonal-real"), "overwritten", only_depth_1=True
        ),
    ),
    Theorem(
        "one-layer-diagonal-complex",
        "With a single layer of diagonal matrices, all that counts of what comes before a word "
        "with the same letters is how often each letter occurs in it, modulo some number.",
        _FINITE,
        "our own proof",
        _PROVED,
        "lemmas/one-layer-diagonal.md",
        Forbids(_EXACT, _DIAGONAL, "overwritten", only_depth_1=True),
    ),
    Theorem(
        "one-layer-contractions",
        "With a single layer of matrices of spectral norm at most 1, L-equivalent idempotents of "
        "the syntactic monoid are equal: a first letter is not remembered.",
        _FINITE,
        "our own proof",
        _PROVED,
        "lemmas/one-layer-contractions.md",
        Forbids(
            _EXACT,
            (
                *_DIAGONAL,
                *_ONE_FACTOR,
                "householder-product-N-nonnegative",
                "householder-product-N",
                "gated-householder-product-N",
                "diagonal-householder-nonnegative",
                "diagonal-householder",
            ),
            "left-equivalent",
            only_depth_1=True,
        ),
    ),
    Theorem(
        "one-layer-l-trivial",
        "With a single layer whose matrices are products of symmetric matrices with spectrum in "
        "[0, 1], or shorten what they do not fix, only L-trivial languages are recognised.",
        _FINITE,
        "our own proof",
        _PROVED,
        "lemmas/one-layer-contractions.md",
        Forbids(
            _EXACT,
            (*_PSD, "householder-product-N-nonnegative", "diagonal-open", "householder-open"),
            "left-equivalent",
            only_depth_1=True,
        ),
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
        _CITED,
    ),
    Theorem(
        "quasi-aperiodic-ac0",
        "A regular language is in AC0 exactly if it is quasi-aperiodic.",
        "",
        "D. A. Mix Barrington, K. Compton, H. Straubing and D. Thérien, 1992",
        _CITED,
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
        _PROVED,
        "lemmas/householder-norm.md",
    ),
    Theorem(
        "open-range-eigenvalues",
        "A product of factors I - beta v v^T / (v.v) with every beta in [0, 2) has no eigenvalue "
        "of modulus 1 other than 1.",
        "",
        "Grazzi, Siems et al., arXiv 2411.12537v5, Proposition 1 (3)",
        _PROVED,
        "lemmas/open-range-eigenvalues.md",
    ),
    Theorem(
        "two-factor-spectrum",
        "A product of two factors I - beta v v^T / (v.v) has the eigenvalue 1 and the roots of "
        "x^2 - t x + d: in [0, 1] if both betas are, real if both are >= 0 and one is <= 1.",
        "",
        "Grazzi, Siems et al., arXiv 2411.12537v5, Proposition 1 (3); Siems et al., arXiv "
        "2502.10297, Proposition 1",
        _PROVED,
        "lemmas/two-factor-spectrum.md",
    ),
    Theorem(
        "contraction-factors",
        "A real n x n matrix of norm at most 1 is a product of at most 2n - 1 factors "
        "I - beta v v^T / (v.v) with beta in [0, 2].",
        "",
        "our own result; 3n: Grazzi, Siems et al., arXiv 2411.12537v5, Proposition 1 (2)",
        _PROVED,
        "lemmas/contraction-factors.md",
    ),
    Theorem(
        "swap-copy-products",
        "The n x n matrix of a map f of n points is a product of n - c swaps and copies, and of "
        "no fewer factors I - (a matrix of rank 1); c is the number of components of x -> f(x).",
        "",
        "our own result; n factors: Peng et al., arXiv 2503.14456, appendix D, Lemma 3",
        _PROVED,
        "lemmas/swap-copy-products.md",
    ),
    Theorem(
        "affine-fixed-points",
        "An affine map is the identity on the affine span of the points that it fixes.",
        "",
        "Chung et al., arXiv 2605.07755; our own proof",
        _PROVED,
        "lemmas/affine-fixed-points.md",
    ),
    Theorem(
        "pigeonhole-copy",
        "A model that reads a word into one of N states and then writes it back is right on at "
        "most N words.",
        "the state after reading is all that the writing depends on",
        "Jelassi et al., arXiv 2402.01032; our own proof",
        _PROVED,
        "lemmas/pigeonhole-copy.md",
    ),
)
_THEOREMS = {theorem.key: theorem for theorem in _CATALOGUE}
