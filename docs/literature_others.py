"""Published statements of the other papers on docs/literature.md: later models, and no models."""

from __future__ import annotations

from literature import NO, YES, Asked, Statement

_TERZIC = "Terzic et al., arXiv 2509.22284 (PD-SSM)"
_PENG = "Peng et al., arXiv 2503.14456 (RWKV-7)"
_MAMBA_3 = "Lahoti, Li, Chen et al., arXiv 2603.15569 (Mamba-3)"
_PARALLEL = "Merrill et al., arXiv 2603.03612"
_CKDA = "Siems et al., arXiv 2609.24797 (CKDA)"

OTHERS = (
    Statement(
        _TERZIC,
        "Proposition 2",
        "One layer with N states emulates every automaton with N states.",
        (Asked("cerny-7", "pd-ssm", YES, depth=1),),
        claim="pd-ssm-n-states",
    ),
    Statement(
        _TERZIC,
        "Proposition 3",
        "For each N some automaton of N states needs N - 1 coordinates in one layer.",
        claim="pd-ssm-n-states",
    ),
    Statement(
        _TERZIC,
        "",
        "Diagonal matrices emulate no automaton whose group is not solvable.",
        (Asked("a5", "dcd", NO), Asked("a5", "pd-ssm", YES, depth=1)),
    ),
    Statement(
        _PARALLEL,
        "",
        "Permutation-diagonal networks solve problems that are complete for NC1.",
        (Asked("s5", "pd-ssm", YES, depth=1),),
    ),
    Statement(
        _PENG,
        "Theorem 2",
        "One layer with c = 2 tracks swaps of five objects, which is complete for NC1.",
        (
            Asked("s5-swaps", "rwkv-7, extended", YES, depth=1),
            Asked("s5-swaps", "rwkv-7, extended, no token shift", YES, depth=1),
        ),
    ),
    Statement(
        _PENG,
        "Theorem 3",
        "Four layers with c = 2 recognise every regular language.",
        (
            Asked("cerny-4", "diagonal-plus-rank-one", YES, depth=4),
            Asked("cerny-4", "rwkv-7, extended", YES),
            Asked("flip-flop", "rwkv-7, no token shift", NO),
            Asked("parity", "rwkv-7, no token shift", NO),
            Asked("parity", "rwkv-7, no token shift", YES, "threshold", depth=1),
        ),
        "Agrees for the matrices of the theorem, of which a network is built. Released "
        "gates (c = 1, w above 0.545, a below 1) without the token shift keep nothing at all "
        "lengths if the states are finitely many; the sign of a fading state is a parity.",
        claim="rwkv7-regular-four-layers",
    ),
    Statement(
        _PENG,
        "Lemma 3",
        "Swaps and copies are transitions with c = 2, and products of n of them give every map of "
        "n states.",
        claim="rwkv7-swap-copy",
    ),
    Statement(
        _MAMBA_3,
        "",
        "Complex states, written as rotations that depend on the input, solve parity (reported "
        "experiments).",
        (
            Asked("parity", "mamba-3, closed", YES, depth=1),
            Asked("parity", "mamba-3, no trapezoid", NO),
            Asked("parity", "mamba-3, no trapezoid", YES, "threshold", depth=1),
        ),
        "With the released modulus, strictly below 1, parity is recognised up to every length and "
        "not at all lengths if the states are finitely many; with modulus 1, or by the sign of a "
        "fading state, at all lengths.",
        claim="rotating-states",
    ),
    Statement(
        _MAMBA_3,
        "",
        "Sums modulo m are solved as well, and Mamba-2, whose states are real, solves neither "
        "(reported experiments).",
        (
            Asked("count-mod-5", "mamba-3, closed", YES, depth=1),
            Asked("count-mod-5", "mamba-3, as released", NO),
            Asked("parity", "mamba-2, as released", NO),
            Asked("count-mod-5", "mamba-2, extended", NO),
        ),
        "As for parity, the released modulus grants this up to every length and not at all "
        "lengths; of Mamba-2 nothing differs.",
    ),
    Statement(
        _CKDA,
        "",
        "One layer of Kimi Delta Attention with signs tracks Z_n, D_n, A4 and S4.",
        (
            Asked("d5", "ckda", YES, depth=1),
            Asked("s4", "ckda", YES, depth=1),
            Asked("s4", "kda, no convolution", NO),
        ),
        claim="signed-gate-groups",
    ),
    Statement(
        _CKDA,
        "",
        "One such layer does not track S5, nor does one layer of three reflections a letter; four "
        "do.",
        (
            Asked("s5", "ckda", NO, depth=1),
            Asked("s5", "deltaproduct-3, no convolution", NO, depth=1),
            Asked("s5", "deltaproduct-4, no convolution", YES, depth=1),
        ),
        claim="s5-needs-four-gh",
    ),
    Statement(
        "Karuvally et al., arXiv 2507.05238 (AUSSM)",
        "",
        "Diagonal layers whose entries have modulus 1 count and track solvable groups; beside "
        "Mamba layers they do the rest.",
        (),
        "Agrees in exact arithmetic, where it is shown as well that such layers alone never "
        "forget. The precision of the theorem grows with the logarithm of the length.",
        "unit-modulus",
    ),
    Statement(
        "Nowak, Cotterell, Boumasmoud, arXiv 2606.01765",
        "",
        "Non-negative diagonal networks do not count modulo even numbers in floating point, and do "
        "with unsigned integers that wrap around.",
        (Asked("count-mod-4", "mamba, as released", NO, "rounded"),),
        "Agrees. `rounded` is about formats that saturate; integers that wrap around are in the "
        "claim, where 6 needs more than integer factors.",
        "uint-quantised-even-counter",
    ),
    Statement(
        "Brandoit, arXiv 2609.32447",
        "",
        "Affine recurrences that are computed by a parallel scan, with a precision that does not "
        "grow, recognise definite languages only.",
        (),
        "As we know it the theorem asks for contraction; without that it is false, since -1 is "
        "multiplied without any error. The paper was not read in full.",
        "affine-scan-definite",
    ),
    Statement(
        "Chung et al., arXiv 2605.07755",
        "",
        "An affine map that fixes the states of a tracker corrects no error between them.",
        claim="affine-no-error-correction",
    ),
    Statement(
        "Walker et al., arXiv 2505.17761 (SLiCEs)",
        "",
        "Block-diagonal layers solve A5 in one layer.",
        (Asked("a5", "slice", YES, depth=1),),
        "Agrees, with blocks of size 3. That they match dense layers in the limit is cited; for "
        "blocks of one fixed size a relation forbids it.",
        "block-sizes",
    ),
    Statement(
        "Cirone et al., arXiv 2402.19047",
        "",
        "One diagonal layer that sees the input is less than a dense one, and stacks of them make "
        "up for it.",
        (),
        "Agrees where words can show it, exactly and without limits; the limits are cited.",
        "diagonal-linear-readouts",
    ),
    Statement(
        "Movahedi et al., arXiv 2503.10799 (fixed-point RNNs)",
        "",
        "A dense linear RNN is the fixed point of a diagonal one.",
        (),
        "Agrees for another splitting than that of the paper, where the number of passes is known "
        "exactly; experiments with few passes are cited.",
        "fixed-point-iterations",
    ),
    Statement(
        "Cohen-Karlik et al., arXiv 2502.02209",
        "",
        "Selective layers compute polynomials of high degree that linear attention needs many "
        "layers for.",
        (),
        "Agrees for the simplest layers of both kinds; the general theorems are cited.",
        "selective-products",
    ),
    Statement(
        "Jelassi et al., arXiv 2402.01032",
        "",
        "A model with a state of b bits copies at most 2^b words of a length.",
        claim="copy-lower-bound",
    ),
    Statement(
        "Yang, Chiang, Angluin, arXiv 2310.13897",
        "",
        "Transformers with attention to one position recognise exactly the star-free languages.",
        (
            Asked("tomita-4", "attention", YES, is_cited=True),
            Asked("parity", "attention", YES, depth=4, is_cited=True),
        ),
        "Agrees. The answer for parity is about softmax attention and cites another paper "
        "(Kozachinskiy, Steifer and Wałęga, arXiv 2602.05896).",
        "transformer-languages",
    ),
)
