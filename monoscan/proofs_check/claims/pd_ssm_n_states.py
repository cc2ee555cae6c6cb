"""Every automaton of N states in one PD-SSM layer of N coordinates."""

from __future__ import annotations

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import built, open_row, recognises

_ONE_LAYER = "One layer of column-one-hot matrices, one coordinate a state, recognises it"
_LOWER = "Some automaton of N states needs N - 1 coordinates in any single layer"
_LANGUAGES = (
    ("parity", 2),
    ("ends-with-ab", 3),
    ("tomita-3", 5),
    ("cerny-4", 4),
    ("s3", 6),
    ("random-8-2-1", 8),
    ("random-20-2-1", 20),
    ("modular-arithmetic-5", 51),
)


@claim(
    statement=(
        "Every automaton of N states is emulated by one layer of PD-SSM (a column-one-hot matrix "
        "times a complex diagonal of moduli at most 1) with N coordinates; and for each N some "
        "automaton needs at least N - 1 coordinates in any single layer whose encodings of the "
        "states are unique."
    ),
    sources=("Terzic et al., arXiv 2509.22284, Propositions 2 and 3",),
    provenance=(
        "the propositions are read in the paper's main text; the proof of the second one was "
        "rebuilt by us"
    ),
    tags=("construction", "impossibility", "one-layer", "regular"),
)
def pd_ssm_n_states() -> tuple[Row, ...]:
    """The rows: eight automata, and the lower bound, which no certificate shows."""
    return (
        *(
            recognises(
                name,
                _ONE_LAYER,
                f"{name}, N = {n_states}",
                built("pd-ssm-n-states", name),
                name,
                properties=("permutation-diagonal",),
                depth=1,
            )
            for name, n_states in _LANGUAGES
        ),
        open_row(
            "lower-bound",
            _LOWER,
            "one layer, each state of the automaton encoded by one vector",
            "exact",
            "proved in words below: isolating words make the encodings affinely independent. There "
            "is no kind of certificate about the number of coordinates",
        ),
    )
