"""Names of architectures: which model class a name means, as released and with another range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import final

from monoscan.registry import ParameterOutOfRange, compact
from monoscan.theory.model_classes import ModelClass, families, get_model_class, number_in

RELEASED = "as released"
OPEN = "as released, open"
_SAME_AS_RELEASED = ("as released", "released")


@final
@dataclass(frozen=True)
class Variant:
    """One range of an architecture's transition matrices.

    Attributes:
        words: what it is, such as `as released`; also what chooses it after the name.
        model_class: id of the class, with N for the number of factors of a family.
        also: other words that choose it.
        layer: the trainable layer with these transitions, as `deltanet [-1,1]`; empty if none.
        is_shown: whether the bare name asks about it; the others answer when they are named.
    """

    words: str
    model_class: str
    also: tuple[str, ...] = ()
    layer: str = ""
    is_shown: bool = True

    @property
    def symbols(self) -> str:
        """The transition matrices in symbols; of a family those with N factors."""
        if "N" not in self.model_class:
            return get_model_class(self.model_class).symbols
        least = get_model_class(self.model_class.replace("N", "2"))
        return least.symbols.replace(" 2 ", " N ")

    @property
    def trained_as(self) -> str:
        """The layer, and `sigmoid` where the ends of the range must not be reached."""
        found = get_model_class(self.model_class.replace("N", "2"))
        return f"{self.layer}, sigmoid" if self.layer and found.is_open else self.layer

    def is_called(self, words: str) -> bool:
        """Whether these words choose it.

        >>> Variant("as released", "householder").is_called("released")
        True
        """
        same = _SAME_AS_RELEASED if self.words in (RELEASED, OPEN) else ()
        return compact(words) in map(compact, (self.words, *self.also, *same))


@final
@dataclass(frozen=True)
class Architecture:
    """A name in the literature, and what monoscan takes it for.

    Attributes:
        name: as it is printed, in kebab-case; N stands for a number of factors.
        variants: the ranges it is answered with, the released one first; none if it is refused.
        source: the paper, and where the released range was read.
        spellings: other names; capitals, spaces, underscores and hyphens do not count anyway.
        note: what a reader must know besides.
        refused: why there is no answer under this name, and which one to use; empty if there is.
    """

    name: str
    variants: tuple[Variant, ...]
    source: str
    spellings: tuple[str, ...] = ()
    note: str = ""
    refused: str = ""

    @property
    def shown(self) -> tuple[Variant, ...]:
        """The variants that the bare name asks about."""
        return tuple(variant for variant in self.variants if variant.is_shown)

    def called(self, name: str) -> Architecture | None:
        """This architecture if that is one of its names, with N filled in.

        Raises:
            ParameterOutOfRange: if N is out of range.
        """
        for pattern in (self.name, *self.spellings):
            if "N" not in pattern:
                if compact(pattern) == compact(name):
                    return self
                continue
            n = number_in(pattern, name)
            if n is not None:
                return self._with_number(name, n)
        return None

    def _with_number(self, name: str, n: int) -> Architecture:
        patterns = {variant.model_class for variant in self.variants}
        for family in families():
            if family.pattern in patterns:
                least, most = family.ranges["N"]
                if not least <= n <= most:
                    raise ParameterOutOfRange(
                        f"{name!r}: N is {n}; expected a number from {least} to {most}"
                    )
        filled = tuple(
            replace(
                variant,
                model_class=variant.model_class.replace("N", str(n)),
                layer=variant.layer.replace("N", str(n)),
            )
            for variant in self.variants
        )
        return replace(self, name=self.name.replace("N", str(n)), variants=filled)


@final
@dataclass(frozen=True)
class Asked:
    """What somebody asks about: a class by its id, or an architecture in one variant.

    Attributes:
        name: of the architecture, or the id of the class.
        variant: its words; empty for a class.
        model_class: the class that the answer is about.
        layer: the trainable layer of the variant, as `deltanet [-1,1]`; empty if there is none.
    """

    name: str
    variant: str
    model_class: ModelClass
    layer: str = ""

    def __str__(self) -> str:
        return f"{self.name}, {self.variant}" if self.variant else self.name


def asked_variants(architecture: Architecture, variants: tuple[Variant, ...]) -> Iterator[Asked]:
    """The variants as questions."""
    for variant in variants:
        model_class = get_model_class(variant.model_class)
        yield Asked(architecture.name, variant.words, model_class, variant.layer)
