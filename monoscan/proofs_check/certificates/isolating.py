"""`monoid` with the property `isolated-states`: words that tell a state from all others at once.

With them every encoding of the states in one affine layer is affinely independent, so it needs as
many coordinates as there are states, less one: Terzic et al., arXiv 2509.22284, Proposition 3.
"""

from __future__ import annotations

from monoscan.automata import Automaton, Word, minimize
from monoscan.proofs_check.certificates.automaton import automaton_to_json
from monoscan.proofs_check.certificates.sealing import Certificate

MAX_MAPS = 5_000
"""The largest number of maps of the states that are searched for isolating words."""

_Map = tuple[int, ...]


def isolated_states(automaton: Automaton, max_maps: int = MAX_MAPS) -> Certificate | None:
    """The certificate that all states but at most one are isolated by words.

    A word isolates a state if it takes it to one state, and all other states to one other state.

    Args:
        automaton: the language; it is minimised first.
        max_maps: how many maps of the states are tried at most, those of short words first.

    Returns:
        the certificate, or None if no such words are among those tried.

    >>> from monoscan.automata import get_language
    >>> cerny = isolated_states(get_language("cerny-4").build())
    >>> len(cerny.body["evidence"]["words"])
    4
    >>> print(isolated_states(get_language("count-mod-3").build()))
    None
    """
    minimal = minimize(automaton)
    words = _isolating_words(minimal, max_maps)
    if len(words) < max(1, minimal.n_states - 1):
        return None
    entries = [{"state": str(state), "word": list(word)} for state, word in sorted(words.items())]
    return Certificate.of(
        "monoid",
        {
            "automaton": automaton_to_json(minimal),
            "property": "isolated-states",
            "evidence": {"type": "isolating", "words": entries},
        },
    )


def _isolating_words(minimal: Automaton, max_maps: int) -> dict[int, Word]:
    """The first word found for each state that has one."""
    found: dict[int, Word] = {}
    start: _Map = tuple(range(minimal.n_states))
    columns = dict(zip(minimal.alphabet, minimal.table.T.tolist(), strict=True))
    words: dict[_Map, Word] = {start: ()}
    queue = [start]
    for images in queue:
        for state in _isolated(images):
            found.setdefault(state, words[images])
        for letter, column in columns.items():
            following = tuple(column[image] for image in images)
            if following not in words and len(words) < max_maps:
                words[following] = (*words[images], letter)
                queue.append(following)
    return found


def _isolated(images: _Map) -> tuple[int, ...]:
    """The states that a map takes elsewhere than all others, which it takes to one state."""
    values = set(images)
    if len(values) != 2:
        return ()
    return tuple(images.index(value) for value in values if images.count(value) == 1)
