"""What certificates about automata say, by slow code of another kind than the checker's."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

from helpers.certificate_parts import Certificate, Json
from oracles.syntactic_semigroup import ORACLES, Semigroup
from sympy.combinatorics import Permutation, PermutationGroup

from monoscan.automata import Automaton
from monoscan.theory.lemmas import get_lemma


def delta(automaton: Json, state: int, word: list[str]) -> int:
    """The state after a word."""
    for letter in word:
        state = int(automaton["table"][state][automaton["alphabet"].index(letter)])
    return state


def is_minimal(automaton: Json) -> bool:
    """Whether every two states give different outputs after some short word."""
    n = len(automaton["table"])
    words = [list(w) for k in range(n) for w in product(automaton["alphabet"], repeat=k)]
    rows = [
        tuple(automaton["outputs"][delta(automaton, q, word)] for word in words) for q in range(n)
    ]
    return len(set(rows)) == n


def is_cycle(automaton: Json, word: list[str], states: list[str]) -> bool:
    """Whether a word moves the states in this cycle."""
    numbers = [int(state) for state in states]
    following = [*numbers[1:], numbers[0]]
    return len(set(numbers)) > 1 and [delta(automaton, q, word) for q in numbers] == following


def group_of(automaton: Json, witness: Json) -> PermutationGroup:
    """The group that the words generate on the states."""
    states = [int(state) for state in witness["states"]]
    images = [
        [states.index(delta(automaton, q, word)) for q in states] for word in witness["words"]
    ]
    return PermutationGroup([Permutation(image) for image in images])


def series_length(group: Any, squares: bool) -> int | None:
    """Steps of the series down to 1, each from all commutators (and squares) of all elements."""
    steps = 0
    while group.order() > 1:
        elements = list(group.elements)
        found = {x.commutator(y) for x in elements for y in elements}
        found |= {x * x for x in elements} if squares else set()
        smaller = PermutationGroup(list(found))
        if smaller.order() == group.order():
            return None
        group, steps = smaller, steps + 1
    return steps


def is_symmetric_five(automaton: Json, witness: Json) -> bool:
    """Whether the letters satisfy the relations that present S5 by (1 2 3 4 5) and (1 2)."""
    n = len(automaton["table"])
    c, t = (
        Permutation([delta(automaton, q, [witness[key]]) for q in range(n)])
        for key in ("five_cycle", "transposition")
    )
    relations = [c**5, t**2, (c * t) ** 4, (t * c**-1 * t * c) ** 3, (t * c**-2 * t * c**2) ** 2]
    return all(x.is_Identity for x in relations) and PermutationGroup([c, t]).order() == 120


def shows(automaton: Json, witness: Json) -> bool:
    """Whether the witness shows what its type says."""
    match witness["type"]:
        case "unsettled":
            words = [witness["prefix"] + witness["word"] * n for n in range(12, 24)]
            return len({automaton["outputs"][delta(automaton, 0, word)] for word in words}) > 1
        case "cycle":
            return is_cycle(automaton, witness["word"], witness["states"])
        case "kept":
            states = [int(q) for q in witness["states"]]
            moved = [delta(automaton, q, witness["word"]) for q in states]
            return bool(witness["word"]) and len(set(states)) > 1 and moved == states
        case "same-length-cycle":
            fixed = [delta(automaton, int(q), witness["identity"]) for q in witness["states"]]
            return (
                len(witness["word"]) == len(witness["identity"])
                and fixed == [int(q) for q in witness["states"]]
                and is_cycle(automaton, witness["word"], witness["states"])
            )
        case "group":
            return group_of(automaton, witness).degree >= 1
        case "repeat":
            once = witness["prefix"] + [witness["letter"]]
            twice = [*once, witness["letter"]]
            return delta(automaton, 0, once) != delta(automaton, 0, twice)
        case "inequivalent":
            return delta(automaton, 0, witness["first"]) != delta(automaton, 0, witness["second"])
        case "transient":
            return is_transient(automaton, witness)
        case "returns" | "exchange" | "knast":
            return breaks_equation(automaton, witness)
        case "isolating":
            return is_isolating(automaton, witness)
        case "overwritten":
            return is_overwritten(automaton, witness)
        case "left-equivalent":
            return is_left_equivalent(automaton, witness)
        case _:
            return is_symmetric_five(automaton, witness)


def breaks_equation(automaton: Json, witness: Json) -> bool:
    """Whether the words break the equation of their type: spelled out as words, state by state."""
    n = len(automaton["table"])

    def action(word: list[str]) -> list[int]:
        return [delta(automaton, q, word) for q in range(n)]

    def power(word: list[str]) -> list[str]:
        """The word so often that it acts idempotently; a word that counts, at most n times n."""
        several = next((k for k in range(1, n * n + 1) if _is_idempotent(word * k)), n)
        return word * several

    def _is_idempotent(word: list[str]) -> bool:
        return action(word) == action(word * 2)

    w = {name: word for name, word in witness.items() if name != "type"}
    if not all(w[name] and _is_idempotent(w[name]) for name in w if name.endswith("loop")):
        return False
    e, f = w.get("loop", []), w.get("other_loop", [])
    if witness["type"] == "returns":
        around = power(w["word"] + w["other"])
        sides = around + w["word"] + around, around
    elif witness["type"] == "exchange":
        x, y, z = e + w["x"] + f, f + w["y"] + e, e + w["z"] + f
        sides = x + y + z, z + y + x
    else:
        p, q = e + w["p"] + f, f + w["q"] + e
        r, s = e + w["r"] + f, f + w["s"] + e
        sides = power(p + q) + p + s + power(r + s), power(p + q) + power(r + s)
    return action(sides[0]) != action(sides[1])


def is_transient(automaton: Json, witness: Json) -> bool:
    """Whether no further repetition, up to as many as there are states, leads back."""
    times = int(witness["times"])
    ends = [
        delta(automaton, 0, witness["prefix"] + witness["word"] * (times + more))
        for more in range(len(automaton["table"]) + 1)
    ]
    return ends[0] not in ends[1:]


def is_overwritten(automaton: Json, witness: Json) -> bool:
    """Whether the two words lead apart, and all their letters follow."""
    first, second, then = (witness[key] for key in ("first", "second", "then"))
    ends = {delta(automaton, 0, [*witness["prefix"], *word, *then]) for word in (first, second)}
    return all(letter in then for letter in first + second) and len(ends) == 2


def is_left_equivalent(automaton: Json, witness: Json) -> bool:
    """Whether the words act as stated on each state."""
    word, forth, back = (witness[key] for key in ("word", "forth", "back"))
    alike = all(
        delta(automaton, q, back + forth + word) == delta(automaton, q, word)
        for q in range(len(automaton["table"]))
    )
    ends = {delta(automaton, 0, witness["prefix"] + w) for w in (word, forth + word)}
    return alike and len(ends) == 2


def is_isolating(automaton: Json, witness: Json) -> bool:
    """Whether each word separates its state from all others, and all states but one have one."""
    states = {str(q) for q in range(len(automaton["table"]))}
    for entry in witness["words"]:
        ends = {q: delta(automaton, int(q), entry["word"]) for q in states}
        own = ends.pop(entry["state"])
        if len(set(ends.values())) != 1 or own in ends.values():
            return False
    return len(states - {entry["state"] for entry in witness["words"]}) <= 1


def acts_as_its_square(automaton: Json, word: list[str]) -> bool:
    """Whether a word twice leads everywhere where it leads once."""
    states = range(len(automaton["table"]))
    return all(delta(automaton, q, 2 * word) == delta(automaton, q, word) for q in states)


def _of_one_layer(lemma: str, automaton: Json, witness: Json) -> bool:
    """What the lemmas on one diagonal layer and on one layer of contractions need."""
    if lemma == "one-layer-contractions":
        longer = witness["forth"] + witness["word"]
        return all(acts_as_its_square(automaton, w) for w in (witness["word"], longer))
    first, second = Counter(witness["first"]), Counter(witness["second"])
    if lemma == "one-layer-diagonal-real":
        return all((first[letter] - second[letter]) % 2 == 0 for letter in {*first, *second})
    if first == second:
        return True
    prefix, word = witness["prefix"], witness["first"]
    ends = {delta(automaton, 0, prefix + word * times) for times in range(1, 9)}
    return not second and len(ends) == 1


def needs(lemma: str, depth: str, automaton: Json, witness: Json) -> bool:
    """Whether the witness shows what the lemma needs at this depth."""
    match lemma:
        case "real-spectrum-two-groups":
            allowed = 2**20 if depth == "any" else 2 ** int(depth)
            return bool(allowed % len(witness["states"]))
        case "elementary-two-series" | "diagonal-derived-length":
            steps = series_length(group_of(automaton, witness), lemma.startswith("elementary"))
            return steps is None or (depth != "any" and steps > int(depth))
        case "time-invariant-length-only" | "strictly-stable-letters":
            first, second = witness["first"], witness["second"]
            alike = lemma == "strictly-stable-letters" or len(first) == len(second)
            return alike and len(first) > 0 and first[-1:] == second[-1:]
        case "time-invariant-transient" | "one-layer-letter-index" | "threshold-letters-settle":
            return len(witness["word"]) == 1
        case "nonnegative-word-index":
            return depth != "any" and int(depth) <= int(witness["times"])
        case "real-word-index":
            return depth != "any" and 2 ** int(depth) <= int(witness["times"]) + 1
        case "one-layer-diagonal-real" | "one-layer-diagonal-complex" | "one-layer-contractions":
            return _of_one_layer(lemma, automaton, witness)
        case "one-reflection-order-two":
            return len(witness["word"]) == 1 and len(witness["states"]) > 2
        case _:
            return True


def obstruction_is_true(body: Certificate) -> bool:
    """Whether an obstruction says what its lemma forbids, by the catalogue of theorems."""
    lemma, windows = get_lemma(body["lemma"]), body.get("windows", ["1", "1"])
    return (
        is_minimal(body["automaton"])
        and lemma.is_about(body["semantics-name"], body["class"])
        and lemma.holds_with((int(windows[0]), int(windows[1])))
        and lemma.witness.type == body["witness"]["type"]
        and (body["depth"] == "1" or not lemma.only_depth_1)
        and shows(body["automaton"], body["witness"])
        and needs(body["lemma"], body["depth"], body["automaton"], body["witness"])
    )


FACTS = {
    "not-aperiodic": ({"cycle"}, ""),
    "not-two-groups": ({"cycle"}, "real-spectrum-two-groups"),
    "not-quasi-aperiodic": ({"same-length-cycle"}, ""),
    "not-solvable": ({"group"}, "diagonal-derived-length"),
    "not-idempotent-letters": ({"repeat"}, ""),
    "isolated-states": ({"isolating"}, ""),
    "not-da": ({"cycle", "returns"}, ""),
    "not-locally-threshold-testable": ({"cycle", "exchange"}, ""),
    "not-dot-depth-one": ({"cycle", "knast"}, ""),
}


def monoid_is_true(body: Certificate) -> bool:
    """Whether the fact holds; aperiodic is decided from all elements of the monoid."""
    automaton, evidence = body["automaton"], body["evidence"]
    if not is_minimal(automaton):
        return False
    if body["property"] == "aperiodic":
        return _is_aperiodic(automaton)
    if body["property"] in ORACLES:
        semigroup = Semigroup(_automaton(automaton))
        known = evidence == {"type": "elements", "number": str(len(semigroup.monoid))}
        return known and ORACLES[body["property"]](semigroup)
    wanted, lemma = FACTS[body["property"]]
    shown = evidence["type"] in wanted and shows(automaton, evidence)
    return shown and needs(lemma, "any", automaton, evidence)


def _automaton(automaton: Json) -> Automaton:
    table = [[int(state) for state in row] for row in automaton["table"]]
    # The names of the letters and of the outputs do not matter.
    letters = [str(number) for number in range(len(automaton["alphabet"]))]
    return Automaton(letters, table, [repr(output) for output in automaton["outputs"]])


def _is_aperiodic(automaton: Json) -> bool:
    n = len(automaton["table"])
    letters = [
        tuple(delta(automaton, q, [letter]) for q in range(n)) for letter in automaton["alphabet"]
    ]
    monoid = [tuple(range(n))]
    for x in monoid:
        monoid += {tuple(letter[q] for q in x) for letter in letters} - set(monoid)
    for x in monoid:
        power = x
        for _ in range(n):
            power = tuple(x[q] for q in power)
        if tuple(x[q] for q in power) != power:
            return False
    return True
