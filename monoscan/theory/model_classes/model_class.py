"""Classes of linear RNNs: the transition matrices a layer may have, and what contains what."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
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
        region: the transition matrices in words and symbols.
        source: the paper that the parametrisation comes from.
        aliases: names of architectures whose transition matrices these are.
        parents: the smallest registered classes that contain this one.
        has_exact_networks: False for classes whose members are no exact linear RNNs with closed
            parameter ranges: open (sigmoid) ranges, non-linear recurrences, attention.
        note: what a reader must know besides; empty if there is nothing.
        closure_contains: id of a class whose matrices are all limits of matrices of this one, for
            an open range; empty for other classes. Such a class recognises on all words up to
            any given length what that class recognises.
    """

    id: str
    region: str
    source: str
    aliases: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    has_exact_networks: bool = True
    note: str = ""
    closure_contains: str = ""

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True)
class Family:
    """Classes that differ in the number N of factors of a head.

    Attributes:
        pattern: id with N for the number.
        least: smallest N.
        member: the class of a number.
        aliases: an alias pattern such as `deltaproduct-N`, or empty.
    """

    pattern: str
    least: int
    member: Callable[[int], ModelClass]
    aliases: tuple[str, ...] = ()

    def find(self, name: str) -> ModelClass | None:
        """The member of that id or alias, if it is one."""
        for pattern in (self.pattern, *self.aliases):
            match = re.fullmatch(re.escape(pattern).replace("N", "([1-9][0-9]*)"), name)
            if match:
                return self._member(int(match[1]), name)
        return None

    def _member(self, n: int, name: str) -> ModelClass:
        if not self.least <= n <= MAX_FACTORS:
            raise UnknownModelClassError(
                f"{name!r}: N is {n}; expected a number from {self.least} to {MAX_FACTORS}"
            )
        return self.member(n)


class UnknownModelClassError(ValueError):
    """A class id or alias that does not exist; the message names the nearest ones."""


_CLASSES: dict[str, ModelClass] = {}
_FAMILIES: list[Family] = []
_ALIASES: dict[str, str] = {}


def register(model_class: ModelClass) -> ModelClass:
    """Adds a class to the catalogue.

    Raises:
        ValueError: if an id or an alias is taken.
    """
    for name in (model_class.id, *model_class.aliases):
        if name in _CLASSES or name in _ALIASES:
            raise ValueError(f"the model class name {name!r} is defined twice")
    _CLASSES[model_class.id] = model_class
    _ALIASES.update(dict.fromkeys(model_class.aliases, model_class.id))
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
    """The class of that id or alias, in any case of letters.

    Raises:
        UnknownModelClassError: if there is none, or N is out of range.

    >>> from monoscan.theory.model_classes import get_model_class
    >>> get_model_class("Mamba").id, get_model_class("deltaproduct-3").id
    ('diagonal-nonnegative', 'householder-product-3')
    """
    wanted = name.strip().lower().replace("_", "-").replace(" ", "-")
    found = _CLASSES.get(_ALIASES.get(wanted, wanted))
    for family in _FAMILIES:
        found = found or family.find(wanted)
    if found is None:
        names = [*_CLASSES, *_ALIASES, *(family.pattern for family in _FAMILIES)]
        near = difflib.get_close_matches(wanted, names, n=3, cutoff=0.4) or list(_CLASSES)[:3]
        raise UnknownModelClassError(
            f"there is no model class {name!r}; nearest: {', '.join(near)} "
            "(all of them: monoscan list classes)"
        )
    return found


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
        "(diagonal-(nonnegative|((real|complex)(-open)?)|open))|((time-invariant|mixed)-diagonal)",
        "(gated-)?householder(-product-[0-9]+)?(-nonnegative)?",
    )
)
"""Classes whose heads are all diagonal matrices, and classes whose heads are all factors."""


def is_inside_as_written(inner: ModelClass, outer: ModelClass) -> bool:
    """Whether the inner class's networks, as they are written, are networks of the outer class.

    Where every operation is rounded the parametrisation matters: a scalar a and the Householder
    factor 1 - (1 - a) are the same number and not the same operations.

    >>> from monoscan.theory.model_classes import get_model_class, is_inside_as_written
    >>> mamba = get_model_class("mamba")
    >>> [is_inside_as_written(mamba, get_model_class(c)) for c in ("diagonal-real", "deltanet")]
    [True, False]
    """
    if inner == outer:
        return True
    return is_inside(inner, outer) and any(
        kind.fullmatch(inner.id) and kind.fullmatch(outer.id) for kind in _WRITTEN_ALIKE
    )
