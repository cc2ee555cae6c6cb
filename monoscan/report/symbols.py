"""What the field writes for the names of languages and architectures, in LaTeX."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from monoscan.automata import LANGUAGES
from monoscan.registry import UnknownId
from monoscan.tables.tex_text import expression, latex_text
from monoscan.theory.architectures import ARCHITECTURES

_GROUP: Final = re.compile(r"([asdq])(\d+)((?:-.*)?)")
_EXPRESSION: Final = re.compile(
    r"(?:Tomita \d\. )?((?:[a-e0-2]|[(){},|*])*\*(?:[a-e0-2]|[(){},|*])*)[:.]"
)
_BRANDS: Final = {
    "mamba": "Mamba",
    "mamba-2": "Mamba-2",
    "mamba-3": "Mamba-3",
    "gateloop": "GateLoop",
    "mlstm": "mLSTM",
    "slstm": "sLSTM",
    "xlstm": "xLSTM",
    "mingru": "minGRU",
    "minlstm": "minLSTM",
    "rg-lru": "RG-LRU",
    "s5-ssm": "S5",
    "retnet": "RetNet",
    "s4-mamba": "S4 and Mamba",
    "deltanet": "DeltaNet",
    "gated-deltanet": "Gated DeltaNet",
    "comba": "Comba",
    "ids4": "IDS4",
    "slice": "SLiCE",
    "m2rnn": "M$^2$RNN",
    "attention": "attention",
    "griffin": "Griffin",
    "kimi-linear": "Kimi Linear",
    "qwen3-next": "Qwen3-Next",
    "olmo-hybrid": "OLMo Hybrid",
    "jamba": "Jamba",
    "samba": "Samba",
    "zamba": "Zamba",
    "linear-attention": "linear attention",
}
_PRODUCT: Final = re.compile(r"(gated-)?deltaproduct-(\d+|N)")


def symbol(text: str) -> str | None:
    r"""The symbol of a language or an architecture that is named; None for any other text.

    >>> symbol("s3"), symbol("aa-star"), symbol("pd-ssm, no convolution"), symbol("yes")
    ('$S_{3}$', '$(aa)^{*}$', 'PD-SSM, no convolution', None)
    """
    return _language(text) or _architecture(text)


@cache
def _language(name: str) -> str | None:
    if found := _GROUP.fullmatch(name):
        kind, number, rest = found.groups()
        letters = f" ({rest[1:].replace('-', ' ')})" if rest and "ssm" not in rest else ""
        is_known = not rest or letters
        return f"${kind.upper()}_{{{number}}}${letters}" if is_known and _exists(name) else None
    if found := re.fullmatch(r"z(\d+)", name):
        return rf"$\mathbf{{Z}}_{{{found[1]}}}$"
    if found := re.fullmatch(r"count-mod-(\d+)", name):
        return rf"$\#1 \bmod {found[1]}$"
    if name.startswith("tomita-"):
        return latex_text(f"Tomita {name.removeprefix('tomita-').replace('-', ' ')}")
    if re.fullmatch(r"dyck-\d+-\d+", name):
        return "Dyck $({},{})$".format(*name.split("-")[1:])
    if not re.fullmatch(r"[a-z0-9-]+-(star|plus)", name) and name != "ones-even":
        return None
    definition = LANGUAGES.get(name).definition if _exists(name) else ""
    regular = _EXPRESSION.match(definition)
    return expression(regular[1]) if regular else None


def _exists(name: str) -> bool:
    try:
        LANGUAGES.get(name)
    except UnknownId:
        return False
    return True


@cache
def _architecture(text: str) -> str | None:
    name, _, rest = text.partition(", ")
    rest = f", {latex_text(rest)}" if rest else ""
    if found := _PRODUCT.fullmatch(name):
        return f"{'Gated ' if found[1] else ''}DeltaProduct$_{{{found[2]}}}${rest}"
    if name not in {entry.name for entry in ARCHITECTURES}:
        return None
    return _BRANDS.get(name, name.upper()) + rest
