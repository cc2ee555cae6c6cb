"""Equations over a syntactic monoid: words that break one, or all elements, which obey it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .automata import Automaton
from .limits import WORK, require
from .permutations import then
from .reading import Node
from .witnesses import Evidence

# What a word does: the states after it, for each state before it.
Action = tuple[int, ...]


def idempotent_power(x: Action) -> Action:
    """The power of x that is its own square, if all powers from some power on are equal."""
    power = x
    for _ in range(len(x).bit_length()):
        power = then(power, power)
    require(then(power, power) == power, "the powers of a product end in a circle of several")
    return power


def read_actions(node: Node, automaton: Automaton, *names: str) -> list[Action]:
    """What some words do; those whose names end with `loop` are not empty, and idempotent."""
    states = range(len(automaton.table))
    actions: list[Action] = []
    for name, member in zip(names, node.members("type", *names)[1:], strict=True):
        is_loop = name.endswith("loop")
        word = member.letters(automaton.alphabet, 1 if is_loop else 0)
        action = tuple(automaton.move(word, states))
        require(not is_loop or then(action, action) == action, f"{name}: is not idempotent")
        actions.append(action)
    return actions


def check_returns(node: Node, automaton: Automaton) -> Evidence:
    """(x y)^w x (x y)^w is not (x y)^w."""
    x, y = read_actions(node, automaton, "word", "other")
    require(not is_in_da(x, y), "word: between the idempotent power of both words it acts as that")
    return Evidence()


def check_exchange(node: Node, automaton: Automaton) -> Evidence:
    """E x f y e z f is not e z f y e x f."""
    e, f, x, y, z = read_actions(node, automaton, "loop", "other_loop", "x", "y", "z")
    x, y, z = between(e, x, f), between(f, y, e), between(e, z, f)
    require(not is_exchanged(x, y, z), "x: can be exchanged with z")
    return Evidence()


def check_knast(node: Node, automaton: Automaton) -> Evidence:
    """(p q)^w p s (r s)^w is not (p q)^w (r s)^w, where p, r lie in e S f and q, s in f S e."""
    e, f, *words = read_actions(node, automaton, "loop", "other_loop", "p", "q", "r", "s")
    p, q, r, s = (between(e, x, f) if i % 2 == 0 else between(f, x, e) for i, x in enumerate(words))
    require(not is_knast(head(p, q), tail(r, s)), "p: both sides of the equation are equal")
    return Evidence()


# Witnesses of the kind monoid: words that break an equation.
BROKEN: dict[str, Callable[[Node, Automaton], Evidence]] = {
    "returns": check_returns,
    "exchange": check_exchange,
    "knast": check_knast,
}


def between(e: Action, x: Action, f: Action) -> Action:
    """The element e x f."""
    return then(then(e, x), f)


def is_in_da(x: Action, y: Action) -> bool:
    """Whether (x y)^w x (x y)^w = (x y)^w."""
    e = idempotent_power(then(x, y))
    return between(e, x, e) == e


def is_exchanged(x: Action, y: Action, z: Action) -> bool:
    """Whether x y z = z y x."""
    return between(x, y, z) == between(z, y, x)


def head(p: Action, q: Action) -> tuple[Action, Action]:
    """(p q)^w and (p q)^w p."""
    power = idempotent_power(then(p, q))
    return power, then(power, p)


def tail(r: Action, s: Action) -> tuple[Action, Action]:
    """(r s)^w and s (r s)^w."""
    power = idempotent_power(then(r, s))
    return power, then(s, power)


def is_knast(first: tuple[Action, Action], second: tuple[Action, Action]) -> bool:
    """Whether (p q)^w p s (r s)^w = (p q)^w (r s)^w."""
    return then(first[1], second[1]) == then(first[0], second[0])


def read_elements(node: Node, automaton: Automaton) -> list[Action]:
    """What all words that are not empty do; the evidence says how many elements the monoid has."""
    number_node = node.members("type", "number")[1]
    node.get("type").choice(("elements",))
    states = range(len(automaton.table))
    letters = [tuple(automaton.move([letter], states)) for letter in automaton.alphabet]
    queue = list(dict.fromkeys(letters))
    found = set(queue)
    for x in queue:
        for product in (then(x, letter) for letter in letters):
            if product not in found:
                WORK.keep(len(states), 1)
                found.add(product)
                queue.append(product)
    number = len(found | {tuple(states)})
    require(number_node.integer() == number, f"evidence.number: there are {number} elements")
    return queue


def require_da(elements: list[Action]) -> None:
    """(x y)^w x (x y)^w = (x y)^w for all elements of the monoid."""
    monoid = [*elements, tuple(range(len(elements[0])))]
    ok = all(is_in_da(x, y) for x in monoid for y in monoid)
    require(ok, "evidence: two elements break the equation of DA")


def require_threshold(elements: list[Action]) -> None:
    """Aperiodic, and e x f y e z f = e z f y e x f."""
    aperiodic = all(then(idempotent_power(x), x) == idempotent_power(x) for x in elements)
    require(aperiodic, "evidence: the powers of an element end in a circle of several")
    for there, back in pairs_of_sets(elements):
        ok = all(is_exchanged(x, y, z) for x in there for y in back for z in there)
        require(ok, "evidence: two elements cannot be exchanged")


def require_dot_depth_one(elements: list[Action]) -> None:
    """(p q)^w p s (r s)^w = (p q)^w (r s)^w for p, r in e S f and q, s in f S e."""
    for there, back in pairs_of_sets(elements):
        WORK.keep(4 * len(there) * len(back) * len(there[0]), 1)
        heads = dict.fromkeys(head(p, q) for p in there for q in back)
        tails = dict.fromkeys(tail(r, s) for r in there for s in back)
        ok = all(is_knast(first, second) for first in heads for second in tails)
        require(ok, "evidence: four elements break the equation of dot-depth one")


def pairs_of_sets(elements: list[Action]) -> Iterator[tuple[list[Action], list[Action]]]:
    """E S f and f S e for all pairs of idempotents e and f."""
    idempotents = [x for x in elements if then(x, x) == x]
    for e in idempotents:
        for f in idempotents:
            there = dict.fromkeys(between(e, x, f) for x in elements)
            back = dict.fromkeys(between(f, x, e) for x in elements)
            yield list(there), list(back)


# The properties that all elements together show.
EQUATIONS: dict[str, Callable[[list[Action]], None]] = {
    "da": require_da,
    "locally-threshold-testable": require_threshold,
    "dot-depth-one": require_dot_depth_one,
}
