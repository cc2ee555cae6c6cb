"""Letters that act alike: a certificate may spell out the network for one letter of each kind."""

from __future__ import annotations

from .automata import Automaton
from .limits import WORK, require, shown
from .reading import Node


def copies(node: Node) -> list[str]:
    """The member that says which letters act alike, if it is there."""
    return ["like"] if node.has("like") else []


def without_copies(node: Node, automaton: Automaton) -> Automaton:
    """The automaton without the letters that act like another one, as the member `like` says.

    Each of them leads every state where the other letter leads it, so a network that has for it
    the cases of the other letter answers alike.
    """
    if not node.has("like"):
        return automaton
    like, columns = node.get("like"), automaton.alphabet
    models: dict[str, str] = {}
    pairs = [item.items(2, 2) for item in like.items(1, len(columns))]
    for first, second in pairs:
        models[first.string()] = second.string()
    if len(models) < len(pairs):
        like.fail("a letter is listed twice")
    WORK.spend(300 * (len(pairs) + 1) * (len(automaton.table) + 1))
    for copy, letter in models.items():
        if copy not in columns or letter not in columns or letter in models:
            like.fail(f"{shown(copy)} cannot be like {shown(letter)}: no such letter, or a copy")
        same = all(row[columns[copy]] == row[columns[letter]] for row in automaton.table)
        require(same, f"like: {shown(copy)} and {shown(letter)} lead a state to two states")
    kept = [letter for letter in columns if letter not in models]
    WORK.spend(300 * (len(kept) + 1) * (len(automaton.table) + 1))
    table = [[row[columns[letter]] for letter in kept] for row in automaton.table]
    return Automaton({letter: n for n, letter in enumerate(kept)}, table, automaton.outputs)
