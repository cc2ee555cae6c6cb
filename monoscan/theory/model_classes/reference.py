"""Architectures that are no linear RNNs, for comparison in tables."""

from monoscan.theory.model_classes.catalogue import register
from monoscan.theory.model_classes.model_class import ModelClass

register(
    ModelClass(
        "nonlinear-rnn",
        "a non-linear recurrence",
        "a non-linear recurrence of the hidden state",
        None,
        "Merrill et al., arXiv 2404.08819",
        note="A reference row: saturated non-linear RNNs track every finite automaton, which is "
        "not checked here.",
        place=260,
    )
)
register(
    ModelClass(
        "transformer",
        "attention",
        "softmax attention, a fixed number of layers",
        None,
        "Merrill and Sabharwal, arXiv 2207.00729",
        note="A reference row: with logarithmic precision the languages lie in TC0, which is not "
        "checked here.",
        place=270,
    )
)
