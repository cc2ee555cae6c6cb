"""Names of architectures: which class and windows a name means, as released and in other forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import final

from monoscan.registry import ParameterOutOfRange, compact
from monoscan.theory.model_classes import ModelClass, families, get_model_class, number_in

RELEASED = "as released"
OPEN = "as released, open"
EXTENDED_OPEN = "extended, open"
_SAME_AS_RELEASED = ("as released", "released")


@final
@dataclass(frozen=True)
class Variant:
    """One form of an architecture: the range of its matrices, and how many letters a layer sees.

    Attributes:
        words: what it is, such as `as released`; also what chooses it after the name.
        model_class: id of the class, with N for the number of factors of a family.
        also: other words that choose it.
        layer: the trainable layer with these transitions, as `deltanet [-1,1]`; empty if none.
        is_shown: whether the bare name asks about it; the others answer when they are named.
        window_a: how many letters A sees, the present one included.
        window_b: how many letters B sees, the present one included.
        tool: what shows it more than one letter, such as `convolution`; empty if nothing does.
    """

    words: str
    model_class: str
    also: tuple[str, ...] = ()
    layer: str = ""
    is_shown: bool = True
    window_a: int = 1
    window_b: int = 1
    tool: str = ""

    def __post_init__(self) -> None:
        widest = max(self.window_a, self.window_b)
        if min(self.window_a, self.window_b) < 1 or bool(self.tool) != (widest > 1):
            raise ValueError(
                f"{self.words}: A sees {self.window_a} and B {self.window_b} letters through "
                f"{self.tool or 'nothing'}; expected at least 1, and a tool exactly if one is more"
            )

    @property
    def sees(self) -> str:
        """How many letters A and B see, in words; nothing of what is no linear RNN.

        >>> Variant("as released", "diagonal-real", window_b=4, tool="convolution").sees
        'A sees 1 letter, B the last 4 (convolution)'
        """
        if not self.tool:
            is_linear = get_model_class(self.model_class.replace("N", "2")).has_exact_networks
            return "A and B see 1 letter" if is_linear else ""
        if self.window_a == self.window_b:
            return f"A and B see the last {self.window_a} letters ({self.tool})"
        a = "1 letter" if self.window_a == 1 else f"the last {self.window_a}"
        return f"A sees {a}, B the last {self.window_b} ({self.tool})"

    @property
    def symbols(self) -> str:
        """The transition matrices in symbols; of a family those with N factors."""
        if "N" not in self.model_class:
            return get_model_class(self.model_class).symbols
        least = get_model_class(self.model_class.replace("N", "2"))
        return least.symbols.replace(" 2 ", " N ")

    @property
    def trained_as(self) -> str:
        """The layer, `sigmoid` where the ends of the range must not be reached, its convolution."""
        if not self.layer:
            return ""
        widest = max(self.window_a, self.window_b)
        seen = f"convolution {widest}" if widest > 1 else ""
        return ", ".join(filter(None, (self.layer, "sigmoid" if self.is_open else "", seen)))

    @property
    def is_open(self) -> bool:
        """Whether its range leaves an end out."""
        return get_model_class(self.model_class.replace("N", "2")).is_open

    def is_called(self, words: str) -> bool:
        """Whether these words choose it.

        >>> Variant("as released", "householder").is_called("released")
        True
        """
        is_bare = self.words == RELEASED or (self.words == OPEN and self.is_shown)
        same = _SAME_AS_RELEASED if is_bare else ()
        return compact(words) in map(compact, (self.words, *self.also, *same))


def seeing(
    tool: str, window_a: int, window_b: int, variants: tuple[Variant, ...]
) -> tuple[Variant, ...]:
    """The variants with a tool that shows them the letters before, and each of them without it.

    Of those without it only that of the first is asked about by the bare name.

    Args:
        tool: such as `convolution`.
        window_a: how many letters A sees through it.
        window_b: how many letters B sees through it.
        variants: the released one first.

    >>> one = (Variant("as released", "diagonal-real"),)
    >>> [v.words for v in seeing("convolution", 4, 4, one)]
    ['as released', 'no convolution']
    """
    with_it = [replace(v, window_a=window_a, window_b=window_b, tool=tool) for v in variants]
    return (*with_it, *(_without(tool, v, is_first=v == variants[0]) for v in variants))


def _without(tool: str, variant: Variant, *, is_first: bool) -> Variant:
    said = (variant.words, *variant.also)
    if is_first:
        forms = ("", "released", RELEASED, *said)
        words = tuple(
            dict.fromkeys(
                f"{form}, {no} {tool}".removeprefix(", ")
                for no in ("no", "without", "without its")
                for form in forms
            )
        )
    else:
        words = tuple(f"{form}, {no} {tool}" for no in ("no", "without") for form in said)
    return replace(variant, words=words[0], also=words[1:], is_shown=is_first and variant.is_shown)


@final
@dataclass(frozen=True)
class Architecture:
    """A name in the literature, and what monoscan takes it for.

    Attributes:
        name: as it is printed, in kebab-case; N stands for a number of factors.
        variants: the forms it is answered in, the released one first; none if it is refused.
        source: the paper, and where the released range was read.
        spellings: other names; capitals, spaces, underscores and hyphens do not count anyway.
        note: what a reader must know besides.
        refused: why there is no answer under this name, and which one to use; empty if there is.
        recurrent: of a stack with attention the name of its recurrent layer; else empty.
    """

    name: str
    variants: tuple[Variant, ...]
    source: str
    spellings: tuple[str, ...] = ()
    note: str = ""
    refused: str = ""
    recurrent: str = ""

    @property
    def idealised(self) -> str:
        """What its variants leave out of the released network or add to it, in words.

        >>> Architecture("x", (Variant("as released", "diagonal-real"),), "").idealised
        'The ends of closed ranges, which released gates only approach.'
        """
        found = [get_model_class(v.model_class.replace("N", "2")) for v in self.variants]
        if not any(entry.has_ends for entry in found):
            return ""
        gates = next((v.words for v in self.variants if v.is_open), "")
        without = f" '{self.name}, {gates}' leaves them out." if gates else ""
        return f"The ends of closed ranges, which released gates only approach.{without}"

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
        window_a: how many letters A sees, the present one included.
        window_b: how many letters B sees, the present one included.
        tool: what shows it more than one letter; empty if nothing does.
    """

    name: str
    variant: str
    model_class: ModelClass
    layer: str = ""
    window_a: int = 1
    window_b: int = 1
    tool: str = ""

    @property
    def windows(self) -> tuple[int, int]:
        """How many letters A and B see."""
        return self.window_a, self.window_b

    @property
    def title(self) -> str:
        """Its name and variant, with the tool that shows it the letters before.

        >>> from monoscan.theory.model_classes import get_model_class
        >>> Asked("gla", "as released", get_model_class("diagonal-nonnegative")).title
        'gla, as released'
        """
        widest = max(self.window_a, self.window_b)
        return f"{self} ({self.tool} {widest})" if self.tool else str(self)

    def __str__(self) -> str:
        return f"{self.name}, {self.variant}" if self.variant else self.name


def asked_variants(architecture: Architecture, variants: tuple[Variant, ...]) -> Iterator[Asked]:
    """The variants as questions."""
    for variant in variants:
        model_class = get_model_class(variant.model_class)
        yield asked_in(architecture.name, variant, model_class)


def asked_in(name: str, variant: Variant, model_class: ModelClass) -> Asked:
    """A name in one variant, as a question about a class."""
    return Asked(
        name,
        variant.words,
        model_class,
        variant.layer,
        variant.window_a,
        variant.window_b,
        variant.tool,
    )
