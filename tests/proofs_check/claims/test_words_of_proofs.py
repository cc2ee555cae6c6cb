"""What pages of claims prove in words, run through by program where it is finite, or drawn."""

from __future__ import annotations

import numpy as np
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.proofs_check.claims.block_sizes import s5
from monoscan.proofs_check.claims.fixed_point_iterations import passes_needed
from monoscan.proofs_check.claims.unit_quaternions import a5, network
from monoscan.proofs_check.rows import built
from monoscan.theory.constructions.published.letter_group import letter_group
from monoscan.theory.constructions.published.rotation_groups import MatrixGroup, matrix_group
from monoscan.theory.lrnn import LRNN


def generated(lrnn: LRNN) -> MatrixGroup:
    (layer,) = lrnn.layers
    return matrix_group(tuple(case.matrix for case in layer.cases.values()))


def commutator(products, inverses, x: int, y: int) -> int:
    return int(products[products[x, y], products[inverses[x], inverses[y]]])


def power(products, x: int, exponent: int) -> int:
    found = 0
    for _ in range(exponent):
        found = int(products[found, x])
    return found


def test_conjugate_quaternions_of_order_five_have_commutators_of_order_one_or_ten() -> None:
    group = generated(network(a5))
    products = group.table.products
    assert len(group.matrices) == 120
    inverses = np.argwhere(products == 0)[:, 1]
    fives = [x for x in range(1, 120) if power(products, x, 5) == 0]
    assert len(fives) == 24
    orders = set()
    for x in fives:
        for g in range(120):
            y = int(products[products[g, x], inverses[g]])
            found = commutator(products, inverses, x, y)
            orders.add(next(n for n in range(1, 121) if power(products, found, n) == 0))
    assert orders == {1, 10}


def test_in_s5_that_commutator_has_order_three() -> None:
    group = letter_group(s5())
    assert not isinstance(group, str)
    products = group.table.products
    inverses = np.argwhere(products == 0)[:, 1]
    cycle, swap = group.letters
    turned = int(products[products[swap, cycle], inverses[swap]])
    found = commutator(products, inverses, cycle, turned)
    assert [power(products, found, n) == 0 for n in (1, 2, 3)] == [False, False, True]


def test_the_rotations_that_are_lifted_are_those_of_the_icosahedron() -> None:
    assert len(generated(built("so3-groups-two-gh", a5)()).matrices) == 60


numbers = st.integers(-3, 3)
states = st.lists(numbers, min_size=3, max_size=3)


@given(
    word=st.text("xd", min_size=1, max_size=7),
    mixing=st.lists(states, min_size=3, max_size=3),
    scales=states,
    start=states,
    data=st.data(),
)
@examples(100)
def test_passes_reach_the_dense_state(word, mixing, scales, start, data) -> None:
    letters = {"x": np.array(mixing), "d": np.diag(scales)}
    inputs = [np.array(data.draw(states)) for _ in word]
    dense = [np.array(start)]
    for letter, given_ in zip(word, inputs, strict=True):
        dense.append(letters[letter] @ dense[-1] + given_)
    before = [dense[0], *([np.zeros(3, dtype=int)] * len(word))]
    for _ in range(passes_needed(word)):
        now = [dense[0]]
        for time, (letter, given_) in enumerate(zip(word, inputs, strict=True)):
            diagonal = np.diag(np.diag(letters[letter]))
            rest = letters[letter] - diagonal
            now.append(diagonal @ now[-1] + rest @ before[time] + given_)
        before = now
    assert (before[-1] == dense[-1]).all()


signs = st.sampled_from([1, -1])


@given(data=st.data())
@examples(50)
def test_letters_that_invert_keep_states_apart(data) -> None:
    """Layers h <- a h + b with a = 1 or -1; the second one reads whether the first is positive."""
    first = {x: (data.draw(signs), data.draw(numbers)) for x in "ab"}
    symbols = [(x, positive) for x in "ab" for positive in (False, True)]
    second = {symbol: (data.draw(signs), data.draw(numbers)) for symbol in symbols}

    def after(state: tuple[int, int], letter: str) -> tuple[int, int]:
        a, b = first[letter]
        low = a * state[0] + b
        a, b = second[letter, low > 0]
        return low, a * state[1] + b

    states = {(0, 0)}
    for _ in range(5):
        states |= {after(state, letter) for state in states for letter in "ab"}
    for letter in "ab":
        assert len({after(state, letter) for state in states}) == len(states)
