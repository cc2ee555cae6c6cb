"""Open parameter ranges: what gates from a sigmoid, a tanh or a softplus can reach."""

from fractions import Fraction

from monoscan.theory.model_classes.catalogue import register
from monoscan.theory.model_classes.model_class import ModelClass
from monoscan.theory.model_classes.number_sets import Interval, Moduli, between, closed
from monoscan.theory.model_classes.shapes import DiagonalEntries, Factors, RankOneUpdate

LEAST_DECAY = Fraction(109, 200)
"""The bound 0.545 of RWKV-7: its decays are exp(-exp(-1/2) s) with 0 < s < 1, above 0.5452."""

_NOTE = (
    "All eigenvalues have a modulus below 1, so with finitely many states and without delays only "
    "{}; what a network keeps besides, it keeps up to a finite length "
    "(docs/lemmas/strictly-stable-letters.md)."
)
_LAST_LETTER = _NOTE.format("the last letter counts")

register(
    ModelClass(
        "diagonal-open",
        "diag(a), a in (0, 1)^n",
        "diagonal, entries in the open interval (0, 1)",
        DiagonalEntries(between(0, 1)),
        "Gu and Dao, arXiv 2312.00752, with the ranges that its parametrisation reaches",
        ("diagonal-nonnegative", "diagonal-real-open"),
        note=_NOTE.format("one state is reached, as these matrices are invertible"),
        closure_contains="diagonal-nonnegative",
        place=10,
    )
)
register(
    ModelClass(
        "diagonal-real-open",
        "diag(a), a in (-1, 1)^n",
        "diagonal, entries in the open interval (-1, 1)",
        DiagonalEntries(between(-1, 1)),
        "Grazzi, Siems et al., arXiv 2411.12537, section 4, with entries 2 sigmoid - 1",
        ("diagonal-real", "diagonal-complex-open", "householder-open"),
        note=_LAST_LETTER,
        closure_contains="diagonal-real",
        place=20,
    )
)
register(
    ModelClass(
        "diagonal-complex-open",
        "diag(a), a complex, |a| < 1",
        "diagonal, complex entries of modulus below 1",
        DiagonalEntries(Moduli(Interval(0, 1, "[)"))),
        "Katsch, arXiv 2311.01927, where the modulus is a sigmoid",
        ("diagonal-complex",),
        note=_LAST_LETTER,
        closure_contains="diagonal-complex",
        place=30,
    )
)
register(
    ModelClass(
        "householder-open",
        "I - b k k^T, b in (0, 2)",
        "I - beta k k^T with a unit key k and beta in the open interval (0, 2)",
        Factors(1, between(0, 2)),
        "Grazzi, Siems et al., arXiv 2411.12537, with beta = 2 sigmoid",
        ("householder",),
        note="beta = 1 lies inside, and I - k k^T overwrites an entry of the state, or keeps it "
        "where k points along a dummy one. So this class recognises what diagonal-nonnegative "
        "does, with as many layers (docs/lemmas/householder-open.md).",
        closure_contains="householder",
        place=40,
    )
)
register(
    ModelClass(
        "rwkv-7-released",
        "diag(w) - (k o a) k^T, w in (0.545, 1)^n, a in (0, 1)^n",
        "diag(w) - (k o a) k^T with a unit key k, w in (0.545, 1)^n and a in (0, 1)^n",
        RankOneUpdate(
            w=between(LEAST_DECAY, 1), a=between(0, 1), c=closed(1, 1), is_symmetric=True
        ),
        "Peng et al., arXiv 2503.14456",
        ("diagonal-plus-rank-one-transposed",),
        note=f"{_LAST_LETTER} Exact networks are made of the symmetric ones of these matrices.",
        closure_contains="householder-nonnegative",
        place=50,
    )
)
