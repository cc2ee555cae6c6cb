"""The catalogue of model classes: each file of this package adds its own."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache, lru_cache

from monoscan.theory.model_classes.model_class import (
    Family,
    ModelClass,
    UnknownModelClassError,
    compact,
    number_in,
)
from monoscan.theory.model_classes.number_sets import NumberSet, left_out

_CLASSES: dict[str, ModelClass] = {}
_FAMILIES: list[Family] = []


class CatalogueError(ValueError):
    """A class that cannot be in the catalogue as it is described."""


def register(model_class: ModelClass) -> ModelClass:
    """Adds a class to the catalogue.

    Raises:
        CatalogueError: if its id is taken.
    """
    if compact(model_class.id) in _CLASSES:
        raise CatalogueError(
            f"two model classes have the id {model_class.id!r} (hyphens and capitals do not "
            "count); rename one of them"
        )
    _CLASSES[compact(model_class.id)] = model_class
    return model_class


def register_family(family: Family) -> Family:
    """Adds a family of classes to the catalogue.

    Raises:
        CatalogueError: if its pattern is taken.
    """
    if any(compact(known.pattern) == compact(family.pattern) for known in _FAMILIES):
        raise CatalogueError(f"two families have the pattern {family.pattern!r}; rename one")
    _FAMILIES.append(family)
    return family


@cache
def _load() -> None:
    """Imports every file of this package, and looks at its classes together.

    Raises:
        CatalogueError: for a parent that does not exist, or a class with the id of a family's.
    """
    package = importlib.import_module(__name__.rpartition(".")[0])
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    for model_class in _CLASSES.values():
        for family in _FAMILIES:
            if number_in(family.pattern, model_class.id) is not None:
                raise CatalogueError(
                    f"the id {model_class.id!r} is one of the family {family.pattern}; rename it"
                )
        for parent in model_class.parents:
            try:
                _check_inside(model_class, _find(parent))
            except UnknownModelClassError as error:
                raise CatalogueError(f"a parent of {model_class.id}: {error}") from error


def _check_inside(model_class: ModelClass, parent: ModelClass) -> None:
    """Whether sets of numbers lie in those of a parent of the same shape.

    What a lemma forbids to the parent is taken to be forbidden to the class, so this matters.
    """
    inner, outer = model_class.shape, parent.shape
    if inner is None or type(inner) is not type(outer):
        return
    for field in fields(inner):
        numbers, larger = getattr(inner, field.name), getattr(outer, field.name)
        if isinstance(numbers, NumberSet) and isinstance(larger, NumberSet):
            point = left_out(numbers, by=larger)
            if point is not None:
                raise CatalogueError(
                    f"{model_class.id} is said to lie in {parent.id}, whose {field.name} leave out "
                    f"{point}; correct its parents or one of the two regions"
                )


def all_model_classes() -> tuple[ModelClass, ...]:
    """The registered classes in the order of the catalogue; families are left out.

    >>> from monoscan.theory.model_classes import all_model_classes
    >>> all_model_classes()[0].id
    'diagonal-open'
    """
    _load()
    return tuple(sorted(_CLASSES.values(), key=lambda c: (c.place, c.id)))


def families() -> tuple[Family, ...]:
    """The registered families."""
    _load()
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
    _load()
    return _find(name)


def _find(name: str) -> ModelClass:
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
