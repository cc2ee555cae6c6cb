"""Architectures that are no linear RNNs, for comparison in tables."""

from monoscan.theory.model_classes.model_class import ModelClass, register

NONLINEAR_RNN = register(
    ModelClass(
        "nonlinear-rnn",
        "a non-linear recurrence",
        "a non-linear recurrence of the hidden state",
        "Merrill et al., arXiv 2404.08819",
        has_exact_networks=False,
        note="A reference row: saturated non-linear RNNs track every finite automaton, which is "
        "not checked here.",
    )
)
TRANSFORMER = register(
    ModelClass(
        "transformer",
        "attention",
        "softmax attention, a fixed number of layers",
        "Merrill and Sabharwal, arXiv 2207.00729",
        has_exact_networks=False,
        note="A reference row: with logarithmic precision the languages lie in TC0, which is not "
        "checked here.",
    )
)
