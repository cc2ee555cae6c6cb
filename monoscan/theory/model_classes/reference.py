"""Architectures that are no linear RNNs, for comparison in tables."""

from monoscan.theory.model_classes.catalogue import register
from monoscan.theory.model_classes.model_class import ModelClass

_HYBRIDS = (
    ("diagonal-with-attention", "diagonal layers with entries in [0, 1]"),
    ("delta-rule-with-attention", "delta-rule layers, b in [0, 1]"),
    ("signed-delta-rule-with-attention", "delta-rule layers, b in [0, 2]"),
)
BY_NAME = ("nonlinear-matrix-rnn", *(id_ for id_, _ in _HYBRIDS))
"""Classes that answer only where they are named, and are no columns of tables."""

_NOTE = "A reference row: theorems in print answer it, and none that we cite answers this question."

register(
    ModelClass(
        "nonlinear-rnn",
        "a non-linear recurrence",
        "a non-linear recurrence of the hidden state",
        None,
        "Korsky and Berwick, arXiv 1906.06349",
        note=_NOTE,
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
        note=_NOTE,
        place=270,
    )
)
for _place, (_id, _layers) in enumerate(_HYBRIDS, start=271):
    register(
        ModelClass(
            _id,
            f"{_layers}, and attention",
            f"{_layers}, and layers of softmax attention",
            None,
            "Merrill et al., arXiv 2604.03444",
            note=_NOTE,
            place=_place,
        )
    )
register(
    ModelClass(
        "nonlinear-matrix-rnn",
        "a non-linear recurrence of a matrix",
        "a non-linear recurrence of a hidden state that is a matrix",
        None,
        "Mishra et al., arXiv 2603.14360",
        note=_NOTE,
        place=280,
    )
)
