"""Whether training finds the networks that exist: a question for experiments."""

from __future__ import annotations

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import open_row

_FINDS = "Training finds a network that is right far beyond the lengths that it was trained on"
_NOT = "Where no network of the class is right at all lengths, training finds none that is"
_SEMANTICS = "trained, floating point"


@claim(
    statement=(
        "Gradient descent finds the networks that the constructions show to exist, and what it "
        "finds is right on words much longer than those of the training set."
    ),
    sources=(
        "Grazzi, Siems et al., arXiv 2411.12537v5, section 5 (parity, modular arithmetic)",
        "Siems, Carstensen et al., arXiv 2502.10297, section 5 (group word problems)",
    ),
    provenance="experiments of the papers, not repeated in these rows",
    tags=("experiment",),
)
def training_learns_it() -> tuple[Row, ...]:
    """Open rows only: no certificate is about training."""
    return (
        open_row(
            "finds",
            _FINDS,
            "classes that express the language",
            _SEMANTICS,
            "experiments only: length curves of several seeds would support it, for one language, "
            "one class and the lengths tested; a failure to train refutes nothing",
        ),
        open_row(
            "finds-none",
            _NOT,
            "classes that do not express the language",
            _SEMANTICS,
            "experiments only: a network that passes up to a tested length is no counterexample, "
            "since not-expressible is about all lengths",
        ),
    )
