"""Breadth-first numbering by a loop over states and letters."""

from __future__ import annotations

from monoscan.automata import Automaton


def breadth_first_order_by_loop(table: list[list[int]], initial: int) -> list[int]:
    """The reachable states in breadth-first order, letters in alphabet order."""
    order, seen = [initial], {initial}
    for state in order:
        for target in table[state]:
            if target not in seen:
                seen.add(target)
                order.append(target)
    return order


def canonical_by_loop(alphabet, table: list[list[int]], outputs, initial: int = 0) -> Automaton:
    """The canonical automaton of a table with any numbering."""
    order = breadth_first_order_by_loop(table, initial)
    numbers = {state: number for number, state in enumerate(order)}
    rows = [[numbers[target] for target in table[state]] for state in order]
    return Automaton(alphabet, rows, [outputs[state] for state in order])
