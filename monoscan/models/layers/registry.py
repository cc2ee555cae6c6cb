"""The registry of layers. To add one, add a file to this package."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, final

from monoscan.models.errors import ConfigError

if TYPE_CHECKING:
    from monoscan.models.layers.config import LayerConfig
    from monoscan.models.layers.layer import Layer

_Built = TypeVar("_Built", bound="type[Layer]")


@final
@dataclass(frozen=True)
class LayerKind:
    """A kind of layer.

    Attributes:
        name: In lower case, with underscores.
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

    name: str
    statement: str
    source: str
    ranges: tuple[str, ...]
    model_class: Callable[[LayerConfig], str]
    build: Callable[[LayerConfig], Layer]
    is_product: bool = False
    product: str = ""
    needs_input: bool = False
    is_bounded: bool = True


_KINDS: dict[str, LayerKind] = {}


def layer_kind(
    name: str,
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
        ConfigError: If the name is taken.
    """

    def register(build: _Built) -> _Built:
        if name in _KINDS:
            raise ConfigError(f"two layers are called {name!r}; rename one of them")
        _KINDS[name] = LayerKind(
            name,
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
        return build

    return register


def all_layer_kinds() -> tuple[LayerKind, ...]:
    """All kinds of layers, sorted by name.

    >>> "deltanet" in [kind.name for kind in all_layer_kinds()]
    True
    """
    _import_layers()
    return tuple(_KINDS[name] for name in sorted(_KINDS))


def get_layer_kind(name: str) -> LayerKind:
    """The kind of layer of this name.

    Raises:
        ConfigError: If there is none; the message names the nearest ones.

    >>> get_layer_kind("deltanet").ranges
    ('[0,1]', '[-1,1]')
    """
    _import_layers()
    if name not in _KINDS:
        near = difflib.get_close_matches(name, sorted(_KINDS), n=3, cutoff=0.5)
        hint = (
            f"did you mean {', '.join(near)}?" if near else f"expected {', '.join(sorted(_KINDS))}"
        )
        raise ConfigError(f"unknown layer {name!r}; {hint}")
    return _KINDS[name]


def _import_layers() -> None:
    """Imports the modules beside this one; importing a module twice does nothing."""
    package = __name__.rpartition(".")[0]
    for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
        importlib.import_module(f"{package}.{module.name}")
