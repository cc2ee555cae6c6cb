"""Dyck languages of bounded depth: brackets of several kinds, well nested, not too deep."""

from __future__ import annotations

from functools import partial

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.steps import automaton_from_steps
from monoscan.automata.zoo.registry import Language, describe, language_family
from monoscan.registry import ParameterOutOfRange

MAX_STATES = 100_000

_FAMILIAR = ("()", "[]", "{}", "<>")


def brackets(kinds: int) -> tuple[str, ...]:
    """The letters: an opening and a closing bracket of each kind, in turn.

    >>> brackets(2)
    ('(', ')', '[', ']')
    >>> brackets(5)[-2:]
    ('(5', ')5')
    """
    pairs = [_FAMILIAR[kind] if kind < 4 else "" for kind in range(kinds)]
    return tuple(
        letter
        for kind, pair in enumerate(pairs, start=1)
        for letter in (tuple(pair) or (f"({kind}", f"){kind}"))
    )


def bounded_dyck(kinds: int, depth: int) -> Automaton:
    """The acceptor of well-nested words of so many kinds of brackets, up to a depth.

    The state is the stack of open brackets; one more state is dead.

    >>> bounded_dyck(2, 3).n_states
    16
    """
    empty: tuple[int, ...] = ()
    dead = (-1,)

    def step(stack: tuple[int, ...], letter: int) -> tuple[int, ...]:
        kind, closes = divmod(letter, 2)
        if stack == dead:
            return dead
        if closes:
            return stack[:-1] if stack and stack[-1] == kind else dead
        return (*stack, kind) if len(stack) < depth else dead

    return automaton_from_steps(brackets(kinds), empty, step, lambda stack: stack == empty)


@language_family("dyck-K-D", K=(1, 100), D=(1, 1_000), members=[(1, 2), (1, 4), (2, 2), (2, 3)])
def dyck(k: int, d: int) -> Language:
    """The language of k kinds and depth d."""
    n_states = 1 + sum(k**height for height in range(d + 1))
    if n_states > MAX_STATES:
        shown = str(n_states) if n_states < 10**12 else "more than 10^12"
        raise ParameterOutOfRange(
            f"there is no language 'dyck-{k}-{d}': its automaton has {shown} states (one for each "
            f"stack); at most {MAX_STATES} are built, so take fewer kinds or less depth"
        )
    opening, closing = brackets(k)[:2]
    deepest = " ".join([opening] * d + [closing] * d)
    too_deep = " ".join([opening] * (d + 1) + [closing] * (d + 1))
    examples: dict[str, Output] = {deepest: True, too_deep: False, opening: False, "": True}
    return describe(
        f"dyck-{k}-{d}",
        alphabet=brackets(k),
        definition=f"Well-nested words of {k} kind{'s' * (k > 1)} of brackets with at most {d} "
        "open at a time.",
        examples=examples,
        source="Hewitt et al., RNNs can generate bounded hierarchical languages with optimal "
        "memory, arXiv:2010.07515 (Dyck-(k,m)); star-free",
        build=partial(bounded_dyck, k, d),
    )
