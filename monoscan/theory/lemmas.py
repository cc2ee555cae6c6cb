"""The lemmas of obstructions: theorems that forbid something to classes of networks.

The independent checker keeps its own table of them, and a test compares the two.
"""

from __future__ import annotations

from monoscan.theory.theorem import PROVED, Forbids, Theorem

_EXACT = ("exact",)
_FINITE = "exact arithmetic; the set of reachable states is finite; any read-out tables"
_SATURATING = "a rounding that is non-decreasing and saturates"
_PSD = (
    "diagonal-nonnegative",
    "householder-nonnegative",
    "gated-householder-nonnegative",
    "diagonal-householder-nonnegative",
)
_PSD_PRODUCTS = ("householder-product-N-nonnegative", "gated-householder-product-N-nonnegative")
_REAL = ("diagonal-nonnegative", "diagonal-real", "triangular-real")
_DIAGONAL = (*_REAL[:2], "time-invariant-diagonal", "mixed-diagonal", "diagonal-complex")
_ONE_FACTOR = (
    "householder-nonnegative",
    "householder",
    "gated-householder-nonnegative",
    "gated-householder",
    "scalar-plus-rank-one",
)

LEMMAS = (
    Theorem(
        "sign-lemma",
        "If all eigenvalues of all transition matrices are real and >= 0, the answers along the "
        "powers of a letter are eventually constant.",
        "exact with threshold read-outs or finitely many states; or cast-unrolled, saturating",
        "Grazzi, Siems et al., arXiv 2411.12537, Theorem 1 and Lemma 1 (cast-unrolled)",
        PROVED,
        "lemmas/sign-lemma.md",
        Forbids(("exact", "cast-unrolled"), ("spectrum-nonnegative",), "unsettled"),
    ),
    Theorem(
        "monotone-rounding",
        "With diagonal matrices, written as such, with entries >= 0 the answers along the powers "
        "of a word are eventually constant.",
        _SATURATING,
        "our own proof; the mechanism is that of Nowak et al., arXiv 2606.01765 (not checked)",
        PROVED,
        "lemmas/monotone-rounding.md",
        Forbids(("op-round",), ("diagonal-nonnegative",), "unsettled"),
    ),
    Theorem(
        "psd-lemma",
        "With symmetric matrices of spectrum in [0, 1] and one rounding a step the answers along "
        "the powers of a letter are eventually constant.",
        _SATURATING,
        "our own result",
        PROVED,
        "lemmas/psd-lemma.md",
        Forbids(("seq-round",), ("symmetric-spectrum-in-0-1",), "unsettled"),
    ),
    Theorem(
        "monotone-rounding-aperiodic",
        "With diagonal matrices, written as such, with entries >= 0 only aperiodic (star-free) "
        "languages are recognised, at any depth.",
        _SATURATING,
        "our own proof; Sarrof et al., arXiv 2405.17394, Theorem 4; Nowak et al., arXiv 2606.01765",
        PROVED,
        "lemmas/monotone-rounding.md",
        Forbids(("op-round", "seq-round"), ("diagonal-nonnegative",), "cycle"),
    ),
    Theorem(
        "signed-rounding-two-groups",
        "With real diagonal matrices, written as such, k layers make no cycle of a length that "
        "does not divide 2^k.",
        _SATURATING,
        "our own proof; the mechanism is that of Nowak et al., arXiv 2606.01765 (not checked)",
        PROVED,
        "lemmas/signed-rounding-two-groups.md",
        Forbids(("op-round", "seq-round"), ("diagonal-nonnegative", "diagonal-real"), "cycle"),
    ),
    Theorem(
        "psd-products-aperiodic",
        "If every transition matrix is a product of symmetric matrices with spectrum in [0, 1], "
        "only aperiodic (star-free) languages are recognised, at any depth.",
        _FINITE,
        "our own result",
        PROVED,
        "lemmas/psd-products-aperiodic.md",
        Forbids(_EXACT, (*_PSD, *_PSD_PRODUCTS), "cycle"),
    ),
    Theorem(
        "idempotent-letters",
        "If every transition matrix is a product of at most two symmetric matrices with spectrum "
        "in [0, 1], or one Householder factor a head with beta strictly between 0 and 2, a letter "
        "acts as its square, at any depth.",
        _FINITE,
        "our own result",
        PROVED,
        "lemmas/idempotent-letters.md",
        Forbids(
            _EXACT,
            (
                *(*_PSD, "householder-open"),
                *(pattern.replace("N", "2") for pattern in _PSD_PRODUCTS),
            ),
            "repeat",
        ),
    ),
    Theorem(
        "real-spectrum-two-groups",
        "If in each layer all products of transition matrices have real eigenvalues only, then k "
        "layers make no cycle of a length that does not divide 2^k.",
        _FINITE,
        "Grazzi, Siems et al., arXiv 2411.12537, Theorem 2 (cast-unrolled); exact: our own proof",
        PROVED,
        "lemmas/real-spectrum-two-groups.md",
        Forbids(_EXACT, _REAL, "cycle"),
    ),
    Theorem(
        "elementary-two-series",
        "With real triangular matrices, k layers make only groups that have a normal series of "
        "length k whose factors are elementary abelian 2-groups.",
        _FINITE,
        "our own proof, after Shakerinava et al., arXiv 2603.01959",
        PROVED,
        "lemmas/diagonal-derived-length.md",
        Forbids(_EXACT, _REAL, "group"),
    ),
    Theorem(
        "diagonal-derived-length",
        "With complex triangular (so with diagonal) matrices, k layers make only solvable groups "
        "of derived length at most k.",
        _FINITE,
        "Shakerinava et al., arXiv 2603.01959 (diagonal, groups); monoids and triangular: our own",
        PROVED,
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
        PROVED,
        "lemmas/time-invariant-length-only.md",
        Forbids(_EXACT, ("time-invariant-diagonal",), "inequivalent"),
    ),
    Theorem(
        "time-invariant-transient",
        "If in each layer all transition matrices are the same diagonal matrix, then along the "
        "powers of a letter the states are periodic from the first occurrence of the letter on.",
        _FINITE,
        "our own proof",
        PROVED,
        "lemmas/time-invariant-length-only.md",
        Forbids(_EXACT, ("time-invariant-diagonal",), "transient"),
    ),
    Theorem(
        "mixed-quasi-aperiodic",
        "If in each layer every transition matrix is diagonal with entries in [0, 1], times a "
        "diagonal matrix that is the same for all inputs, only quasi-aperiodic languages are "
        "recognised, at any depth.",
        _FINITE,
        "our own proof; Khavari et al., arXiv 2508.07395 (parity)",
        PROVED,
        "lemmas/mixed-quasi-aperiodic.md",
        Forbids(
            _EXACT,
            ("diagonal-common-phase", "mixed-diagonal", "time-invariant-diagonal"),
            "same-length-cycle",
        ),
    ),
    Theorem(
        "one-reflection-order-two",
        "If every head of a single layer has one Householder factor, a letter makes cycles of "
        "length at most 2.",
        _FINITE,
        "our own proof; Grazzi, Siems et al., arXiv 2411.12537, Theorem 2 with one layer",
        PROVED,
        "lemmas/one-reflection-order-two.md",
        Forbids(_EXACT, _ONE_FACTOR, "cycle", only_depth_1=True),
    ),
    Theorem(
        "s5-four-householders",
        "A single layer in which every head is a contraction with at most one pair of non-real "
        "eigenvalues on the unit circle does not track S5 with the letters (1 2 3 4 5) and (1 2).",
        _FINITE,
        "our own proof; the statement is Siems, Grazzi et al., arXiv 2609.24797, Theorem 22",
        PROVED,
        "lemmas/s5-four-householders.md",
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
        "With one Householder factor a head and beta strictly between 0 and 2, only aperiodic "
        "(star-free) languages are recognised, at any depth.",
        _FINITE,
        "our own proof; Grazzi, Siems et al., arXiv 2411.12537, Proposition 1 (eigenvalues)",
        PROVED,
        "lemmas/open-range-no-groups.md",
        Forbids(_EXACT, ("householder-open",), "cycle"),
    ),
    Theorem(
        "strictly-stable-letters",
        "If in each layer every transition matrix is diagonalisable with eigenvalues of modulus "
        "below 1, the states after a word depend on its last letter only, at any depth.",
        _FINITE,
        "our own result",
        PROVED,
        "lemmas/strictly-stable-letters.md",
        Forbids(
            _EXACT,
            (
                *("diagonal-open", "diagonal-real-open", "diagonal-complex-open"),
                "rwkv-7-released",
            ),
            "inequivalent",
        ),
    ),
    Theorem(
        "open-diagonal-one-state",
        "With diagonal matrices whose entries lie strictly between 0 and 1 only one state is "
        "reachable, at any depth: the languages recognised are the empty one and that of all "
        "words.",
        _FINITE,
        "our own result",
        PROVED,
        "lemmas/strictly-stable-letters.md",
        Forbids(_EXACT, ("diagonal-open",), "inequivalent"),
    ),
    Theorem(
        "one-layer-letter-index",
        "In a single layer of matrices that are diagonalisable, or only have no Jordan block of "
        "size 2 for the eigenvalue 0, a letter leads at once into the cycle that it makes.",
        _FINITE,
        "our own proof",
        PROVED,
        "lemmas/one-layer-letter-index.md",
        Forbids(_EXACT, (*_DIAGONAL, *_ONE_FACTOR), "transient", only_depth_1=True),
    ),
    Theorem(
        "nonnegative-word-index",
        "With diagonal matrices with entries in [0, 1], k layers are in the same states after the "
        "k-th and after each later repetition of a word.",
        _FINITE,
        "our own proof",
        PROVED,
        "lemmas/diagonal-word-index.md",
        Forbids(_EXACT, ("diagonal-nonnegative",), "transient"),
    ),
    Theorem(
        "real-word-index",
        "With real diagonal matrices, the states of k layers are periodic along the repetitions "
        "of a word, from the repetition number 2^k - 1 on.",
        _FINITE,
        "our own proof",
        PROVED,
        "lemmas/diagonal-word-index.md",
        Forbids(_EXACT, ("diagonal-nonnegative", "diagonal-real"), "transient"),
    ),
    Theorem(
        "one-layer-right-regular-band",
        "With a single layer of diagonal matrices with entries in [0, 1], or of one factor a head "
        "with beta < 2 (in [0, 1] with a gate), what comes before a word with the same letters "
        "does not count.",
        _FINITE,
        "our own proof",
        PROVED,
        "lemmas/one-layer-diagonal.md",
        Forbids(_EXACT, (*_PSD[:3], "householder-open"), "overwritten", only_depth_1=True),
    ),
    Theorem(
        "one-layer-diagonal-real",
        "With a single layer of real diagonal matrices, all that counts of what comes before a "
        "word with the same letters is how often each letter occurs in it, modulo 2.",
        _FINITE,
        "our own proof",
        PROVED,
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
        PROVED,
        "lemmas/one-layer-diagonal.md",
        Forbids(_EXACT, _DIAGONAL, "overwritten", only_depth_1=True),
    ),
    Theorem(
        "one-layer-contractions",
        "With a single layer of matrices of spectral norm at most 1, L-equivalent idempotents of "
        "the syntactic monoid are equal: a first letter is not remembered.",
        _FINITE,
        "our own proof",
        PROVED,
        "lemmas/one-layer-contractions.md",
        Forbids(
            _EXACT,
            (
                *_DIAGONAL,
                *_ONE_FACTOR,
                *_PSD_PRODUCTS,
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
        "[0, 1], or have one Householder factor a head and beta strictly between 0 and 2, only "
        "L-trivial languages are recognised.",
        _FINITE,
        "our own proof",
        PROVED,
        "lemmas/one-layer-contractions.md",
        Forbids(
            _EXACT,
            (*_PSD, *_PSD_PRODUCTS, "householder-open"),
            "left-equivalent",
            only_depth_1=True,
        ),
    ),
)
