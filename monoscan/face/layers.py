"""Which trainable layer a name means: a kind of layer, or an architecture that has one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from monoscan.registry import compact, nearest
from monoscan.theory.architectures import (
    ARCHITECTURES,
    Asked,
    NamingError,
    UnknownNameError,
    asked_by,
    find_architecture,
    known_names,
)
from monoscan.theory.architectures.architecture import asked_variants


@final
@dataclass(frozen=True)
class NamedLayer:
    """A layer as it was named.

    Attributes:
        kind: of the layer, such as `deltanet`.
        range: of its eigenvalues, such as `[-1,1]`; empty if it was not said.
        n_h: factors a letter.
        variant: the architecture and variant, such as `mamba, as released`; empty where a kind of
            layer was named that is no architecture, such as `diagonal`.
        is_chosen: whether the name left the variant open, so that it was chosen here.
        parametrisation: `clamp`, or `sigmoid`, which does not reach the ends of the range.
        window: how many letters the variant sees, through its convolution or token shift; 1 where
            it has none.
    """

    kind: str
    range: str
    n_h: int
    variant: str = ""
    is_chosen: bool = False
    parametrisation: str = "clamp"
    window: int = 1

    @property
    def stands_for(self) -> str:
        """The architecture, if its layer has another name; empty otherwise."""
        name = self.variant.partition(",")[0]
        own = map(compact, (name, name.rstrip("-0123456789")))
        return "" if compact(self.kind) in own else name


def read_layer(name: str, range_: str = "", n_h: int = 1, parametrisation: str = "") -> NamedLayer:
    """The layer that is named; an architecture without a variant means it as released.

    Args:
        name: a kind of layer, or an architecture, with or without a variant.
        range_: as it was given; empty if it was not.
        n_h: factors a letter, as given.
        parametrisation: as it was given; empty if it was not.

    Raises:
        NamingError: if no layer is named, or it has another range.
        ConfigError: if there is no such range.
    """
    from monoscan.models.layers import parse_range

    wanted = parse_range(range_) if range_ else ""
    kind = _kind(name)
    text = _with_factors(name, kind, n_h)
    architecture = find_architecture(text)
    variants = _trained(text) if architecture or not kind else []
    fitting = [asked for asked in variants if wanted in ("", _parts(asked.layer)[2])]
    if kind and not fitting:
        chosen = wanted or _only_range(kind)
        return NamedLayer(kind, chosen, n_h, parametrisation=parametrisation or "clamp")
    if not fitting:
        choices = ", ".join(f"'{asked}' ({asked.layer})" for asked in variants)
        raise NamingError(f"{name} has no range {wanted}; say which: {choices}")
    asked = next((a for a in fitting if parametrisation in ("", _needed(a))), fitting[0])
    layer, factors, layer_range = _parts(asked.layer)
    if factors and n_h not in (1, factors):
        raise NamingError(f"{name} has {factors} factors, and n_h is {n_h}; leave one of them out")
    is_named = architecture is None
    if is_named and _needed(asked) == "sigmoid" and parametrisation not in ("", "sigmoid"):
        raise NamingError(
            f"'{asked}' leaves out the ends of its range, and the parametrisation "
            f"{parametrisation} reaches them; leave it out, or name the layer: {layer}"
        )
    how = parametrisation or _needed(asked)
    is_chosen = not (is_named or range_) and len({entry.layer for entry in variants}) > 1
    return NamedLayer(
        layer,
        layer_range,
        factors or n_h,
        str(asked) if how == _needed(asked) else "",
        is_chosen,
        how,
        max(asked.windows),
    )


def _needed(asked: Asked) -> str:
    """The parametrisation that stays in the range of a variant."""
    return "sigmoid" if asked.model_class.is_open else "clamp"


def _with_factors(name: str, kind: str, n_h: int) -> str:
    """The architecture that a kind of layer with a number of factors is, as `deltaproduct-3`."""
    from monoscan.models.layers import all_layer_kinds, get_layer_kind

    if not kind or not get_layer_kind(kind).is_product:
        return name
    if n_h == 1:
        one = next(entry.id for entry in all_layer_kinds() if entry.product == kind)
        raise NamingError(f"{kind} with one factor is {one}; for two factors name {kind}-2")
    return f"{kind}-{n_h}"


def kind_of(name: str) -> str:
    """The kind of layer that a name means.

    Raises:
        NamingError: if it means none, or several.
    """
    kinds = {_parts(text)[0] for text in layers_named(name)} if not _kind(name) else {_kind(name)}
    if len(kinds) > 1:
        raise NamingError(f"{name} means several layers; name one of {', '.join(sorted(kinds))}")
    return kinds.pop()


def layers_named(name: str, *, window: int | None = None) -> list[str]:
    """Every layer that a name means, as `deltanet [-1,1]`.

    Args:
        name: as in `read_layer`.
        window: how many letters they see; None: any number.

    Raises:
        NamingError: if there is none.
    """
    architecture = find_architecture(name) if window else None
    if architecture is not None and not architecture.refused:
        found = list(asked_variants(architecture, architecture.variants))
    else:
        found = _trained(name)
    return [asked.layer for asked in found if asked.layer and window in (None, max(asked.windows))]


def _kind(name: str) -> str:
    """The kind of layer of that name, in any spelling, or nothing."""
    from monoscan.models.layers import all_layer_kinds

    found = (kind.id for kind in all_layer_kinds() if compact(kind.id) == compact(name))
    return next(found, "")


def _only_range(kind: str) -> str:
    """The range of a kind that has one; refuses one that has several."""
    from monoscan.models.layers import get_layer_kind

    ranges = get_layer_kind(kind).ranges
    if len(ranges) != 1:
        choices = " or ".join(name.strip("[]") for name in ranges)
        raise NamingError(f"say which range of eigenvalues the layer {kind} has: {choices}")
    return ranges[0]


def _parts(layer: str) -> tuple[str, int, str]:
    """Kind, number of factors (0: not said) and range of `deltaproduct-2 [-1,1]`."""
    from monoscan.models.layers import get_layer_kind

    name, _, layer_range = layer.partition(" ")
    kind, _, factors = name.partition("-")
    return kind, int(factors or 0), layer_range or get_layer_kind(kind).ranges[0]


def _trained(name: str) -> list[Asked]:
    """The variants that a name asks about and that have a layer; refused if none has."""
    from monoscan.models.layers import all_layer_kinds

    try:
        asked = asked_by(name)
    except UnknownNameError:
        kinds = [kind.id for kind in all_layer_kinds()]
        close = nearest(name, [*kinds, *known_names()])
        hint = f"nearest: {', '.join(close)}" if close else "such as deltanet, gla or mamba"
        raise UnknownNameError(
            f"unknown layer {name!r}; {hint}; all: monoscan list architectures"
        ) from None
    found = [entry for entry in asked if entry.layer]
    if not found:
        stack = find_architecture(asked[0].name)
        if stack is not None and stack.recurrent:
            raise NamingError(
                f"{name} is a stack with attention; train its layer {stack.recurrent}"
            )
        classes = {entry.model_class.id for entry in asked}
        others = dict.fromkeys(
            entry.name
            for entry in ARCHITECTURES
            for variant in entry.variants
            if variant.layer and variant.model_class in classes
        )
        alike = f"of the same class are {', '.join(list(others)[:3])}"
        every = f"expected one of {', '.join(kind.id for kind in all_layer_kinds())}"
        raise NamingError(
            f"no layer here has the transition matrices of {name!r}; {alike if others else every}"
        )
    return found
