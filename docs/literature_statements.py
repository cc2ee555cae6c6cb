"""What published theorems say, and what monoscan answers: the rows of docs/literature.md.

Each row is a question with the verdict that is expected; `tests/test_literature.py` asks all of
them. Sources name a theorem only where its number is known for certain.
"""

from __future__ import annotations

from literature import NO, YES, Asked, Statement
from literature_others import OTHERS

_GRAZZI = "Grazzi, Siems et al., arXiv 2411.12537v5"
_SIEMS = "Siems et al., arXiv 2502.10297 (DeltaProduct)"
_SARROF = "Sarrof, Veitsman, Hahn, arXiv 2405.17394"
_MERRILL = "Merrill, Petty, Sabharwal, arXiv 2404.08819"
_KHAVARI = "Khavari et al., arXiv 2508.07395"
_SHAKERINAVA = "Shakerinava et al., arXiv 2603.01959"

STATEMENTS = (
    Statement(
        _GRAZZI,
        "Theorem 1",
        "With finite precision and all eigenvalues in [0, inf), no network recognises parity.",
        (
            Asked("parity", "mamba, as released", NO),
            Asked("parity", "mamba, no convolution", NO, "rounded"),
            Asked("parity", "deltanet, as released", NO),
            Asked("parity", "deltanet, no convolution", YES, "rounded"),
        ),
        "The theorem casts an exact sum once. Where every operation is rounded a DeltaNet with "
        "eigenvalues in (0, 1] recognises parity in a fixed-point format, "
        "so there is no lemma for that column.",
        claim="parity-needs-negative-eigs",
    ),
    Statement(
        _GRAZZI,
        "section 4.1",
        "One eigenvalue -1 recognises parity in one layer.",
        (
            Asked("parity", "mamba, extended", YES, depth=1),
            Asked("parity", "deltanet, extended", YES, depth=1),
        ),
        claim="parity-scalar-construction",
    ),
    Statement(
        _GRAZZI,
        "Theorem 2",
        "Counting modulo m, m no power of 2, needs a product of transitions with an eigenvalue "
        "that is not real.",
        (
            Asked("count-mod-3", "mamba, extended", NO),
            Asked("count-mod-4", "mamba, extended", YES, depth=2),
            Asked("count-mod-3", "deltanet, extended, no convolution", NO, depth=1),
        ),
        claim="mod3-needs-complex-eigs",
    ),
    Statement(
        _GRAZZI,
        "Theorem 3",
        "One layer of products of reflections tracks a group of permutations.",
        (
            Asked("s5", "deltaproduct-4, as released", YES, depth=1),
            Asked("count-mod-7", "deltaproduct-2, as released", YES, depth=1),
        ),
        "Agrees for permutations of points. The number of factors in print counts states, and in "
        "another action of the group it can be too small.",
        claim="group-one-layer",
    ),
    Statement(
        _GRAZZI,
        "Theorem 4",
        "Every regular language is recognised by some number of layers of products of n factors.",
        (Asked("cerny-4", "deltaproduct-4, as released", YES),),
        claim="regular-kr-cascade",
    ),
    Statement(
        _GRAZZI,
        "Theorem 6",
        "Two layers of one reflection a letter add modulo m.",
        (
            Asked("count-mod-3", "deltanet, extended", YES, depth=2),
            Asked("count-mod-5", "deltanet, extended", YES, depth=2),
        ),
        claim="modadd-two-layer-reflections",
    ),
    Statement(
        _GRAZZI,
        "Proposition 1 (1)",
        "A product of factors I - beta v v^T with unit v and beta in [0, 2] has norm at most 1.",
        claim="gh-norm-le-one",
    ),
    Statement(
        _GRAZZI,
        "Proposition 1 (2)",
        "Every n x n matrix of norm at most 1 is a product of 3 n such factors.",
        claim="gh-3n-suffices",
    ),
    Statement(
        _GRAZZI,
        "Proposition 1 (3)",
        "A product of two factors with beta in [0, 1] has real eigenvalues only.",
        claim="gh2-01-real-spectrum",
    ),
    Statement(
        _SIEMS,
        "Theorem 3 (i)",
        "One layer of n - 1 reflections a letter tracks all permutations of n points.",
        (
            Asked("s4", "deltaproduct-3, as released", YES, depth=1),
            Asked("s5", "deltaproduct-4, as released", YES, depth=1),
        ),
    ),
    Statement(
        _SIEMS,
        "Theorem 3 (ii)",
        "Three layers of two reflections a letter track all permutations of n points.",
        (Asked("s5", "deltaproduct-2, as released", YES, depth=3, is_cited=True),),
    ),
    Statement(
        _SIEMS,
        "Theorem 3 (iii)",
        "Four layers of one reflection a letter track all permutations of n points.",
        (Asked("s5", "deltanet, extended", YES, depth=4, is_cited=True),),
    ),
    Statement(
        _SIEMS,
        "Theorem 4",
        "One layer of two reflections a letter tracks each finite group of rotations of space.",
        (
            Asked("a5", "deltaproduct-2, as released", YES, depth=1),
            Asked("s4", "deltaproduct-2, as released", YES, depth=1),
        ),
        claim="so3-groups-two-gh",
    ),
    Statement(
        _SIEMS,
        "Theorem 5",
        "Gated DeltaProduct recognises every regular language in finitely many layers.",
        (Asked("cerny-4", "gated-deltaproduct-2, as released", YES),),
    ),
    Statement(
        _SIEMS,
        "Theorem 7",
        "Two layers of one reflection a letter track the dihedral groups.",
        (Asked("d5", "deltanet, extended", YES, depth=2),),
        "Agrees after two repairs: with the labels and the order of the product as printed the "
        "network is wrong on one letter and on two.",
        claim="dihedral-two-layer",
    ),
    Statement(
        _SIEMS,
        "Theorem 8",
        "RWKV-7 with c = 1 has two transitions whose product has a spectral radius above 1.2.",
        claim="rwkv7-unstable-pair",
    ),
    Statement(
        _SIEMS,
        "Lemma 4",
        "In blocks of ceil((k - 1)/n_h) tokens, k the points that a letter moves, n_h factors a "
        "token give the product of a block.",
        (),
        "For k < n such a block can be too short; ceil((n - 1)/n_h) tokens are enough, as in "
        "Theorem 3.",
        "gated-lemma4-block-length",
    ),
    Statement(
        _SARROF,
        "",
        "At finite precision no non-negative diagonal network recognises parity.",
        (
            Asked("parity", "mamba, as released", NO),
            Asked("parity", "mamba, no convolution", NO, "rounded"),
        ),
    ),
    Statement(
        _SARROF,
        "Theorem 4",
        "At finite precision non-negative diagonal networks model exactly the star-free languages.",
        (
            Asked("tomita-4", "mamba, as released", YES),
            Asked("ends-with-ab", "mamba, no convolution", YES, "rounded"),
            Asked("ends-with-ab", "mamba, no convolution", NO),
            Asked("count-mod-3", "mamba, as released", NO),
        ),
        "Without the convolution, and with finitely many states in exact arithmetic, a letter that "
        "is read twice does what it does once, and fewer languages are left. With the convolution, "
        "with thresholds on a decaying state, or with rounding, the theorem holds as printed.",
        claim="nonneg-diag-star-free",
    ),
    Statement(
        _SARROF,
        "",
        "Non-negative diagonal networks model flip-flops and Dyck languages of bounded depth.",
        (
            Asked("flip-flop", "mamba, as released", YES, depth=1),
            Asked("dyck-2-2", "mamba, as released", YES),
        ),
        claim="flipflop-two-layer",
    ),
    Statement(
        _MERRILL,
        "Theorem 4.4",
        "With logarithmic precision diagonal networks stay in TC0, so S5 is out of reach unless "
        "TC0 = NC1.",
        (
            Asked("s5", "mamba, extended", NO),
            Asked("a5", "mamba-3, closed", NO),
        ),
        "Agrees, and rests on less: with finitely many states the answer needs no conjecture.",
        claim="idssm-tc0",
    ),
    Statement(
        _MERRILL,
        "",
        "Networks whose matrices do not depend on the input (S4) stay in TC0 as well.",
        (Asked("s5", "s4", NO), Asked("flip-flop", "s4", NO)),
        "Agrees, and rests on less: such a network does not even keep the last write.",
    ),
    Statement(
        _MERRILL,
        "Theorem 5.2",
        "With transitions that depend on the input one layer recognises every regular language.",
        (Asked("s5", "ids4", YES, depth=1), Asked("cerny-7", "ids4", YES, depth=1)),
    ),
    Statement(
        _MERRILL,
        "Theorem 5.1",
        "A non-linear recurrent network of one layer recognises every regular language, S5 among "
        "them.",
        (Asked("s5", "rnn", YES, is_cited=True),),
        "Agrees. The answer cites another paper (Korsky and Berwick, arXiv 1906.06349), which is "
        "about networks with ReLU.",
    ),
    Statement(
        _KHAVARI,
        "",
        "Layers that do not see the input and non-negative layers, mixed, do not solve parity.",
        (Asked("parity", "s4-mamba", NO), Asked("aa-star", "s4-mamba", YES)),
        claim="parity-unified-layer",
    ),
    Statement(
        _KHAVARI,
        "",
        "One layer that sees the input and has negative entries solves parity.",
        (Asked("parity", "mamba, extended, no convolution", YES, depth=1),),
    ),
    Statement(
        _SHAKERINAVA,
        "",
        "k complex diagonal layers track a group exactly if it has a subnormal series of length k "
        "with abelian factors.",
        (
            Asked("s3", "dcd", NO, depth=1),
            Asked("s3", "dcd", YES, depth=2),
            Asked("s4", "dcd", NO, depth=2),
            Asked("s4", "dcd", YES, depth=3),
            Asked("a5", "dcd", NO),
        ),
        claim="diag-depth-derived-length",
    ),
    Statement(
        _SHAKERINAVA,
        "",
        "One such layer tracks a group exactly if it is abelian.",
        (
            Asked("z60", "dcd", YES, depth=1),
            Asked("q8", "dcd", NO, depth=1),
            Asked("q8", "dcd", YES, depth=2),
            Asked("a4", "dcd", NO, depth=1),
            Asked("a4", "dcd", YES, depth=2),
        ),
        claim="diag-trichotomy",
    ),
    *OTHERS,
)
