"""Where the eigenvalues of a layer may lie, by its configuration alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, final

from monoscan.models.released.rwkv7 import LEAST_LOG_DECAY
from monoscan.models.released.settings import Settings

_APPROACHED: Final = "Gates are sigmoids or exponentials, which only approach the ends."


@final
@dataclass(frozen=True)
class Possible:
    """What a configuration allows, whatever the weights are.

    Attributes:
        recurrence: What a token does to the state.
        least: The least eigenvalue of a transition, or of one factor where a token has several;
            None if nothing bounds it.
        architecture: The name of the variant in the catalogue of architectures.
        notes: What a reader must know, in a sentence each.
        most: The greatest eigenvalue.
    """

    recurrence: str
    least: float | None
    architecture: str
    notes: tuple[str, ...] = (_APPROACHED,)
    most: float = 1.0

    @property
    def shown(self) -> str:
        """The range as text.

        >>> Possible("", -1.0, "").shown, Possible("", None, "").shown
        ('[-1, 1]', 'not bounded')
        """
        if self.least is None:
            return "not bounded"
        return f"[{_short(self.least)}, {_short(self.most)}]"


def possible_range(model_type: str, settings: Settings) -> Possible:
    """The range of the recurrent layers of a configuration.

    Args:
        model_type: One of the layouts.
        settings: Of the network.

    Raises:
        CheckpointError: If an entry is not what it must be.

    >>> possible_range("delta_net", Settings({"allow_neg_eigval": True})).shown
    '[-1, 1]'
    >>> possible_range("delta_net", Settings({})).architecture
    'deltanet, as released'
    """
    return _RANGES[model_type](settings)


def _delta_net(settings: Settings) -> Possible:
    least, beta = _strength(settings)
    notes = [_APPROACHED]
    if not settings.flag("use_beta", True):
        beta = f"beta = {2 if least else 1}"
        notes = ["Beta is fixed."]
    norm = settings.choice("qk_norm", ("l2", "sum"), "l2")
    activation = settings.choice("qk_activation", ("silu", "relu", "elu", "identity"), "silu")
    # Non-negative entries with the sum 1 have at most the length 1.
    is_bounded = norm == "l2" or activation in ("relu", "elu")
    keys = "|k| = 1" if norm == "l2" else "the entries of k have the sum 1"
    return Possible(
        f"S <- S (I - beta k k^T) + beta v k^T, {beta}, {keys}",
        least if is_bounded else None,
        _named("deltanet", settings),
        (*notes, *_window(settings)),
    )


def _gated_deltanet(settings: Settings) -> Possible:
    least, beta = _strength(settings)
    return Possible(
        f"S <- g S (I - beta k k^T) + beta v k^T, g in (0, 1), {beta}, |k| = 1",
        least,
        _named("gated-deltanet", settings),
        (_APPROACHED, *_window(settings)),
    )


def _gated_deltaproduct(settings: Settings) -> Possible:
    least, beta = _strength(settings)
    factors = settings.whole("num_householder", 1)
    gate = settings.flag("use_forget_gate", False)
    said = f"{factors} factors I - beta k k^T a token, {beta}, |k| = 1"
    said += ", and one g in (0, 1)" if gate else ""
    family = "gated-" * gate
    if factors == 1:
        name = _named(f"{family}deltanet", settings)
    else:
        # In the catalogue the released range of these is the one with the switch on.
        words = (() if least else ("restricted",)) + _unconvolved(settings)
        name = f"{family}deltaproduct-{factors}, {', '.join(words) or 'as released'}"
    return Possible(said, least, name, (_APPROACHED, *_window(settings)))


def _kda(settings: Settings) -> Possible:
    least, beta = _strength(settings)
    low = _least_gate(settings, "lower_bound")
    notes = [_APPROACHED]
    if least:
        notes.append(
            "The class of kda, extended has negative numbers in diag(a) as well: its no is about "
            "this network, its yes need not be."
        )
    return Possible(
        f"S <- S diag(a) (I - beta k k^T) + beta v k^T, a in ({_short(low)}, 1), {beta}, |k| = 1",
        least,
        _named("kda", settings),
        (*notes, *_window(settings)),
    )


def _gla(settings: Settings) -> Possible:
    low = _least_gate(settings, "clamp_min")
    notes = [_APPROACHED]
    if settings.flag("use_short_conv", False):
        notes.append("The row of gla is about layers without the convolution that this one has.")
    said = "S <- S diag(a) + v k^T, a = sigmoid(..)^(1/16)"
    return Possible(said, low, "gla, as released", tuple(notes))


def _rwkv7(_: Settings) -> Possible:
    floor = math.exp(LEAST_LOG_DECAY)
    return Possible(
        f"S <- S (diag(w) - k (a k)^T) + v k~^T, w in ({floor:.3f}, 1), a in (0, 1), |k| = 1",
        floor - 1,
        "rwkv-7, as released, open",
    )


def _mamba(name: str) -> Callable[[Settings], Possible]:
    said = "h <- exp(-dt exp(A_log)) h + dt B x"
    return lambda settings: Possible(
        said, 0.0, f"{name}, as released", (_APPROACHED, *_window(settings, "conv_kernel"))
    )


def _comba(settings: Settings) -> Possible:
    return Possible(
        "S <- S (g I - beta k k^T) + beta v k^T, g and beta in (0, 1), |k| = 1",
        -1.0,
        _named("comba", settings),
        (
            _APPROACHED,
            "fla norms the p = s k of Comba to the length of k, so that the factor s is lost.",
            *_window(settings),
        ),
    )


def _hgrn(name: str) -> Callable[[Settings], Possible]:
    note = "The row of {} is about layers without the convolution that this one has."

    def possible(settings: Settings) -> Possible:
        notes = [note.format(name)] if settings.flag("use_short_conv", False) else []
        said = "S <- S diag(f) + v (1 - f)^T" if name == "hgrn-2" else "h <- f h + (1 - f) silu(i)"
        variant = "as released" if name == "hgrn-2" else "real, as in fla"
        return Possible(f"{said}, f in (0, 1)", 0.0, f"{name}, {variant}", (_APPROACHED, *notes))

    return possible


def _rwkv6(_: Settings) -> Possible:
    said = "S <- S diag(w) + v k^T, w = exp(-exp(..)) in (0, 1)"
    return Possible(said, 0.0, "rwkv-6, as released")


def _rwkv4(_: Settings) -> Possible:
    said = "h <- exp(-exp(w)) h + exp(k) v, and the same for the sum of exp(k) that divides it"
    note = "The decay is the same for every token."
    return Possible(said, 0.0, "rwkv-4, as released", (_APPROACHED, note))


def _recurrent_gemma(settings: Settings) -> Possible:
    said = "h <- a h + sqrt(1 - a^2) i x, a and i in (0, 1)"
    return Possible(
        said, 0.0, "rg-lru, as released", (_APPROACHED, *_window(settings, "conv1d_width"))
    )


def _retnet(settings: Settings) -> Possible:
    said = "S <- g S R + v k^T, g = 1 - 2^(-5 - head), R a rotation that no token changes"
    note = "Eigenvalues are complex, of modulus g; the range is that of their real parts."
    most = 1 - 2.0 ** (-4 - settings.whole("num_heads", 8))
    # The fastest pair turns by 1 radian a token, and the others by less.
    return Possible(said, math.cos(1) * (1 - 2**-5), "retnet, as released", (note,), most)


def _mamba3(_: Settings) -> Possible:
    said = "S <- g (S + (1 - t) dt v' k'^T) R + t dt v k^T, g and t in (0, 1), R a rotation"
    note = "Eigenvalues are complex, of modulus below 1; the range is that of their real parts."
    return Possible(said, -1.0, "mamba-3, as released, open", (_APPROACHED, note))


def _olmo_hybrid(settings: Settings) -> Possible:
    named = {
        "allow_neg_eigval": settings.flag("linear_allow_neg_eigval", True),
        "conv_size": settings.whole("linear_conv_kernel_dim", 4),
    }
    return _gated_deltanet(Settings(named, settings.source))


_RANGES: Final[Mapping[str, Callable[[Settings], Possible]]] = {
    "comba": _comba,
    "delta_net": _delta_net,
    "gated_deltanet": _gated_deltanet,
    "gated_deltaproduct": _gated_deltaproduct,
    "gla": _gla,
    "hgrn": _hgrn("hgrn"),
    "hgrn2": _hgrn("hgrn-2"),
    "kda": _kda,
    "mamba": _mamba("mamba"),
    "mamba2": _mamba("mamba-2"),
    "mamba3": _mamba3,
    "olmo_hybrid": _olmo_hybrid,
    "recurrent_gemma": _recurrent_gemma,
    "retnet": _retnet,
    "rwkv": _rwkv4,
    "rwkv6": _rwkv6,
    "rwkv7": _rwkv7,
}


def _strength(settings: Settings) -> tuple[float, str]:
    """The least eigenvalue 1 - beta, and where beta is."""
    if settings.flag("allow_neg_eigval", False):
        return -1.0, "beta in (0, 2)"
    return 0.0, "beta in (0, 1)"


def _least_gate(settings: Settings, name: str) -> float:
    log = settings.exponent(name)
    return 0.0 if log is None else math.exp(log)


def _named(name: str, settings: Settings) -> str:
    words = ("extended",) if settings.flag("allow_neg_eigval", False) else ()
    return f"{name}, {', '.join(words + _unconvolved(settings)) or 'as released'}"


def _unconvolved(settings: Settings) -> tuple[str, ...]:
    return () if settings.flag("use_short_conv", True) else ("no convolution",)


def _window(settings: Settings, name: str = "conv_size") -> tuple[str, ...]:
    size = settings.whole(name, 4)
    if size == 4 or not settings.flag("use_short_conv", True):
        return ()
    return (
        f"The architecture's row is about a convolution of 4 letters, and this one sees {size}.",
    )


def _short(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"
