"""The catalogue of architecture names: one table.

What is released was read in public code (flash-linear-attention 0.6.0, mamba_ssm, RWKV-LM) or in
the paper. Gates of released code are sigmoids and exponentials, whose ranges are open; `as
released` closes such a range, [0, 1] for (0, 1), and `as released, open` does not. What a layer
sees through a convolution or a token shift is part of the variant.
"""

from __future__ import annotations

from monoscan.theory.architectures.architecture import (
    EXTENDED_OPEN,
    OPEN,
    RELEASED,
    Architecture,
    Variant,
    seeing,
)

_GRAZZI = "range [-1, 1]: Grazzi, Siems et al., arXiv 2411.12537"
_NEGATIVE = ("extended", "[-1,1]", "allow_neg_eigval", "allow_neg_eigval=True", "negative")


def _gates(released: str = "", extended: str = "") -> tuple[Variant, ...]:
    """Diagonal matrices whose entries are sigmoids s, or 2 s - 1; and the layers with them."""
    return (
        Variant(RELEASED, "diagonal-nonnegative", ("[0,1]",), released),
        Variant("extended", "diagonal-real", _NEGATIVE, extended),
        Variant(OPEN, "diagonal-open", ("open", "open gates", "(0,1)", "sigmoid"), is_shown=False),
        Variant(EXTENDED_OPEN, "diagonal-real-open", ("(-1,1)",), is_shown=False),
    )


def _delta(model_class: str, layer: str, *hidden: Variant) -> tuple[Variant, ...]:
    """Released with beta in (0, 1); with the switch allow_neg_eigval beta is doubled."""
    return (
        Variant(RELEASED, f"{model_class}-nonnegative", ("[0,1]",), f"{layer} [0,1]"),
        Variant("extended", model_class, _NEGATIVE, f"{layer} [-1,1]"),
        *hidden,
    )


def _product(model_class: str, layer: str) -> tuple[Variant, ...]:
    """The other way round: the switch allow_neg_eigval is on by default."""
    return (
        Variant(RELEASED, model_class, _NEGATIVE, f"{layer} [-1,1]"),
        Variant(
            "restricted",
            f"{model_class}-nonnegative",
            ("[0,1]", "allow_neg_eigval=False", "nonnegative"),
            f"{layer} [0,1]",
        ),
    )


def _one(model_class: str, layer: str = "") -> tuple[Variant, ...]:
    return (Variant(RELEASED, model_class, layer=layer),)


def _convolved(variants: tuple[Variant, ...], window_a: int = 4) -> tuple[Variant, ...]:
    """With a short convolution of 4 letters, and without it."""
    return seeing("convolution", window_a, 4, variants)


def _shifted(variants: tuple[Variant, ...], window_a: int = 2) -> tuple[Variant, ...]:
    """With a token shift, which shows the letter before, and without it."""
    return seeing("token shift", window_a, 2, variants)


_BEFORE_ALL = "The convolution stands before everything, so A sees it too."
_IN_KEYS = "The keys are inside A, so A sees what the convolution of q, k and v shows."
_ROTATED = (
    Variant(OPEN, "diagonal-complex-open", ("open", "open gates"), "diagonal complex"),
    Variant("closed", "diagonal-complex", ("complex", "extended"), "diagonal complex"),
)


def _stack(
    name: str, layer: str, model_class: str, source: str, *spellings: str, note: str = ""
) -> Architecture:
    """A stack of a recurrent layer with attention: its answers are cited."""
    why = f"A stack of {layer} with attention: its answers are cited, and none is checked. {note}"
    return Architecture(
        name, _one(model_class), source, spellings, note=why.rstrip(), recurrent=layer
    )


def _refused(name: str, why: str, source: str, *spellings: str) -> Architecture:
    return Architecture(name, (), source, spellings, refused=why)


ARCHITECTURES = (
    Architecture(
        "mamba",
        _convolved(_gates("diagonal [0,1]", "diagonal [-1,1]")),
        f"Gu and Dao, arXiv 2312.00752; {_GRAZZI}",
        ("s6", "mamba-1"),
        f"Released: exp(-dt a), in (0, 1). {_BEFORE_ALL}",
    ),
    Architecture(
        "mamba-2",
        _convolved(_gates("mlstm [0,1]", "mlstm [-1,1]"), window_a=1),
        f"Dao and Gu, arXiv 2405.21060; {_GRAZZI}",
        ("ssd",),
        "One scalar gate a head, in (0, 1). The convolution is of x, B and C, not of dt. mlstm, "
        "the layer it is trained as, has a normaliser besides.",
    ),
    Architecture(
        "mamba-3",
        seeing("trapezoid", 1, 2, _ROTATED),
        "arXiv 2603.15569",
        note="A decay times a rotation that depends on the input; the modulus is strictly below "
        "1, and `closed` lets it be 1. The trapezoid rule writes from two letters; there is no "
        "convolution.",
    ),
    Architecture(
        "gateloop",
        _ROTATED,
        "Katsch, arXiv 2311.01927, where the modulus is a sigmoid",
    ),
    Architecture(
        "dcd",
        (Variant("as in the paper", "diagonal-complex", layer="diagonal complex"),),
        "Shakerinava et al., arXiv 2603.01959",
    ),
    Architecture(
        "gla", _gates("gla [0,1]", "gla [-1,1]"), f"Yang et al., arXiv 2312.06635; {_GRAZZI}"
    ),
    Architecture(
        "mlstm",
        _convolved(_gates("mlstm [0,1]", "mlstm [-1,1]")),
        f"Beck et al., arXiv 2405.04517; {_GRAZZI}",
        note="One scalar forget gate a head, which reads q, k and v; the convolution is of q and "
        "k. The exponential input gate scales what is written.",
    ),
    Architecture("mingru", _gates("mingru [0,1]"), f"Feng et al., arXiv 2410.01201; {_GRAZZI}"),
    Architecture("minlstm", _gates(), f"Feng et al., arXiv 2410.01201; {_GRAZZI}"),
    Architecture(
        "hgrn",
        (
            Variant("as in the paper", "diagonal-common-phase", ("paper", "complex", "phase")),
            Variant("real, as in fla", "diagonal-nonnegative", ("real", "fla"), "diagonal [0,1]"),
        ),
        "Qin et al., arXiv 2311.04823; flash-linear-attention (the real form)",
        note="In the paper a decay in (0, 1) is multiplied by a phase that is the same for all "
        "inputs; the released layer of flash-linear-attention has no phase.",
    ),
    Architecture(
        "hgrn-2", _gates("gla [0,1]", "gla [-1,1]"), f"Qin et al., arXiv 2404.07904; {_GRAZZI}"
    ),
    Architecture(
        "rg-lru",
        _convolved(_gates("diagonal [0,1]", "diagonal [-1,1]")),
        f"De et al., arXiv 2402.19427; {_GRAZZI}",
        ("hawk",),
        _BEFORE_ALL,
    ),
    Architecture(
        "rwkv-6",
        _shifted(_gates("gla [0,1]", "gla [-1,1]")),
        f"Peng et al., arXiv 2404.05892; {_GRAZZI}",
        ("finch",),
    ),
    Architecture(
        "rwkv-4",
        _shifted(_one("time-invariant-nonnegative"), window_a=1),
        "Peng et al., arXiv 2305.13048; RWKV-LM (time_decay is a parameter)",
        note="The decay does not depend on the input.",
    ),
    Architecture(
        "rwkv-5",
        _shifted(_one("time-invariant-nonnegative"), window_a=1),
        "Peng et al., arXiv 2404.05892; RWKV-LM (time_decay is a parameter)",
        ("eagle",),
        "The decay does not depend on the input.",
    ),
    *(
        Architecture(name, _one("time-invariant-diagonal"), source)
        for name, source in (
            ("s4", "Gu et al., arXiv 2111.00396"),
            ("s4d", "Gu et al., arXiv 2206.11893"),
            ("s5-ssm", "Smith et al., arXiv 2208.04933"),
            ("lru", "Orvieto et al., arXiv 2303.06349"),
            ("retnet", "Sun et al., arXiv 2307.08621"),
        )
    ),
    Architecture(
        "s4-mamba",
        _one("mixed-diagonal"),
        "Khavari et al., arXiv 2508.07395",
        ("s4-s6",),
        "Layers of the one kind and layers of the other, in any order.",
    ),
    Architecture(
        "rwkv-7",
        _shifted(
            (
                Variant(OPEN, "rwkv-7-released", ("open", "c = 1", "[0,1]"), "rwkv7 [0,1]"),
                Variant(
                    "extended",
                    "diagonal-plus-rank-one-transposed",
                    ("c = 2", "[-1,1]"),
                    "rwkv7 [-1,1]",
                ),
            )
        ),
        "Peng et al., arXiv 2503.14456; c = 2 is the range of its theorems",
        note="With w = 0 and a = 1 even c = 1 has the eigenvalue -1; the released w and a exclude "
        "it.",
    ),
    Architecture(
        "deltanet",
        _convolved(
            _delta(
                "householder",
                "deltanet",
                # Not the bare word `open`: released, b stays below 1, which is no class of its own.
                Variant(
                    EXTENDED_OPEN,
                    "householder-open",
                    ("allow_neg_eigval, open",),
                    is_shown=False,
                ),
            )
        ),
        f"Yang et al., arXiv 2406.06484; flash-linear-attention; {_GRAZZI}",
        note=f"Released: b is a sigmoid, in (0, 1). {_IN_KEYS}",
    ),
    Architecture(
        "gated-deltanet",
        _convolved(_delta("gated-householder", "gated_deltanet")),
        f"Yang et al., arXiv 2412.06464; flash-linear-attention; {_GRAZZI}",
        ("gdn",),
        _IN_KEYS,
    ),
    _refused(
        "deltaproduct-1",
        "is deltanet, where the switch allow_neg_eigval is off as released; ask about deltanet",
        "Siems et al., arXiv 2502.10297",
        "deltaproduct-n_h=1",
    ),
    _refused(
        "gated-deltaproduct-1",
        "is gated-deltanet, where the switch allow_neg_eigval is off as released; ask about "
        "gated-deltanet",
        "Siems et al., arXiv 2502.10297",
        "gated-deltaproduct-n_h=1",
    ),
    Architecture(
        "deltaproduct-N",
        _convolved(_product("householder-product-N", "deltaproduct-N")),
        "Siems et al., arXiv 2502.10297; flash-linear-attention (the switch is on by default)",
        ("deltaproduct-n_h=N",),
        _IN_KEYS,
    ),
    Architecture(
        "gated-deltaproduct-N",
        _convolved(_product("gated-householder-product-N", "gated_deltaproduct-N")),
        "Siems et al., arXiv 2502.10297; flash-linear-attention (the switch is on by default)",
        ("gated-deltaproduct-n_h=N",),
        _IN_KEYS,
    ),
    Architecture(
        "kda",
        _convolved(
            (
                Variant(RELEASED, "diagonal-householder-nonnegative", ("[0,1]",), "ckda [0,1]"),
                Variant("extended", "diagonal-householder", _NEGATIVE, "ckda [-1,1]"),
            )
        ),
        "Kimi Team, arXiv 2510.26692; extended: Siems et al., arXiv 2609.24797",
        ("kimi-delta-attention",),
        _IN_KEYS,
    ),
    Architecture(
        "ckda",
        (Variant("as in the paper", "diagonal-householder", _NEGATIVE, "ckda [-1,1]"),),
        "Siems et al., arXiv 2609.24797",
    ),
    Architecture(
        "comba",
        _convolved(_one("scalar-plus-rank-one")),
        "Hu et al., arXiv 2506.02475",
        note=f"g I - b k p^T with p = s k. {_IN_KEYS}",
    ),
    Architecture(
        "pd-ssm", _one("permutation-diagonal", "pd_ssm complex"), "Terzic et al., arXiv 2509.22284"
    ),
    Architecture("sd-ssm", _one("dense", "dense complex"), "Terzic et al., arXiv 2412.19350"),
    Architecture("ids4", _one("dense"), "Merrill et al., arXiv 2404.08819"),
    Architecture(
        "slice",
        _one("dense"),
        "arXiv 2505.17761",
        note="Blocks of any size; for one fixed size this class is larger.",
    ),
    *(
        Architecture(name, _one("nonlinear-rnn", layer), source, note=note)
        for name, layer, source, note in (
            ("rnn", "", "Elman, Cognitive Science 14 (1990)", ""),
            ("gru", "gru", "Cho et al., arXiv 1406.1078", ""),
            (
                "lstm",
                "lstm",
                "Hochreiter and Schmidhuber, Neural Computation 9 (1997)",
                "The theorem cited is about simple recurrent networks with ReLU and about GRUs. Of "
                "LSTMs: Weiss, Goldberg and Yahav, ACL 2018, with another notion of precision.",
            ),
            (
                "slstm",
                "slstm",
                "Beck et al., arXiv 2405.04517",
                "The theorem cited is about simple recurrent networks with ReLU and about GRUs.",
            ),
        )
    ),
    Architecture(
        "m2rnn",
        _one("nonlinear-matrix-rnn"),
        "Mishra et al., arXiv 2603.14360",
        note="The paper reports state tracking at unseen lengths; no theorem that we know speaks "
        "of this layer itself.",
    ),
    Architecture(
        "attention",
        _one("transformer", "transformer"),
        "Vaswani et al., arXiv 1706.03762",
    ),
    _stack("griffin", "rg-lru", "diagonal-with-attention", "De et al., arXiv 2402.19427"),
    _stack("kimi-linear", "kda", "delta-rule-with-attention", "Kimi Team, arXiv 2510.26692"),
    _stack(
        "qwen3-next",
        "gated-deltanet",
        "delta-rule-with-attention",
        "Qwen Team, the released model",
    ),
    _stack(
        "olmo-hybrid",
        "gated-deltanet",
        "signed-delta-rule-with-attention",
        "Merrill et al., arXiv 2604.03444",
        note="The paper uses negative eigenvalues, and proves (Theorem 1) that one change between "
        "attention and Gated DeltaNet solves a task of recall that neither solves alone, under "
        "assumptions of complexity theory.",
    ),
    _stack("jamba", "mamba", "diagonal-with-attention", "Lieber et al., arXiv 2403.19887"),
    _stack("samba", "mamba", "diagonal-with-attention", "Ren et al., arXiv 2406.07522"),
    _stack(
        "zamba",
        "mamba",
        "diagonal-with-attention",
        "Glorioso et al., arXiv 2405.16712",
        "zamba-2",
        note="Zamba2 has mamba-2.",
    ),
    _refused(
        "rwkv",
        "is several architectures; say which: rwkv-4, rwkv-5 (eagle), rwkv-6 (finch) or rwkv-7",
        "Peng et al., arXiv 2305.13048, 2404.05892 and 2503.14456",
    ),
    _refused(
        "xlstm",
        "is a stack of two kinds of layers; ask about mlstm or slstm",
        "Beck et al., arXiv 2405.04517",
    ),
    _refused(
        "linear-attention",
        "is the name of many layers; say which: retnet (a fixed decay), gla or mamba-2 (gates), "
        "deltanet (the delta rule)",
        "Katharopoulos et al., arXiv 2006.16236, where nothing is forgotten: A = I",
    ),
    _refused(
        "aussm",
        "multiplies by numbers of modulus exactly 1, which is no class here (verify --claim "
        "unit-modulus says what it does); what diagonal-complex cannot do it cannot either",
        "Karuvally et al., arXiv 2507.05238",
    ),
)
"""Every name, in the order in which it is listed."""
