"""Word problems of permutation groups: which element is the product of the letters?

Words act from left to right: the word ``g h`` is the permutation that first does g, then h.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.budget import BudgetExceeded, check_budget
from monoscan.automata.sources.cycle_notation import (
    Permutation,
    PermutationError,
    cycle_notation,
    parse_permutation,
)
from monoscan.automata.word import check_alphabet

DEFAULT_GROUP_BUDGET = 100_000

_PRODUCTS_AT_ONCE = 1 << 20


def group_elements(
    generators: Iterable[Permutation | str], *, budget: int = DEFAULT_GROUP_BUDGET
) -> tuple[Permutation, ...]:
    """The group that permutations generate, the identity first, in breadth-first order.

    Args:
        generators: Permutations, or texts in cycle notation.
        budget: Largest number of elements.

    Raises:
        PermutationError: If a generator is no permutation, or none is given.
        BudgetExceeded: If the group has more elements.

    >>> [str(element) for element in group_elements(["(1,2,3)"])]
    ['()', '(1,2,3)', '(1,3,2)']
    """
    given = _same_degree([_permutation(generator) for generator in generators])
    if not given:
        raise PermutationError("no generators are given; give at least one permutation")
    elements, _ = _cayley(_as_array(given), budget)
    return tuple(Permutation(tuple(row)) for row in (elements + 1).tolist())


def group_word_problem(
    letters: Mapping[str, Permutation | str] | Iterable[Permutation | str],
    *,
    output: Literal["element", "letter", "is-identity"] = "element",
    budget: int = DEFAULT_GROUP_BUDGET,
) -> Automaton:
    """The automaton that multiplies the letters of a word; its states are the group's elements.

    Args:
        letters: The permutation of each letter; or only permutations, whose letters are then
            their names in cycle notation. They generate the group.
        output: ``element`` is the product in cycle notation; ``letter`` is the letter that equals
            the product (every element must be exactly one letter); ``is-identity`` is True where
            the product is the identity.
        budget: Largest number of elements of the group.

    Raises:
        PermutationError: If a letter is no permutation, or the letters are not the elements.
        AlphabetError: If the alphabet is empty or not valid.
        BudgetExceeded: If the group has more elements than the budget.

    >>> swaps = group_word_problem({"a": "(1,2)", "b": "(2,3)"})
    >>> swaps.output("ab"), swaps.n_states
    ('(1,3,2)', 6)
    """
    named = _named(letters)
    alphabet = check_alphabet(list(named))
    generators = _as_array(_same_degree(list(named.values())))
    elements, table = _cayley(generators, budget)
    return Automaton(alphabet, table, _outputs(output, alphabet, elements, table))


def _outputs(
    output: str, alphabet: tuple[str, ...], elements: NDArray[np.int16], table: NDArray[np.int32]
) -> list[Output]:
    if output == "element":
        return [cycle_notation(row) for row in (elements + 1).tolist()]
    if output == "is-identity":
        return [state == 0 for state in range(len(elements))]
    if output == "letter":
        # Right multiplication: from the identity, state 0, a letter leads to its own element.
        own = dict(zip(table[0].tolist(), alphabet, strict=True))
        if not len(own) == len(alphabet) == len(elements):
            raise PermutationError(
                f"output='letter' needs each of the {len(elements)} elements of the group as "
                f"exactly one letter; {len(own)} elements have one of the {len(alphabet)} letters. "
                "Use output='element'"
            )
        return [own[state] for state in range(len(elements))]
    raise PermutationError(
        f"the output {output!r} is unknown; expected 'element', 'letter' or 'is-identity'"
    )


def _cayley(
    generators: NDArray[np.int16], budget: int
) -> tuple[NDArray[np.int16], NDArray[np.int32]]:
    """The elements [element, point] in breadth-first order and the right Cayley graph.

    Points count from 0 here. The products of many elements with all generators are made at once;
    only their numbering, by a dictionary of their bytes, goes one by one.
    """
    check_budget(budget)
    n_letters, degree = generators.shape
    identity = np.arange(degree, dtype=np.int16)
    numbers = {identity.tobytes(): 0}
    rows: list[int] = []
    blocks = deque([identity[np.newaxis]])
    width = max(1, _PRODUCTS_AT_ONCE // (n_letters * degree))
    while blocks:
        # generators[:, block] is [letter, element, point]: first the element, then the letter.
        products = generators[:, blocks.popleft()].transpose(1, 0, 2)
        known = len(numbers)
        rows += [numbers.setdefault(key, len(numbers)) for key in _keys(products)]
        if len(numbers) > budget:
            raise BudgetExceeded("elements of the group", budget, len(numbers))
        new = _elements(islice(numbers, known, None), degree)
        blocks.extend(new[begin : begin + width] for begin in range(0, len(new), width))
    return _elements(numbers, degree), np.array(rows, dtype=np.int32).reshape(-1, n_letters)


def _keys(products: NDArray[np.int16]) -> list[bytes]:
    """The bytes of each product, in order."""
    data, size = products.tobytes(), products.shape[-1] * products.itemsize
    return [data[begin : begin + size] for begin in range(0, len(data), size)]


def _elements(keys: Iterable[bytes], degree: int) -> NDArray[np.int16]:
    return np.frombuffer(b"".join(keys), dtype=np.int16).reshape(-1, degree)


def _named(
    letters: Mapping[str, Permutation | str] | Iterable[Permutation | str],
) -> dict[str, Permutation]:
    if isinstance(letters, Mapping):
        given = cast("Mapping[str, Permutation | str]", letters)
        return {name: _permutation(value) for name, value in given.items()}
    named: dict[str, Permutation] = {}
    for value in letters:
        permutation = _permutation(value)
        if str(permutation) in named:
            raise PermutationError(f"{permutation} is given twice as a letter; remove one of them")
        named[str(permutation)] = permutation
    return named


def _permutation(value: Permutation | str) -> Permutation:
    if isinstance(value, Permutation):
        return value
    if not isinstance(value, str):
        raise PermutationError(
            f"{value!r} is no permutation; write cycles as in '(1,2,3)(4,5)', or give the images "
            "of 1, 2, ... to Permutation(...)"
        )
    return parse_permutation(value)


def _same_degree(permutations: Sequence[Permutation]) -> list[Permutation]:
    degree = max((1, *(permutation.degree for permutation in permutations)))
    return [permutation.extended(degree) for permutation in permutations]


def _as_array(permutations: Sequence[Permutation]) -> NDArray[np.int16]:
    images = [permutation.images for permutation in permutations]
    return np.array(images, dtype=np.int16).reshape(len(images), -1) - 1
