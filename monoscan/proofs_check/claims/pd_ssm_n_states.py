"""Every automaton of N states in one PD-SSM layer of N coordinates."""

from __future__ import annotations

from functools import partial

from monoscan.automata import Automaton
from monoscan.automata.automaton import canonical
from monoscan.proofs_check.certificates.automaton import automaton_to_json
from monoscan.proofs_check.certificates.isolating import isolated_states
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import EvidenceMissingError, Row, claim
from monoscan.proofs_check.rows import (
    Target,
    built,
    certified,
    open_row,
    recognises,
    target_automaton,
)

_ONE_LAYER = "One layer of column-one-hot matrices, one coordinate a state, recognises it"
_ALL = "It recognises what any automaton recognises"
_ISOLATED = "For every state but at most one, a word takes it to one state, all others to another"
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


def isolating_letters(n_states: int) -> Automaton:
    """Letter i keeps state i and takes all others to the state after i.

    >>> isolating_letters(3).output(["1", "1"])
    '2'
    """
    states = range(n_states)
    table = [[i if q == i else (i + 1) % n_states for i in states] for q in states]
    return canonical([str(i) for i in states], table, [str(q) for q in states])


_PROBLEMS = {n: partial(isolating_letters, n) for n in (3, 4, 5, 6)}


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
    """The rows: eight automata, and the algebra behind the lower bound."""
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
            "every-automaton",
            _ALL,
            "one layer of column-one-hot matrices",
            "exact",
            "matrices of maps multiply like the maps, in words; the certificates are about the "
            "automata above",
        ),
        _isolated("cerny-4", "cerny-4, N = 4", "cerny-4"),
        *(
            _isolated(f"letters-{n}", f"N letters that isolate a state each, N = {n}", problem)
            for n, problem in _PROBLEMS.items()
        ),
        open_row(
            "lower-bound",
            _LOWER,
            "one layer, each state of the automaton encoded by one vector",
            "exact",
            "proved in words on the claim's page for automata with such words, as those above: "
            "they make the encodings affinely independent. There is no kind of certificate about "
            "the number of coordinates",
        ),
    )


def _isolated(key: str, words: str, target: Target) -> Row:
    def certificates() -> dict[str, Certificate]:
        found = isolated_states(target_automaton(target))
        if found is None:
            raise EvidenceMissingError(f"no isolating words were found for {words}")
        return {"": found}

    return certified(
        f"isolated-{key}",
        _ISOLATED,
        words,
        "monoid",
        lambda: {
            "automaton": automaton_to_json(target_automaton(target)),
            "property": "isolated-states",
        },
        lambda _setting: certificates(),
        "a word for each of them",
    )
