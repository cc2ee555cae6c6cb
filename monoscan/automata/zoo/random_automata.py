"""Random minimal acceptors, the same for the same seed everywhere."""

from __future__ import annotations

import random
from functools import partial
from itertools import count
from string import ascii_lowercase

from monoscan.automata.automaton import Automaton, canonical
from monoscan.automata.minimize import is_minimal
from monoscan.automata.zoo.registry import Language, describe, language_family


def random_acceptor(n_states: int, n_letters: int, seed: int) -> Automaton:
    """A random minimal acceptor with exactly so many states.

    A random tree makes all states reachable, the remaining transitions and the outputs are
    uniform; this is repeated until the acceptor is minimal. So it is not uniform over all
    automata. State 0 rejects, and the first letter leads from it to an accepting state.

    Args:
        n_states: At least 2.
        n_letters: From 1 to 26: the letters a, b, ...
        seed: Any integer.

    >>> random_acceptor(8, 2, 1).n_states
    8
    """
    generators = (random.Random(f"{n_states}-{n_letters}-{seed}-{n}") for n in count())
    candidates = (_draw(n_states, n_letters, draw) for draw in generators)
    return next(filter(is_minimal, candidates))


def _draw(n_states: int, n_letters: int, draw: random.Random) -> Automaton:
    def below(bound: int) -> int:
        # Of all methods only random() promises the same numbers in every version of Python.
        return int(draw.random() * bound)

    table = [[below(n_states) for _ in range(n_letters)] for _ in range(n_states)]
    table[0][0] = 1
    free = [(0, letter) for letter in range(1, n_letters)]
    for state in range(1, n_states):
        if state > 1:
            place = below(len(free))
            free[place], free[-1] = free[-1], free[place]
            source, letter = free.pop()
            table[source][letter] = state
        free += [(state, letter) for letter in range(n_letters)]
    outputs = [False, True, *(draw.random() < 0.5 for _ in range(n_states - 2))]
    return canonical(ascii_lowercase[:n_letters], table, outputs)


@language_family(
    "random-N-K-SEED",
    N=(2, 100_000),
    K=(1, 26),
    SEED=(0, 2**32 - 1),
    members=[(8, 2, 1), (20, 2, 1)],
)
def random_language(n: int, k: int, seed: int) -> Language:
    """One random language."""
    return describe(
        f"random-{n}-{k}-{seed}",
        alphabet=tuple(ascii_lowercase[:k]),
        definition=f"A random language with {n} states over {k} letter{'s' * (k > 1)}; {seed} is "
        "the seed.",
        examples={"": False, "a": True},
        source="monoscan.automata.zoo.random_automata (a random tree, then uniform transitions)",
        build=partial(random_acceptor, n, k, seed),
    )
