"""Monoids of automata by brute force, and properties of languages word for word by definition."""

from __future__ import annotations

from collections.abc import Callable

from monoscan.automata import Automaton, minimize

Map = tuple[int, ...]


def compose(first: Map, second: Map) -> Map:
    return tuple(second[state] for state in first)


def close(start: set[Map], letters: list[Map]) -> set[Map]:
    found, fresh = set(start), set(start)
    while fresh:
        fresh = {compose(x, a) for x in fresh for a in letters} - found
        found |= fresh
    return found


class Semigroup:
    """The syntactic semigroup and monoid of an automaton, as sets of maps."""

    def __init__(self, automaton: Automaton) -> None:
        minimal = minimize(automaton)
        self.letters = [tuple(column) for column in minimal.table.T.tolist()]
        self.one = tuple(range(minimal.n_states))
        self.elements = close(set(self.letters), self.letters)
        self.monoid = self.elements | {self.one}
        self.idempotents = {x for x in self.elements if compose(x, x) == x}

    def omega(self, x: Map) -> Map:
        current = x
        while compose(current, current) != current:
            current = compose(current, x)
        return current

    def groups(self) -> list[set[Map]]:
        """The maximal subgroups: for each idempotent, the x around it that have it as a power."""
        everyone = self.monoid
        return [
            {x for x in everyone if compose(e, x) == x == compose(x, e) and self.omega(x) == e}
            for e in self.idempotents | {self.one}
        ]

    def right_ideals(self) -> list[frozenset[Map]]:
        return [frozenset(compose(x, y) for y in self.monoid) for x in self.monoid]

    def left_ideals(self) -> list[frozenset[Map]]:
        return [frozenset(compose(y, x) for y in self.monoid) for x in self.monoid]

    def two_sided_ideals(self) -> list[frozenset[Map]]:
        return [
            frozenset(compose(compose(y, x), z) for y in self.monoid for z in self.monoid)
            for x in self.monoid
        ]

    def same_length_sets(self) -> list[frozenset[Map]]:
        """What the words of length 1, 2, ... do, until the sets repeat."""
        sets = [frozenset(self.letters)]
        while True:
            following = frozenset(compose(x, a) for x in sets[-1] for a in self.letters)
            if following in sets:
                return sets
            sets.append(following)


def _definite(s: Semigroup) -> bool:
    return all(compose(x, e) == e for x in s.elements for e in s.idempotents)


def _reverse_definite(s: Semigroup) -> bool:
    return all(compose(e, x) == e for x in s.elements for e in s.idempotents)


def _generalised_definite(s: Semigroup) -> bool:
    return all(compose(compose(e, x), e) == e for x in s.elements for e in s.idempotents)


def _locally_testable(s: Semigroup) -> bool:
    for e in s.idempotents:
        local = {compose(compose(e, x), e) for x in s.elements}
        for x in local:
            if compose(x, x) != x or any(compose(x, y) != compose(y, x) for y in local):
                return False
    return True


def _distinct(ideals: list[frozenset[Map]]) -> bool:
    return len(set(ideals)) == len(ideals)


def _aperiodic(s: Semigroup) -> bool:
    return all(compose(s.omega(x), x) == s.omega(x) for x in s.elements)


def _quasi_aperiodic(s: Semigroup) -> bool:
    for words in s.same_length_sets():
        for x in words:
            e = s.omega(x)
            if e in words and compose(e, x) == x != e:
                return False
    return True


def _two_groups(s: Semigroup) -> bool:
    return all(len(group) & (len(group) - 1) == 0 for group in s.groups())


def _right_regular_band(s: Semigroup) -> bool:
    bands = all(compose(x, x) == x for x in s.elements)
    return bands and all(
        compose(compose(x, y), x) == compose(y, x) for x in s.elements for y in s.elements
    )


def _in_da(s: Semigroup) -> bool:
    """(x y z)^w y (x y z)^w = (x y z)^w, with all three variables."""
    for x in s.monoid:
        for y in s.monoid:
            for z in s.monoid:
                e = s.omega(compose(compose(x, y), z))
                if compose(compose(e, y), e) != e:
                    return False
    return True


def _between(s: Semigroup, e: Map, f: Map) -> set[Map]:
    return {compose(compose(e, x), f) for x in s.elements}


def _locally_threshold_testable(s: Semigroup) -> bool:
    """Aperiodic, and e x f y e z f = e z f y e x f (Beauquier and Pin 1991)."""
    return _aperiodic(s) and all(
        compose(compose(x, y), z) == compose(compose(z, y), x)
        for e in s.idempotents
        for f in s.idempotents
        for y in _between(s, f, e)
        for x in _between(s, e, f)
        for z in _between(s, e, f)
    )


def _dot_depth_one(s: Semigroup) -> bool:
    """(p q)^w p s (r s)^w = (p q)^w (r s)^w for p, r in e S f and q, s in f S e (Knast 1983)."""
    return all(
        compose(compose(g, compose(p, t)), h) == compose(g, h)
        for e in s.idempotents
        for f in s.idempotents
        for p in _between(s, e, f)
        for g in {s.omega(compose(p, q)) for q in _between(s, f, e)}
        for t in _between(s, f, e)
        for h in {s.omega(compose(r, t)) for r in _between(s, e, f)}
    )


ORACLES: dict[str, Callable[[Semigroup], bool]] = {
    "definite": _definite,
    "reverse-definite": _reverse_definite,
    "generalised-definite": _generalised_definite,
    "locally-testable": _locally_testable,
    "locally-threshold-testable": _locally_threshold_testable,
    "dot-depth-one": _dot_depth_one,
    "da": _in_da,
    "r-trivial": lambda s: _distinct(s.right_ideals()),
    "l-trivial": lambda s: _distinct(s.left_ideals()),
    "j-trivial": lambda s: _distinct(s.two_sided_ideals()),
    "right-regular-band": _right_regular_band,
    "aperiodic": _aperiodic,
    "quasi-aperiodic": _quasi_aperiodic,
    "commutative": lambda s: all(
        compose(x, y) == compose(y, x) for x in s.letters for y in s.letters
    ),
    "group": lambda s: len(s.idempotents | {s.one}) == 1,
    "2-groups-only": _two_groups,
}
