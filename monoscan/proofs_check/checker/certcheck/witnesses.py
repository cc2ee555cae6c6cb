"""Witnesses: what an automaton is shown to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from .automata import Automaton, read_state, read_states
from .limits import MAX_STATES, require
from .permutations import Permutation, generated, series_length
from .reading import Node, Output


class Evidence(NamedTuple):
    """What a witness has shown; what a type of witness does not have is empty."""

    length: int = 0  # of a cycle of states
    letters: int = 0  # of the word that makes the cycle, or that is repeated
    generators: tuple[Permutation, ...] = ()
    times: int = 0  # repetitions after which the states are not yet periodic
    surplus: tuple[int, ...] = ()  # how much more often each letter is in the first word
    settles: bool = False  # the first word is neutral once it has been read; there is no second
    idempotent: bool = False  # both words act like their squares
    one_length: bool = False  # the two words have the same length
    one_last_letter: bool = False  # neither word is empty, and both end with the same letter


def always(_evidence: Evidence, _depth: int | None) -> bool:
    """The witness alone is enough."""
    return True


def not_power_of_two(evidence: Evidence, depth: int | None) -> bool:
    """The length of the cycle divides 2^depth for no depth, or not for this one."""
    m = evidence.length
    return m & (m - 1) != 0 if depth is None else pow(2, depth, m) != 0


def longer_series(squares: bool) -> Callable[[Evidence, int | None], bool]:
    """The series of the group has more steps than the depth, or does not end."""

    def holds(evidence: Evidence, depth: int | None) -> bool:
        steps = series_length(evidence.generators, squares)
        return steps is None or (depth is not None and steps > depth)

    return holds


# A witness reads its object, raises Invalid unless it shows what its type says of the automaton.
WITNESSES: dict[str, Callable[[Node, Automaton], Evidence]] = {}


def witness(
    name: str,
) -> Callable[[Callable[[Node, Automaton], Evidence]], Callable[[Node, Automaton], Evidence]]:
    """Register the function that checks a type of witness."""

    def register(
        function: Callable[[Node, Automaton], Evidence],
    ) -> Callable[[Node, Automaton], Evidence]:
        WITNESSES[name] = function
        return function

    return register


@witness("unsettled")
def check_unsettled(node: Node, automaton: Automaton) -> Evidence:
    """The outputs along prefix word^n, the word a letter, are not eventually constant."""
    _, prefix_node, word_node = node.members("type", "prefix", "word")
    prefix = prefix_node.letters(automaton.alphabet)
    word = word_node.letters(automaton.alphabet, 1, 1)
    state, path = automaton.run(prefix), dict[int, Output]()
    letter = automaton.alphabet[word[0]]
    while state not in path:
        path[state] = automaton.outputs[state]
        state = automaton.table[state][letter]
    cycle = list(path.values())[list(path).index(state) :]
    require(len(set(cycle)) > 1, "word: the outputs along prefix word^n are eventually constant")
    return Evidence()


@witness("cycle")
def check_cycle(node: Node, automaton: Automaton) -> Evidence:
    """The word takes each state to the next one, and the last to the first."""
    _, word_node, states_node = node.members("type", "word", "states")
    word = word_node.letters(automaton.alphabet)
    states = read_states(states_node, automaton, 2)
    require_cycle(automaton, word, states)
    return Evidence(length=len(states), letters=len(word))


def require_cycle(automaton: Automaton, word: Sequence[str], states: Sequence[int]) -> None:
    """The word takes each state to the next one, and the last to the first."""
    moved = automaton.move(word, states)
    require(moved == [*states[1:], states[0]], "word: does not move the states in this cycle")


@witness("kept")
def check_kept(node: Node, automaton: Automaton) -> Evidence:
    """The word, which is not empty, leads each of the states back to itself."""
    _, word_node, states_node = node.members("type", "word", "states")
    word = word_node.letters(automaton.alphabet, 1)
    states = read_states(states_node, automaton, 2)
    require(automaton.move(word, states) == states, "word: does not lead each state back to itself")
    return Evidence(letters=len(word))


@witness("same-length-cycle")
def check_same_length_cycle(node: Node, automaton: Automaton) -> Evidence:
    """Two words of one length: one moves the states in a cycle, the other fixes each of them."""
    _, word_node, identity_node, states_node = node.members("type", "word", "identity", "states")
    word = word_node.letters(automaton.alphabet)
    neutral = identity_node.letters(automaton.alphabet)
    states = read_states(states_node, automaton, 2)
    require(len(word) == len(neutral), "identity: the two words have different lengths")
    require(automaton.move(neutral, states) == states, "identity: does not fix the states")
    require_cycle(automaton, word, states)
    return Evidence(length=len(states), letters=len(word))


@witness("group")
def check_group(node: Node, automaton: Automaton) -> Evidence:
    """Each word permutes the states."""
    _, words_node, states_node = node.members("type", "words", "states")
    words = [item.letters(automaton.alphabet) for item in words_node.items(1)]
    states = read_states(states_node, automaton, 1)
    place = {state: i for i, state in enumerate(states)}
    generators: list[Permutation] = []
    for index, word in enumerate(words):
        moved = automaton.move(word, states)
        require(set(moved) == set(states), f"words[{index}]: does not permute the states")
        generators.append(tuple(place[state] for state in moved))
    return Evidence(generators=tuple(generators))


@witness("repeat")
def check_repeat(node: Node, automaton: Automaton) -> Evidence:
    """After the prefix, the letter twice leads elsewhere than the letter once."""
    _, prefix_node, letter_node = node.members("type", "prefix", "letter")
    prefix = prefix_node.letters(automaton.alphabet)
    letter = letter_node.choice(automaton.alphabet)
    once = automaton.run([*prefix, letter])
    require(automaton.move([letter], [once]) != [once], "letter: twice leads where once leads")
    return Evidence()


@witness("inequivalent")
def check_inequivalent(node: Node, automaton: Automaton) -> Evidence:
    """Two words lead to different states."""
    first, second = (
        member.letters(automaton.alphabet) for member in node.members("type", "first", "second")[1:]
    )
    different = automaton.run(first) != automaton.run(second)
    require(different, "second: the two words lead to the same state")
    return Evidence(
        one_length=len(first) == len(second),
        one_last_letter=bool(first) and first[-1:] == second[-1:],
    )


@witness("s5")
def check_s5(node: Node, automaton: Automaton) -> Evidence:
    """Two letters act on all states as (1 2 3 4 5) and (1 2) act in S5, up to isomorphism."""
    letters = [
        member.choice(automaton.alphabet)
        for member in node.members("type", "five_cycle", "transposition")[1:]
    ]
    states = range(len(automaton.table))
    # The group of pairs (on the states, on five points) is the graph of an isomorphism if its
    # order and that of its first part are 120; the second part is all of S5.
    pairs: list[Permutation] = []
    for letter, points in zip(letters, ((1, 2, 3, 4, 0), (1, 0, 2, 3, 4)), strict=True):
        moved = automaton.move([letter], states)
        require(set(moved) == set(states), f"the letter {letter!r} does not permute the states")
        pairs.append((*moved, *(len(states) + point for point in points)))
    joint = generated(len(pairs[0]), pairs)
    # A larger group is not copied.
    orders = len(joint) == 120 == len({pair[: len(states)] for pair in joint})
    require(orders, "the two letters do not generate S5 in this way")
    return Evidence()


@witness("transient")
def check_transient(node: Node, automaton: Automaton) -> Evidence:
    """After the prefix and so many times the word, the word never leads back."""
    _, prefix_node, word_node, times_node = node.members("type", "prefix", "word", "times")
    prefix = prefix_node.letters(automaton.alphabet)
    word = word_node.letters(automaton.alphabet, 1)
    times = times_node.integer()
    if not 1 <= times <= MAX_STATES:
        times_node.fail(f"expected between 1 and {MAX_STATES}")
    path = [automaton.run(prefix)]
    seen = set(path)
    while (following := automaton.move(word, path[-1:])[0]) not in seen:
        path.append(following)
        seen.add(following)
    require(times < path.index(following), "times: the word leads back after so many repetitions")
    return Evidence(letters=len(word), times=times)


@witness("overwritten")
def check_overwritten(node: Node, automaton: Automaton) -> Evidence:
    """Two words lead apart although a word follows that has all their letters."""
    prefix, first, second, then_ = (
        member.letters(automaton.alphabet)
        for member in node.members("type", "prefix", "first", "second", "then")[1:]
    )
    missing = sorted({*first, *second} - {*then_})
    require(not missing, f"then: lacks the letters {missing[:5]}")
    start = automaton.run(prefix)
    one, other = (automaton.move([*word, *then_], [start]) for word in (first, second))
    require(one != other, "then: the two words lead to the same state")
    settles = automaton.move(first, [start]) == automaton.move([*first, *first], [start])
    more, fewer = Counter(first), Counter(second)
    surplus = tuple(more[letter] - fewer[letter] for letter in sorted({*then_}))
    return Evidence(surplus=surplus, settles=settles and not second)


@witness("left-equivalent")
def check_left_equivalent(node: Node, automaton: Automaton) -> Evidence:
    """`word` and `forth word` act differently, and `back forth word` acts as `word` does."""
    prefix, word, forth, back = (
        member.letters(automaton.alphabet)
        for member in node.members("type", "prefix", "word", "forth", "back")[1:]
    )
    states = range(len(automaton.table))
    alike = automaton.move([*back, *forth, *word], states) == automaton.move(word, states)
    require(alike, "back: back forth word does not act as word does")
    apart = automaton.run([*prefix, *forth, *word]) != automaton.run([*prefix, *word])
    require(apart, "forth: after the prefix, forth word leads where word leads")
    idempotent = all(
        automaton.move(2 * x, states) == automaton.move(x, states) for x in (word, [*forth, *word])
    )
    return Evidence(idempotent=idempotent)


@witness("isolating")
def check_isolating(node: Node, automaton: Automaton) -> Evidence:
    """For each state but at most one, a word takes it to one state and all others to another."""
    words_node = node.members("type", "words")[1]
    n = len(automaton.table)
    isolated: set[int] = set()
    for index, item in enumerate(words_node.items(1, MAX_STATES)):
        state_node, word_node = item.members("state", "word")
        state = read_state(state_node, automaton)
        images = automaton.move(word_node.letters(automaton.alphabet), range(n))
        others = {images[other] for other in range(n) if other != state}
        alone = len(others) == 1 and images[state] not in others
        require(alone, f"words[{index}]: does not take this state to one and the others to another")
        isolated.add(state)
    require(len(isolated) >= n - 1, "words: more than one state is left out")
    return Evidence()
