"""Green's relations of a transition monoid, its egg-boxes and its maximal subgroups."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.components import Classes, in_order_of_appearance, lifted_components
from monoscan.automata.groups import PermutationGroup
from monoscan.automata.image_kernel import number_images, number_kernels
from monoscan.automata.monoid import TransitionMonoid

Elements: TypeAlias = NDArray[np.intp]


@final
@dataclass(frozen=True, eq=False)
class EggBox:
    """One D-class: rows are its R-classes, columns its L-classes, cells its H-classes.

    All cells have the same number of elements. A cell with an idempotent is a group; the groups
    of one D-class are isomorphic.

    Attributes:
        number: The number of the D-class.
        r_classes: The number of the R-class of each row.
        l_classes: The number of the L-class of each column.
        representatives: int array [rows, columns]: the first element of each cell.
        idempotents: int array [rows, columns]: the idempotent of each cell, or -1.
        cell_size: The number of elements of a cell.
    """

    number: int
    r_classes: tuple[int, ...]
    l_classes: tuple[int, ...]
    representatives: Elements
    idempotents: Elements
    cell_size: int

    @property
    def is_regular(self) -> bool:
        """Whether there is an idempotent, and so one in each row and in each column."""
        return bool((self.idempotents >= 0).any())

    @property
    def n_elements(self) -> int:
        """The number of elements of the D-class."""
        return self.representatives.size * self.cell_size


@final
@dataclass(frozen=True)
class MaximalSubgroup:
    """The group of one regular D-class, as permutations of the states its idempotent fixes.

    Attributes:
        d_class: The number of the D-class.
        idempotent: The first idempotent of the D-class: the identity of the group.
        states: The states that the idempotent fixes; point i of the group is state ``states[i]``.
        generators: Elements of the monoid that generate the group, as many as ``group`` has.
        group: The group.
    """

    d_class: int
    idempotent: int
    states: tuple[int, ...]
    generators: tuple[int, ...]
    group: PermutationGroup


@final
@dataclass(frozen=True, eq=False)
class GreensRelations:
    """Green's relations R, L, H and D (which is J, since the monoid is finite).

    Two elements are R-related if each is the other times something, L-related if each is
    something times the other. H is both; D is one after the other. Classes are numbered in the
    order of their first elements.

    Attributes:
        monoid: The monoid.
        r_classes: int32 array [elements]: the number of the R-class of each element.
        l_classes: int32 array [elements]: the number of its L-class.
        h_classes: int32 array [elements]: the number of its H-class.
        d_classes: int32 array [elements]: the number of its D-class.
        idempotents: The elements x with x x = x, in order.

    Source: J.-E. Pin, Mathematical foundations of automata theory, chapter V.

    >>> from monoscan.automata import compile_regex, syntactic_monoid
    >>> greens = GreensRelations(syntactic_monoid(compile_regex("(ab)*", "ab")))
    >>> greens.n_classes
    {'R': 4, 'L': 4, 'H': 6, 'D': 3}
    >>> greens.egg_box(1).idempotents.tolist()
    [[-1, 4], [5, -1]]
    """

    monoid: TransitionMonoid
    r_classes: Classes = field(init=False, repr=False)
    l_classes: Classes = field(init=False, repr=False)
    h_classes: Classes = field(init=False, repr=False)
    d_classes: Classes = field(init=False, repr=False)
    idempotents: Elements = field(init=False, repr=False)

    def __post_init__(self) -> None:
        r = r_classes(self.monoid)
        l = l_classes(self.monoid)  # noqa: E741 - Green's name of the relation
        h = in_order_of_appearance(r.astype(np.int64) * (int(l.max()) + 1) + l)
        # In a D-class each R-class meets each L-class, so the first R-class that an L-class
        # meets is a name of the D-class.
        meets = np.full(int(l.max()) + 1, len(r), dtype=np.int32)
        np.minimum.at(meets, l, r)
        d = in_order_of_appearance(meets[l])
        for name, classes in zip("rlhd", (r, l, h, d), strict=True):
            classes.flags.writeable = False
            object.__setattr__(self, f"{name}_classes", classes)
        object.__setattr__(self, "idempotents", find_idempotents(self.monoid))

    @property
    def n_classes(self) -> dict[str, int]:
        """The number of classes of each relation."""
        relations = (self.r_classes, self.l_classes, self.h_classes, self.d_classes)
        return {
            name: int(classes.max()) + 1 for name, classes in zip("RLHD", relations, strict=True)
        }

    @cached_property
    def regular_d_classes(self) -> tuple[int, ...]:
        """The numbers of the D-classes that hold an idempotent."""
        return tuple(np.unique(self.d_classes[self.idempotents]).tolist())

    def h_class(self, element: int) -> Elements:
        """The elements of the H-class of an element, in order."""
        return self._h_members.of(int(self.h_classes[element]))

    def egg_box(self, d_class: int) -> EggBox:
        """The egg-box of a D-class.

        Raises:
            IndexError: If there is no such D-class.
        """
        if not 0 <= d_class < self.n_classes["D"]:
            raise IndexError(
                f"D-class {d_class} does not exist; the D-classes are 0..{self.n_classes['D'] - 1}"
            )
        members = self._d_members.of(d_class)
        rows, row = np.unique(self.r_classes[members], return_inverse=True)
        columns, column = np.unique(self.l_classes[members], return_inverse=True)
        shape = (len(rows), len(columns))
        # Members are in order, and no cell is empty.
        _, first = np.unique(row * len(columns) + column, return_index=True)
        representatives = members[first].reshape(shape)
        idempotents = np.full(shape, -1, dtype=np.intp)
        chosen = np.isin(members, self.idempotents, assume_unique=True)
        idempotents[row[chosen], column[chosen]] = members[chosen]
        return EggBox(
            d_class,
            tuple(rows.tolist()),
            tuple(columns.tolist()),
            representatives,
            idempotents,
            len(members) // representatives.size,
        )

    def maximal_subgroups(self, *, trivial: bool = True) -> tuple[MaximalSubgroup, ...]:
        """The maximal subgroups, one for each regular D-class, in the order of the D-classes.

        Args:
            trivial: Also give the groups of one element.

        >>> from monoscan.automata import compile_regex, syntactic_monoid
        >>> greens = GreensRelations(syntactic_monoid(compile_regex("(ab|ba)(aa)*", "ab")))
        >>> [subgroup.group.name for subgroup in greens.maximal_subgroups()]
        ['trivial', 'Z2', 'trivial']
        """
        return tuple(self.subgroup_at(e) for e in self.group_identities(trivial=trivial))

    def group_identities(self, *, trivial: bool = True) -> tuple[int, ...]:
        """The first idempotent of each regular D-class, in the order of the D-classes.

        Args:
            trivial: Also those whose H-class has no other element.
        """
        of_d_class = self.d_classes[self.idempotents]
        firsts = self.idempotents[np.unique(of_d_class, return_index=True)[1]]
        sizes = np.bincount(self.h_classes)[self.h_classes[firsts]]
        return tuple((firsts if trivial else firsts[sizes > 1]).tolist())

    def subgroup_at(self, idempotent: int) -> MaximalSubgroup:
        """The maximal subgroup around an idempotent: its H-class.

        Raises:
            ValueError: If the element is no idempotent.
        """
        if self.monoid.multiply(idempotent, idempotent) != idempotent:
            raise ValueError(f"element {idempotent} is no idempotent, so its H-class is no group")
        members = self.h_class(idempotent)
        generators = _generators(self.monoid, idempotent, members)
        action = self.monoid.elements[idempotent]
        states = np.flatnonzero(action == np.arange(len(action)))
        points = np.full(len(action), -1)
        points[states] = np.arange(len(states))
        permutations = (points[self.monoid.elements[generator][states]] for generator in generators)
        group = PermutationGroup(len(states), tuple(tuple(p.tolist()) for p in permutations))
        return MaximalSubgroup(
            int(self.d_classes[idempotent]), idempotent, tuple(states.tolist()), generators, group
        )

    @cached_property
    def _h_members(self) -> _Members:
        return _Members(self.h_classes)

    @cached_property
    def _d_members(self) -> _Members:
        return _Members(self.d_classes)


def r_classes(monoid: TransitionMonoid) -> Classes:
    """The number of the R-class of each element: int32 array [elements].

    R-classes are the strong components of the right Cayley graph. How the image of x moves when x
    is multiplied on the right depends on the image alone. If the image of x u goes back to that
    of x by v, then u v permutes the image of x, and some power of it fixes all its points; so x
    is x u times something, and x u is R-related to x. Components of images therefore decide.

    Source: J. East, A. Egri-Nagy, J. D. Mitchell and Y. Péresse, Computing finite semigroups,
    2019 (arXiv 1510.01868), for transformations.

    >>> from monoscan.automata import compile_regex, syntactic_monoid
    >>> r_classes(syntactic_monoid(compile_regex("(ab)*", "ab"))).tolist()
    [0, 1, 2, 3, 1, 2]
    """
    return lifted_components(monoid.right, number_images(monoid.elements))


def l_classes(monoid: TransitionMonoid) -> Classes:
    """The number of the L-class of each element: int32 array [elements].

    As for `r_classes`, with the kernel of x in the place of its image: if the kernel of u x goes
    back to that of x by v, then v u permutes the blocks of the kernel of x.

    >>> from monoscan.automata import compile_regex, syntactic_monoid
    >>> l_classes(syntactic_monoid(compile_regex("(ab)*", "ab"))).tolist()
    [0, 1, 2, 3, 2, 1]
    """
    return lifted_components(monoid.left, number_kernels(monoid.elements))


def find_idempotents(monoid: TransitionMonoid) -> Elements:
    """The elements x of a monoid with x x = x, in order.

    >>> from monoscan.automata import compile_regex, syntactic_monoid
    >>> find_idempotents(syntactic_monoid(compile_regex("(aa)*", "a"))).tolist()
    [0]
    """
    maps = monoid.elements
    found = [
        start + np.flatnonzero((np.take_along_axis(part, part, axis=1) == part).all(axis=1))
        for start in range(0, len(maps), 1 << 16)
        for part in (maps[start : start + (1 << 16)],)
    ]
    return np.concatenate(found)


def _generators(monoid: TransitionMonoid, identity: int, members: Elements) -> tuple[int, ...]:
    """Generators of a group H-class: the first element not yet generated, until none is left.

    Each one at least doubles the subgroup, so there are few.
    """
    generators: list[int] = []
    reached = np.zeros(len(members), dtype=bool)
    reached[np.searchsorted(members, identity)] = True
    while not reached.all():
        generators.append(int(members[np.argmin(reached)]))
        fresh = members[reached]
        while len(fresh):
            products = np.concatenate([monoid.products(fresh, g) for g in generators])
            places = np.unique(np.searchsorted(members, products))
            places = places[~reached[places]]
            reached[places] = True
            fresh = members[places]
    return tuple(generators)


class _Members:
    """The members of each class, looked up without a search through all elements."""

    def __init__(self, classes: Classes) -> None:
        self._order = np.argsort(classes, kind="stable")
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(classes))])

    def of(self, number: int) -> Elements:
        return self._order[self._starts[number] : self._starts[number + 1]]
