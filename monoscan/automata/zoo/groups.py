"""Word problems of groups: each letter is an element, the output is the product so far."""

from __future__ import annotations

from functools import partial
from itertools import permutations

from monoscan.automata.automaton import Automaton
from monoscan.automata.sources.cycle_notation import Permutation
from monoscan.automata.sources.permutations import group_word_problem
from monoscan.automata.zoo.registry import Language, describe, language, language_family

MERRILL = (
    "Merrill, Petty and Sabharwal, The illusion of state in state-space models, arXiv:2404.08819 "
    "(word problems of S5, A4 x Z5 and Z60)"
)
GRAZZI = (
    "Grazzi et al., Unlocking state-tracking in linear RNNs through negative eigenvalues, "
    "arXiv:2411.12537, section 5.2"
)
PRODUCT = (
    "DeltaProduct: Siems et al., Improving state-tracking in linear RNNs via Householder "
    "products, arXiv:2502.10297"
)


def symmetric(n: int) -> list[Permutation]:
    """All permutations of n points, the identity first.

    >>> [str(element) for element in symmetric(2)]
    ['()', '(1,2)']
    """
    return [Permutation(images) for images in permutations(range(1, n + 1))]


def alternating(n: int) -> list[Permutation]:
    """All even permutations of n points, the identity first.

    >>> [str(element) for element in alternating(3)]
    ['()', '(1,2,3)', '(1,3,2)']
    """
    return [element for element in symmetric(n) if is_even(element)]


def is_even(element: Permutation) -> bool:
    """Whether a permutation is a product of an even number of transpositions.

    >>> is_even(Permutation((2, 1)))
    False
    """
    return sum(len(cycle) - 1 for cycle in element.cycles()) % 2 == 0


@language_family("sN", N=(3, 6), members=[(3,), (4,), (5,)])
def symmetric_group(n: int) -> Language:
    """The symmetric group with all elements as letters."""
    elements = symmetric(n)
    return describe(
        f"s{n}",
        alphabet=[str(element) for element in elements],
        definition=f"The symmetric group of {n} points: each letter is a permutation, the output "
        "is the product of the word, first letter first.",
        examples={"": "()", "(1,2) (2,3)": "(1,3,2)", "(1,2) (1,2)": "()"},
        source=GRAZZI if n == 5 else PRODUCT,
        build=partial(group_word_problem, elements),
    )


@language_family("aN", N=(3, 6), members=[(4,), (5,)])
def alternating_group(n: int) -> Language:
    """The alternating group with all elements as letters."""
    elements = alternating(n)
    return describe(
        f"a{n}",
        alphabet=[str(element) for element in elements],
        definition=f"The alternating group of {n} points: each letter is an even permutation, the "
        "output is the product of the word, first letter first.",
        examples={"": "()", "(1,2,3) (1,2,3)": "(1,3,2)", "(1,2,3) (1,3,2)": "()"},
        source=PRODUCT,
        build=partial(group_word_problem, elements),
    )


def cyclic_automaton(n: int) -> Automaton:
    """The automaton that adds residues modulo n.

    >>> cyclic_automaton(60).output(["59", "3"])
    '2'
    """
    residues = [str(residue) for residue in range(n)]
    table = [[(total + residue) % n for residue in range(n)] for total in range(n)]
    return Automaton(residues, table, residues)


@language_family("zN", N=(2, 1_000), members=[(60,)])
def cyclic_group(n: int) -> Language:
    """The cyclic group with all elements as letters."""
    return describe(
        f"z{n}",
        alphabet=[str(residue) for residue in range(n)],
        definition=f"The cyclic group of order {n}: each letter is a residue, the output is the "
        f"sum of the word modulo {n}.",
        examples={"": "0", "1": "1", f"{n - 1} 1": "0"},
        source=MERRILL,
        build=partial(cyclic_automaton, n),
    )


def dihedral(n: int) -> dict[str, Permutation]:
    """The symmetries of a regular n-gon by name: ``rK`` turns by K corners, ``sK`` then flips.

    >>> str(dihedral(4)["r1"]), str(dihedral(4)["s0"])
    ('(1,2,3,4)', '(2,4)')
    """
    named = {}
    for name, flip in (("r", 1), ("s", -1)):
        for turn in range(n):
            images = tuple(flip * (corner + turn) % n + 1 for corner in range(n))
            named[f"{name}{turn}"] = Permutation(images)
    return named


@language_family("dN", N=(3, 100), members=[(4,), (5,)])
def dihedral_group(n: int) -> Language:
    """The dihedral group of 2n elements with all elements as letters."""
    return describe(
        f"d{n}",
        alphabet=list(dihedral(n)),
        definition=f"The dihedral group of {2 * n} elements, the symmetries of the {n}-gon: rK "
        "turns it by K corners, sK turns it by K corners and then flips it; the output is the "
        "product of the word, first letter first.",
        examples={"": "r0", "r1 s0": "s1", "s0 s0": "r0", "s0 r1": f"s{n - 1}"},
        source=f"{PRODUCT}, Theorem 7 (dihedral groups in two layers)",
        build=partial(group_word_problem, dihedral(n), output="letter"),
    )


_QUATERNIONS = ("1", "-1", "i", "-i", "j", "-j", "k", "-k")


def quaternions() -> dict[str, Permutation]:
    """The eight unit quaternions by name, as permutations of themselves: x sends y to y x.

    >>> str(quaternions()["-1"])
    '(1,2)(3,4)(5,6)(7,8)'
    """
    numbers = {name: number for number, name in enumerate(_QUATERNIONS, start=1)}
    return {
        x: Permutation(tuple(numbers[_times(y, x)] for y in _QUATERNIONS)) for x in _QUATERNIONS
    }


def _times(x: str, y: str) -> str:
    sign = (-1) ** ((x + y).count("-"))
    u, v = x.lstrip("-"), y.lstrip("-")
    if "1" in (u, v):
        unit = v if u == "1" else u
    elif u == v:
        unit, sign = "1", -sign
    else:
        unit = ({"i", "j", "k"} - {u, v}).pop()
        sign = sign if u + v in "ijki" else -sign
    return unit if sign > 0 else f"-{unit}"


@language(
    "q8",
    alphabet=_QUATERNIONS,
    definition="The quaternion group: each letter is one of the units 1, -1, i, -i, j, -j, k, -k; "
    "the output is the product of the word, first letter first.",
    examples={"": "1", "i j": "k", "j i": "-k", "k k": "-1"},
    source="W. R. Hamilton, On quaternions, 1844 (ij = k, i^2 = j^2 = k^2 = -1); the smallest "
    "group that is not abelian and whose subgroups are all normal",
)
def quaternion_group() -> Automaton:
    """Computed as a permutation group on eight points."""
    return group_word_problem(quaternions(), output="letter")
