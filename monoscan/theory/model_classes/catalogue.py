"""The catalogue of model classes: each file of this package adds its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache, lru_cache

from monoscan.registry import Family, Registry, UnknownId
from monoscan.theory.model_classes.model_class import MAX_FACTORS, ModelClass
from monoscan.theory.model_classes.number_sets import NumberSet, left_out

CLASSES = Registry[ModelClass](
    "model class", "classes", "monoscan.theory.model_classes", order=lambda entry: entry.place
)


class CatalogueError(ValueError):
    """A class that cannot be in the catalogue as it is described."""


def register(model_class: ModelClass) -> ModelClass:
    """Adds a class to the catalogue.

    Raises:
        ValueError: if its id is taken.
    """
    return CLASSES.add(model_class.id, model_class)


def register_family(pattern: str, least: int, member: Callable[[int], ModelClass]) -> None:
    """Adds the classes that differ in the number N of factors of a head.

    Args:
        pattern: id with N for the number.
        least: smallest N; the largest is `MAX_FACTORS`.
        member: the class of a number.

    Raises:
        ValueError: if its pattern is taken.
    """
    CLASSES.add_family(Family(pattern, {"N": (least, MAX_FACTORS)}, member))


@cache
def _checked() -> Registry[ModelClass]:
    """The catalogue, once its classes have been looked at together.

    Raises:
        CatalogueError: for a parent that does not exist, or a class with the id of a family's.
    """
    for model_class in CLASSES.all():
        for family in CLASSES.families():
            if family.values_in(model_class.id) is not None:
                raise CatalogueError(
                    f"the id {model_class.id!r} is one of the family {family.pattern}; rename it"
                )
        for parent in model_class.parents:
            try:
                _check_inside(model_class, CLASSES.get(parent))
            except UnknownId as error:
                raise CatalogueError(f"a parent of {model_class.id}: {error}") from error
    return CLASSES


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
    return _checked().all()


def families() -> tuple[Family[ModelClass], ...]:
    """The registered families, those of the smaller classes first."""
    return _checked().families()[::-1]


@lru_cache(maxsize=1_024)
def get_model_class(name: str) -> ModelClass:
    """The class of that id. Names of architectures are no ids: see `monoscan.theory.architectures`.

    Raises:
        UnknownId: if there is none; the message names the nearest ones.
        ParameterOutOfRange: if N is out of range.

    >>> from monoscan.theory.model_classes import get_model_class
    >>> get_model_class("Householder product 3").id
    'householder-product-3'
    """
    return _checked().get(name)


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
