"""The registry of layers. To add one, add a file to this package."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, final

from monoscan.models.errors import ConfigError
from monoscan.registry import Registry, UnknownId

if TYPE_CHECKING:
    from monoscan.models.layers.config import LayerConfig
    from monoscan.models.layers.layer import Layer

_Built = TypeVar("_Built", bound="type[Layer]")


@final
@dataclass(frozen=True)
class LayerKind:
    """A kind of layer.

    Attributes:
        id: In lower case, with underscores.
        statement: Its recurrence.
        source: The paper.
        ranges: The ranges it can have; the first is that of the paper.
        model_class: The model class of a configuration of it.
        build: Makes the layer of a configuration.
        is_product: Whether a token may have several factors.
        product: The kind that is like this one with several factors, or empty.
        needs_input: Whether the state has an additive input whatever the configuration says.
        is_bounded: Whether the eigenvalues of a transition, or of each of its factors, lie in the
            range whatever the parameters are.
    """

    id: str
    statement: str
    source: str
    ranges: tuple[str, ...]
    model_class: Callable[[LayerConfig], str]
    build: Callable[[LayerConfig], Layer]
    is_product: bool = False
    product: str = ""
    needs_input: bool = False
    is_bounded: bool = True


LAYERS = Registry[LayerKind]("layer", "layers", "monoscan.models.layers")


def layer_kind(
    id: str,
    *,
    statement: str,
    source: str,
    ranges: tuple[str, ...],
    model_class: Callable[[LayerConfig], str],
    is_product: bool = False,
    product: str = "",
    needs_input: bool = False,
    is_bounded: bool = True,
) -> Callable[[_Built], _Built]:
    """Registers the decorated class as a kind of layer; the arguments are those of `LayerKind`.

    Raises:
        ValueError: If the id is taken.
    """

    def register(build: _Built) -> _Built:
        kind = LayerKind(
            id,
            statement,
            source,
            ranges,
            model_class,
            build,
            is_product=is_product,
            product=product,
            needs_input=needs_input,
            is_bounded=is_bounded,
        )
        LAYERS.add(id, kind)
        return build

    return register


def all_layer_kinds() -> tuple[LayerKind, ...]:
    """All kinds of layers, sorted by id.

    >>> "deltanet" in [kind.id for kind in all_layer_kinds()]
    True
    """
    return LAYERS.all()


def get_layer_kind(id: str) -> LayerKind:
    """The kind of layer of this id.

    Raises:
        ConfigError: If there is none; the message names the nearest ones.

    >>> get_layer_kind("deltanet").ranges
    ('[0,1]', '[-1,1]')
    """
    try:
        return LAYERS.get(id)
    except UnknownId as error:
        raise ConfigError(str(error)) from None
