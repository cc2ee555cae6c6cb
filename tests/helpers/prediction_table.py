"""Languages against model classes: what is known, by whom. Each class has at least one row."""

from __future__ import annotations

from monoscan.theory.prediction import Verdict

YES, NO, OPEN = Verdict.EXPRESSIBLE, Verdict.NOT_EXPRESSIBLE, Verdict.UNKNOWN

# language, class, depth, verdict, source
KNOWN = [
    ("parity", "mamba", "any", NO, "Grazzi et al., Theorem 1"),
    ("parity", "deltanet-0-1", "any", NO, "Grazzi et al., Theorem 1"),
    ("parity", "mamba-negative", 1, YES, "Grazzi et al., section 4.1"),
    ("parity", "deltanet", 1, YES, "Grazzi et al., section 4.1"),
    ("parity", "s4-mamba", "any", NO, "Khavari et al., arXiv 2508.07395"),
    ("parity", "deltaproduct-3-0-1", "any", NO, "products of PSD contractions"),
    ("count-mod-3", "mamba-negative", "any", NO, "Grazzi et al., Theorem 2"),
    ("count-mod-3", "triangular-real", "any", NO, "Grazzi et al., Theorem 2"),
    ("count-mod-3", "gateloop", 1, YES, "roots of unity"),
    ("count-mod-3", "deltanet", 1, NO, "a reflection has order 2"),
    ("count-mod-3", "deltanet", 2, YES, "Grazzi et al., Theorem 6"),
    ("count-mod-3", "deltaproduct-2", 1, YES, "Grazzi et al., Theorem 3"),
    ("count-mod-4", "mamba-negative", 1, NO, "period 2 to the depth"),
    ("count-mod-4", "mamba-negative", "any", YES, "bits with a carry"),
    ("s3", "gateloop", 1, NO, "Shakerinava et al.: not abelian"),
    ("s3", "gateloop", "any", YES, "Shakerinava et al.: solvable"),
    ("s3", "deltaproduct-2", 1, YES, "Siems et al., Theorem 4"),
    ("s4", "deltaproduct-2", 1, YES, "Siems et al., Theorem 4"),
    ("a5", "gateloop", "any", NO, "not solvable"),
    ("a5", "deltaproduct-2", 1, YES, "rotations of the icosahedron"),
    ("a5-involutions", "deltanet", 1, YES, "reflections of H3"),
    ("s5-swaps", "deltanet", 1, YES, "Grazzi et al., after Theorem 3"),
    ("flip-flop", "mamba", 1, YES, "Sarrof et al."),
    ("even-pairs", "s4", "any", NO, "the first letter is not remembered"),
    ("ends-with-ab", "mamba", "any", NO, "one layer or more: ab and abb"),
    ("ends-with-ab", "mamba-negative", "any", YES, "a clock and two slots"),
    ("ends-with-ab", "deltaproduct-3-0-1", "any", YES, "three projections are a delay"),
    ("ends-with-ab", "pd-ssm", 1, YES, "Terzic et al., Proposition 2"),
    ("modular-arithmetic-5", "pd-ssm", 1, YES, "Terzic et al., Proposition 2"),
    ("parity", "lstm", "any", OPEN, "a reference row"),
    ("parity", "mamba-sigmoid", "any", NO, "open ranges"),
    ("parity", "deltanet-sigmoid", "any", NO, "open ranges"),
    ("parity", "rwkv-7-released", "any", OPEN, "no argument is known to us"),
    ("aa-star", "lru", 1, YES, "the length modulo 2"),
    ("ends-with-ab", "s4-mamba", "any", YES, "Alsmann et al., arXiv 2601.19467"),
    ("s3", "triangular-complex", "any", YES, "diagonal matrices are triangular"),
    ("a5", "triangular-complex", "any", NO, "not solvable"),
    ("parity", "gated-deltanet-0-1", "any", NO, "gates in [0, 1] do not help"),
    ("parity", "gated-deltanet", 1, YES, "Grazzi et al., section 4.1"),
    ("parity", "kda", "any", NO, "products of two PSD contractions"),
    ("parity", "ckda", 1, YES, "a reflection"),
    ("s5", "ckda", 1, NO, "Siems et al., arXiv 2609.24797, Theorem 22 (cited)"),
    ("parity", "rwkv-7", 1, YES, "Peng et al., arXiv 2503.14456, appendix D"),
    ("s5-swaps", "rwkv-7", 1, YES, "Peng et al., arXiv 2503.14456, Lemma 2"),
    ("ends-with-ab", "sd-ssm", 1, YES, "unit vectors"),
    ("parity", "transformer", "any", OPEN, "a reference row"),
]
