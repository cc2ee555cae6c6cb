"""Theorems that are used or cited, and forbid nothing themselves."""

from __future__ import annotations

from monoscan.theory.lemmas.lemma import FINITE, PROVED, THEOREMS, Theorem

for _theorem in (
    Theorem(
        id="householder-open",
        statement="Layers of I - beta k k^T with beta in the open interval (0, 2) recognise what "
        "as many layers of diagonal matrices with entries in [0, 1] recognise; with one layer, or "
        "with any number, nothing more.",
        source="our own proof",
        hypotheses=FINITE,
        checked=PROVED,
        page="lemmas/householder-open.md",
    ),
    Theorem(
        id="krohn-rhodes",
        statement="Every automaton is covered by a cascade of permutation-reset automata; "
        "without groups exactly if its syntactic monoid is aperiodic.",
        source="K. Krohn and J. Rhodes, Algebraic theory of machines I, 1965; Eilenberg, vol. B, "
        "1976",
        checked="cited; each cascade is verified on its own, by two programs",
    ),
    Theorem(
        id="star-free-aperiodic",
        statement="A regular language is star-free exactly if its syntactic monoid is aperiodic.",
        source="M.-P. Schützenberger, On finite monoids having only trivial subgroups, 1965",
    ),
    Theorem(
        id="quasi-aperiodic-ac0",
        statement="A regular language is in AC0 exactly if it is quasi-aperiodic.",
        source="D. A. Mix Barrington, K. Compton, H. Straubing and D. Thérien, 1992",
    ),
    Theorem(
        id="scherk",
        statement="An orthogonal matrix A is a product of rank(A - I) reflections, and of no "
        "fewer.",
        source="P. Scherk, On the decomposition of orthogonalities into symmetries, 1950",
        checked="cited; every factorisation is multiplied out, the lower bound is a rank",
    ),
    Theorem(
        id="householder-norm",
        statement="A product of factors I - beta v v^T / (v.v) with every beta in [0, 2] has "
        "norm <= 1.",
        source="Grazzi, Siems et al., arXiv 2411.12537v5, Proposition 1 (1)",
        checked=PROVED,
        page="lemmas/householder-norm.md",
    ),
    Theorem(
        id="open-range-eigenvalues",
        statement="A product of factors I - beta v v^T / (v.v) with every beta in [0, 2) has no "
        "eigenvalue of modulus 1 other than 1.",
        source="Grazzi, Siems et al., arXiv 2411.12537v5, Proposition 1 (3)",
        checked=PROVED,
        page="lemmas/open-range-eigenvalues.md",
    ),
    Theorem(
        id="two-factor-spectrum",
        statement="A product of two factors I - beta v v^T / (v.v) has the eigenvalue 1 and the "
        "roots of x^2 - t x + d: in [0, 1] if both betas are, real if both are >= 0 and one is <= "
        "1.",
        source="Grazzi, Siems et al., arXiv 2411.12537v5, Proposition 1 (3); Siems et al., arXiv "
        "2502.10297, Proposition 1",
        checked=PROVED,
        page="lemmas/two-factor-spectrum.md",
    ),
    Theorem(
        id="contraction-factors",
        statement="A real n x n matrix of norm at most 1 is a product of at most 2n - 1 factors "
        "I - beta v v^T / (v.v) with beta in [0, 2].",
        source="our own result; 3n: Grazzi, Siems et al., arXiv 2411.12537v5, Proposition 1 (2)",
        checked=PROVED,
        page="lemmas/contraction-factors.md",
    ),
    Theorem(
        id="swap-copy-products",
        statement="The n x n matrix of a map f of n points is a product of n - c swaps and "
        "copies, and of no fewer factors I - (a matrix of rank 1); c is the number of components "
        "of x -> f(x).",
        source="our own result; n factors: Peng et al., arXiv 2503.14456, appendix D, Lemma 3",
        checked=PROVED,
        page="lemmas/swap-copy-products.md",
    ),
    Theorem(
        id="affine-fixed-points",
        statement="An affine map is the identity on the affine span of the points that it fixes.",
        source="Chung et al., arXiv 2605.07755; our own proof",
        checked=PROVED,
        page="lemmas/affine-fixed-points.md",
    ),
    Theorem(
        id="pigeonhole-copy",
        statement="A model that reads a word into one of N states and then writes it back is "
        "right on at most N words.",
        source="Jelassi et al., arXiv 2402.01032; our own proof",
        hypotheses="the state after reading is all that the writing depends on",
        checked=PROVED,
        page="lemmas/pigeonhole-copy.md",
    ),
):
    THEOREMS.add(_theorem.id, _theorem)
