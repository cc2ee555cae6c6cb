"""Registries: each kind of named thing is added, found, listed and refused in the same way.

A kind of thing has one `Registry` and one package, in which a file adds the things it defines. A
new thing is a new file: nothing else has to be told of it.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar, final

from monoscan.errors import BadInput

T = TypeVar("T")

_PARAMETER = re.compile(r"[A-Z]+")
_LONGEST_NAME_SHOWN = 80


class UnknownId(BadInput):
    """Nothing of a kind has this id.

    Attributes:
        nearest: the most similar ids that exist, best first, at most three.
    """

    def __init__(self, message: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(message, tuple(nearest))
        self.nearest = tuple(nearest)

    def __str__(self) -> str:
        return str(self.args[0])


class ParameterOutOfRange(UnknownId):
    """The id has the form of a family, but there is no member with these parameters."""


@final
@dataclass(frozen=True)
class Family(Generic[T]):
    """Things of one kind that differ in whole numbers, such as ``count-mod-M`` for M from 2 on.

    Attributes:
        pattern: the id with the names of the parameters in capitals.
        ranges: for each parameter, in order, its smallest and largest value.
        member: makes the member of given parameters.
        listed: the parameters of the members that stand for the family where all are listed.

    Raises:
        ValueError: if pattern, ranges and listed members do not fit together.

    >>> counters = Family("count-mod-M", {"M": (2, 99)}, lambda modulus: f"modulo {modulus}")
    >>> counters.values_in("Count Mod 12"), counters.id_of((12,)), counters.make((12,))
    ((12,), 'count-mod-12', 'modulo 12')
    """

    pattern: str
    ranges: Mapping[str, tuple[int, int]]
    member: Callable[..., T]
    listed: tuple[tuple[int, ...], ...] = ()

    def __post_init__(self) -> None:
        named = tuple(_PARAMETER.findall(self.pattern))
        if not named or tuple(self.ranges) != named:
            raise ValueError(
                f"the parameters of the family {self.pattern!r} are "
                f"{', '.join(named) or 'none'}; ranges are given for "
                f"{', '.join(self.ranges) or 'none'}: expected the same, at least one"
            )
        if any(len(values) != len(named) for values in self.listed):
            raise ValueError(
                f"the family {self.pattern!r} lists {list(self.listed)}; expected "
                f"{len(named)} numbers a member"
            )

    def id_of(self, values: Sequence[int]) -> str:
        """The id of the member with these parameters."""
        given = iter(values)
        return _PARAMETER.sub(lambda _: str(next(given)), self.pattern)

    def values_in(self, name: str) -> tuple[int, ...] | None:
        """The parameters in a name, in any spelling, or None if it is no name of this form."""
        match = re.fullmatch(_expression(self.pattern), _hyphenated(name))
        return None if match is None else tuple(int(digits) for digits in match.groups())

    def make(self, values: Sequence[int]) -> T:
        """The member with these parameters.

        Raises:
            ParameterOutOfRange: if a parameter is out of its range.
        """
        for (parameter, (least, largest)), value in zip(self.ranges.items(), values, strict=True):
            if not least <= value <= largest:
                raise ParameterOutOfRange(
                    f"there is no {self.id_of(values)!r}: {parameter} is {value} in "
                    f"{self.pattern}; it must be from {least} to {largest}"
                )
        return self.member(*values)


@final
class Registry(Generic[T]):
    """All things of one kind by their ids; spelling with hyphens, spaces or capitals is free.

    Args:
        kind: what one of them is called, such as ``language``.
        plural: what several are called; the name after ``monoscan list``.
        packages: the packages whose modules add to the registry. They are imported when something
            is asked for that was not yet added; the module whose name is the id comes first, and
            if it adds the id no other is imported.
        order: a key by which `all` sorts; things with equal keys, and all things if it is not
            given, are sorted by their ids.

    >>> colours = Registry[int]("colour", "colours")
    >>> colours.add("light-blue", 7)
    7
    >>> colours.get("Light Blue"), colours.ids()
    (7, ('light-blue',))
    >>> colours.get("dark-blue")
    Traceback (most recent call last):
      ...
    monoscan.registry.UnknownId: there is no colour 'dark-blue'; nearest: light-blue (all of them: \
monoscan list colours)
    """

    def __init__(
        self,
        kind: str,
        plural: str,
        *packages: str,
        order: Callable[[T], Any] | None = None,
    ) -> None:
        self.kind = kind
        self.plural = plural
        self._packages = packages
        self._order = order
        self._entries: dict[str, tuple[str, T]] = {}
        self._families: dict[str, Family[T]] = {}
        self._is_complete = not packages

    def add(self, id: str, entry: T) -> T:
        """Adds a thing and returns it.

        Raises:
            ValueError: if the id is taken, also in another spelling.
        """
        if compact(id) in self._entries:
            taken, _ = self._entries[compact(id)]
            ids = f"ids {taken!r} and {id!r}, which are read alike" if taken != id else f"id {id!r}"
            raise ValueError(f"two {self.plural} have the {ids}; rename one of them")
        self._entries[compact(id)] = id, entry
        return entry

    def add_family(self, family: Family[T]) -> Family[T]:
        """Adds a family of things and returns it.

        Raises:
            ValueError: if the pattern is taken.
        """
        if family.pattern in self._families:
            raise ValueError(
                f"there is a family {family.pattern!r} of {self.plural} already; rename one of them"
            )
        self._families[family.pattern] = family
        return family

    def get(self, name: str) -> T:
        """The thing of this id: one that was added, or a member of a family.

        Raises:
            UnknownId: if there is none; the message names the most similar ids.
            ParameterOutOfRange: if it would be a member of a family with other parameters.
        """
        key = compact(name)
        if key not in self._entries:
            self._import_module_of(name)
        if key not in self._entries:
            self._import_all()
        if key in self._entries:
            return self._entries[key][1]
        for family in self._families.values():
            values = family.values_in(name)
            if values is not None:
                return family.make(values)
        raise self.unknown(name)

    def find(self, name: str) -> T | None:
        """The thing of this id, or None if there is none.

        Raises:
            ParameterOutOfRange: if it would be a member of a family with other parameters.
        """
        try:
            return self.get(name)
        except ParameterOutOfRange:
            raise
        except UnknownId:
            return None

    def unknown(self, name: str) -> UnknownId:
        """The error that says that nothing has this id, and which ids come nearest."""
        near = nearest(name, (*self.ids(), *(family.pattern for family in self.families())))
        shown = name if len(name) <= _LONGEST_NAME_SHOWN else f"{name[:_LONGEST_NAME_SHOWN]}..."
        hint = f"; nearest: {', '.join(near)}" if near else ""
        return UnknownId(
            f"there is no {self.kind} {shown!r}{hint} (all of them: monoscan list {self.plural})",
            near,
        )

    def all(self) -> tuple[T, ...]:
        """All things in their order; of each family those that stand for it."""
        return tuple(entry for _, entry in self._listed())

    def ids(self) -> tuple[str, ...]:
        """The ids of `all`, in the same order."""
        return tuple(id for id, _ in self._listed())

    def families(self) -> tuple[Family[T], ...]:
        """The families, sorted by pattern."""
        self._import_all()
        return tuple(self._families[pattern] for pattern in sorted(self._families))

    def family(self, pattern: str) -> Family[T]:
        """The family of this pattern.

        Raises:
            UnknownId: if there is none.
        """
        self._import_all()
        if pattern not in self._families:
            raise self.unknown(pattern)
        return self._families[pattern]

    def __contains__(self, name: str) -> bool:
        try:
            return self.find(name) is not None
        except ParameterOutOfRange:
            return False

    def __iter__(self) -> Iterator[T]:
        return iter(self.all())

    def __len__(self) -> int:
        return len(self._listed())

    def _listed(self) -> list[tuple[str, T]]:
        self._import_all()
        listed = list(self._entries.values())
        for family in self._families.values():
            listed += [(family.id_of(values), family.make(values)) for values in family.listed]
        listed.sort(key=lambda pair: pair[0])
        order = self._order
        return listed if order is None else sorted(listed, key=lambda pair: order(pair[1]))

    def _import_module_of(self, name: str) -> None:
        """Imports the file that is named like an id, and none of the others."""
        module = re.sub(r"[-\s]", "_", name.lower())
        if self._is_complete or not module.isidentifier():
            return
        for package in self._packages:
            if importlib.util.find_spec(f"{package}.{module}") is not None:
                importlib.import_module(f"{package}.{module}")

    def _import_all(self) -> None:
        """Imports the modules of the packages; importing a module twice does nothing."""
        if self._is_complete:
            return
        for package in self._packages:
            for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
                importlib.import_module(f"{package}.{module.name}")
        self._is_complete = True


def compact(name: str) -> str:
    """A name as it is compared with others: spelling with hyphens, spaces or capitals is free.

    >>> compact("Gated DeltaNet") == compact("gated_deltanet"), compact("RWKV-7")
    (True, 'rwkv7')
    """
    return re.sub(r"[-_\s]", "", name.lower())


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """At most three known names that are most like a name, best first.

    Names that begin with it come first, then names that are spelled alike.

    >>> nearest("delta-net", ["deltanet", "mamba"])
    ('deltanet',)
    >>> nearest("parity", ["parity-needs-negative-eigs", "rarity"])
    ('parity-needs-negative-eigs', 'rarity')
    """
    # Not at the top: only errors need it.
    from difflib import get_close_matches

    asked = compact(name)[:_LONGEST_NAME_SHOWN]
    spelled = {compact(known_name): known_name for known_name in known}
    longer = [key for key in spelled if asked and key.startswith(asked)]
    alike = get_close_matches(asked, spelled, n=3, cutoff=0.4)
    return tuple(spelled[key] for key in dict.fromkeys([*longer[:3], *alike]))[:3]


def _hyphenated(name: str) -> str:
    return re.sub(r"[-_\s]+", "-", name.lower())


@cache
def _expression(pattern: str) -> str:
    """A regular expression for the names of a family; a hyphen between two numbers is needed."""
    parts = [part for part in re.split(r"([A-Z]+|-)", pattern) if part]
    expression = ""
    for before, part, after in zip(["", *parts], parts, [*parts[1:], ""], strict=False):
        if part == "-":
            needed = (before[-1:].isdigit() or before.isupper()) and (
                after[:1].isdigit() or after.isupper()
            )
            expression += "-" if needed else "-?"
        else:
            expression += "(0|[1-9][0-9]{0,17})" if part.isupper() else re.escape(part)
    return expression
