"""Classes of linear RNNs: the transition matrices a layer may have, and what contains what."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

MAX_FACTORS = 64


@dataclass(frozen=True)
class ModelClass:
    """All stacks of finitely many layers whose transition matrices lie in one region.

    A layer may have any number of heads (diagonal blocks, each in the region, of the same sizes for
    every input), any input matrices B(x), any read-out of its new state, and it may read the
    outputs of all layers below.

    Attributes:
        id: kebab-case. For a class with exact networks it is also the name of the property that
            a certificate claims of them.
        symbols: the transition matrices in symbols, short enough for a column of a table.
        region: the transition matrices in words and symbols.
        source: the paper that the parametrisation comes from.
        parents: the smallest registered classes that contain this one.
        has_exact_networks: False for classes whose members are no linear RNNs: non-linear
            recurrences, attention.
        note: what a reader must know besides; empty if there is nothing.
        closure_contains: id of a class whose matrices are all limits of matrices of this one, for
            an open range; empty for other classes. The open range then recognises on all words
            up to any given length what that class recognises.
    """

    id: str
    symbols: str
    region: str
    source: str
    parents: tuple[str, ...] = ()
    has_exact_networks: bool = True
    note: str = ""
    closure_contains: str = ""

    def __str__(self) -> str:
        return self.id

    @property
    def is_open(self) -> bool:
        """Whether a range of its entries leaves its ends out, as (0, 1) does."""
        return re.search(r"in \([-0-9]|< 1", self.symbols) is not None

    @property
    def has_ends(self) -> bool:
        """Whether the ranges of its entries include their ends, as [0, 1] does."""
        return re.search(r"in \[|<= 1", self.symbols) is not None


@dataclass(frozen=True)
class Family:
    """Classes that differ in the number N of factors of a head.

    Attributes:
        pattern: id with N for the number.
        least: smallest N.
        member: the class of a number.
    """

    pattern: str
    least: int
    member: Callable[[int], ModelClass]

    def find(self, name: str) -> ModelClass | None:
        """The member of that id, if it is one.

        Raises:
            FactorsOutOfRangeError: if N is out of range.
        """
        n = number_in(self.pattern, name)
        return None if n is None else self.member(self.checked(name, n))

    def checked(self, name: str, n: int) -> int:
        """The number N of a name, if there is such a class.

        Raises:
            FactorsOutOfRangeError: if N is out of range.
        """
        if not self.least <= n <= MAX_FACTORS:
            raise FactorsOutOfRangeError(
                f"{name!r}: N is {n}; expected a number from {self.least} to {MAX_FACTORS}"
            )
        return n


def compact(name: str) -> str:
    """A name as it is compared with others: spelling with hyphens, spaces or capitals is free.

    >>> compact("Gated DeltaNet") == compact("gated_deltanet"), compact("RWKV-7")
    (True, 'rwkv7')
    """
    return re.sub(r"[-_\s]", "", name.lower())


def number_in(pattern: str, name: str) -> int | None:
    """The number N of a name of that pattern, or None if it is no such name.

    >>> number_in("deltaproduct-N", "DeltaProduct 3"), number_in("deltaproduct-N", "deltanet")
    (3, None)
    """
    before, after = map(compact, pattern.split("N"))
    match = re.fullmatch(
        f"{re.escape(before)}(0|[1-9][0-9]{{0,9}}){re.escape(after)}", compact(name)
    )
    return None if match is None else int(match[1])


class UnknownModelClassError(ValueError):
    """A class id that does not exist; the message names the nearest ones."""


class FactorsOutOfRangeError(UnknownModelClassError):
    """A number of factors for which there is no class."""


_CLASSES: dict[str, ModelClass] = {}
_FAMILIES: list[Family] = []


def register(model_class: ModelClass) -> ModelClass:
    """Adds a class to the catalogue.

    Raises:
        ValueError: if its id is taken.
    """
    if compact(model_class.id) in _CLASSES:
        raise ValueError(f"the model class {model_class.id!r} is defined twice")
    _CLASSES[compact(model_class.id)] = model_class
    return model_class


def register_family(family: Family) -> Family:
    """Adds a family of classes to the catalogue."""
    _FAMILIES.append(family)
    return family


def all_model_classes() -> tuple[ModelClass, ...]:
    """The registered classes in the order of the catalogue; families are left out.

    >>> from monoscan.theory.model_classes import all_model_classes
    >>> all_model_classes()[0].id
    'diagonal-open'
    """
    return tuple(_CLASSES.values())


def families() -> tuple[Family, ...]:
    """The registered families."""
    return tuple(_FAMILIES)


@lru_cache(maxsize=1_024)
def get_model_class(name: str) -> ModelClass:
    """The class of that id. Names of architectures are no ids: see `monoscan.theory.architectures`.

    Raises:
        UnknownModelClassError: if there is none, or N is out of range.

    >>> from monoscan.theory.model_classes import get_model_class
    >>> get_model_class("Householder product 3").id
    'householder-product-3'
    """
    found = _CLASSES.get(compact(name))
    for family in _FAMILIES:
        found = found or family.find(name)
    if found is None:
        ids = [model_class.id for model_class in _CLASSES.values()]
        near = nearest(name, [*ids, *(family.pattern for family in _FAMILIES)]) or ids[:3]
        raise UnknownModelClassError(
            f"there is no model class {name!r}; nearest: {', '.join(near)} "
            "(all of them: monoscan list classes)"
        )
    return found


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """At most three names that are spelled most like a name, best first.

    >>> nearest("delta-net", ["deltanet", "mamba"])
    ['deltanet']
    """
    spelled = {compact(known_name): known_name for known_name in known}
    found = difflib.get_close_matches(compact(name), spelled, n=3, cutoff=0.4)
    return [spelled[key] for key in found]


def containing(model_class: ModelClass) -> Iterator[ModelClass]:
    """The class itself and all registered classes that contain it, nearest first.

    >>> from monoscan.theory.model_classes import containing, get_model_class
    >>> [c.id for c in containing(get_model_class("triangular-real"))]
    ['triangular-real', 'triangular-complex', 'dense']
    """
    seen = {model_class.id}
    queue = [model_class]
    for current in queue:
        yield current
        for parent in current.parents:
            if parent not in seen:
                seen.add(parent)
                queue.append(get_model_class(parent))


@cache
def is_inside(inner: ModelClass, outer: ModelClass) -> bool:
    """Whether every language of the inner class is a language of the outer one by inclusion.

    >>> from monoscan.theory.model_classes import get_model_class, is_inside
    >>> is_inside(get_model_class("diagonal-real"), get_model_class("householder"))
    True
    """
    return any(current == outer for current in containing(inner))


_WRITTEN_ALIKE = tuple(
    re.compile(pattern)
    for pattern in (
        "diagonal-(nonnegative|common-phase|((real|complex)(-open)?)|open)|mixed-diagonal|"
        "time-invariant-(diagonal|nonnegative)",
        "(gated-)?householder(-product-[0-9]+)?(-nonnegative)?",
    )
)
"""Classes whose heads are all diagonal matrices, and classes whose heads are all factors."""


def is_inside_as_written(inner: ModelClass, outer: ModelClass) -> bool:
    """Whether the inner class's networks, as they are written, are networks of the outer class.

    Where every operation is rounded the parametrisation matters: a scalar a and the Householder
    factor 1 - (1 - a) are the same number and not the same operations.

    >>> from monoscan.theory.model_classes import get_model_class, is_inside_as_written
    >>> inner = get_model_class("diagonal-nonnegative")
    >>> [is_inside_as_written(inner, get_model_class(c)) for c in ("diagonal-real", "householder")]
    [True, False]
    """
    if inner == outer:
        return True
    return is_inside(inner, outer) and any(
        kind.fullmatch(inner.id) and kind.fullmatch(outer.id) for kind in _WRITTEN_ALIKE
    )
