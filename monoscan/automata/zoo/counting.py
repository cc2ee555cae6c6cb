"""Counting modulo m: the number of 1s is divisible by m."""

from __future__ import annotations

from functools import partial

from monoscan.automata.automaton import Automaton
from monoscan.automata.zoo.registry import Language, describe, language_family


def count_mod(m: int) -> Automaton:
    """The acceptor of the binary words whose number of 1s is divisible by m.

    >>> count_mod(3).accepts("0111")
    True
    """
    table = [[state, (state + 1) % m] for state in range(m)]
    return Automaton(("0", "1"), table, [state == 0 for state in range(m)])


@language_family("count-mod-M", M=(2, 10_000), members=[(3,), (4,), (5,), (6,), (7,)])
def counter(m: int) -> Language:
    """The language of one modulus."""
    return describe(
        f"count-mod-{m}",
        alphabet=("0", "1"),
        definition=f"Binary words whose number of 1s is divisible by {m}.",
        examples={"0" + "1" * m: True, "1" * (m + 1): False, "": True},
        source="Grazzi et al., Unlocking state-tracking in linear RNNs through negative "
        "eigenvalues, arXiv:2411.12537, Theorem 2 (modular counting)",
        build=partial(count_mod, m),
    )
