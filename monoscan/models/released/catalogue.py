"""Which layer here is which architecture of the catalogue, and why the others have none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

from monoscan.models.released.comba import Comba
from monoscan.models.released.delta import DeltaNet, GatedDeltaNet, GatedDeltaProduct
from monoscan.models.released.gateloop import GateLoop
from monoscan.models.released.gdn2 import GatedDeltaNet2
from monoscan.models.released.gla import GatedLinearAttention
from monoscan.models.released.hgrn import HGRN, HGRN2
from monoscan.models.released.kda import KimiDeltaAttention
from monoscan.models.released.mamba import Mamba, Mamba2
from monoscan.models.released.mamba3 import Mamba3
from monoscan.models.released.mixer import Mixer
from monoscan.models.released.olmo import OlmoDeltaNet
from monoscan.models.released.retnet import Retention
from monoscan.models.released.rg_lru import RealGatedRecurrence
from monoscan.models.released.rwkv4 import TimeMixing4, TimeMixing5
from monoscan.models.released.rwkv6 import TimeMixing6
from monoscan.models.released.rwkv7 import TimeMixing
from monoscan.models.released.xlstm import MatrixLSTM, ScalarLSTM


@final
@dataclass(frozen=True)
class Released:
    """An architecture of the catalogue.

    Attributes:
        architecture: Its name there.
        layer: The layer here, as its public code has it; None if there is none.
        read_as: The `model_type` of the saved networks that are read, or "".
        note: What it was compared with, or why there is no layer.
    """

    architecture: str
    layer: type[Mixer] | None
    read_as: str
    note: str


_FLA: Final = "networks that fla 0.6.0 saved"
_OF_FLA: Final = "its layers are read in networks of fla, see {}; its own layout is not"
_LAYER_ONLY: Final = "compared with {}, weight by weight; there is no common layout of networks"
_NO_RELEASE: Final = "research code without a release; `train` has a layer of its class, {}"
_FIXED: Final = (
    "its transitions are the same for every input, so that the class alone says what it can do, "
    "and no text changes which eigenvalues it uses"
)
_NOT_LINEAR: Final = "no linear RNN; `train` has it as a reference"


def _saved(name: str, layer: type[Mixer], read_as: str, note: str = _FLA) -> Released:
    return Released(name, layer, read_as, note)


def _none(name: str, why: str) -> Released:
    return Released(name, None, "", why)


RELEASED: Final = (
    _saved("mamba", Mamba, "mamba", f"{_FLA}, and those of transformers 5.24"),
    _saved("mamba-2", Mamba2, "mamba2", f"{_FLA}, and those of transformers 5.24"),
    _saved(
        "mamba-3",
        Mamba3,
        "mamba3",
        f"{_FLA}, run with the plain recurrence in the tests of mamba_ssm, since its kernels run "
        "on a GPU only; with one input and output",
    ),
    Released("gateloop", GateLoop, "", _LAYER_ONLY.format("gateloop-transformer 0.2.5")),
    _none("dcd", _NO_RELEASE.format("diagonal complex")),
    _saved("gla", GatedLinearAttention, "gla"),
    Released("mlstm", MatrixLSTM, "", _LAYER_ONLY.format("xlstm 2.0.6")),
    _none("mingru", "no release by its authors; `train` has it as mingru"),
    _none("minlstm", "no release by its authors; its class is that of mingru"),
    _saved("hgrn", HGRN, "hgrn", f"{_FLA}; the form of the paper, with a phase, has none"),
    _saved("hgrn-2", HGRN2, "hgrn2"),
    _saved(
        "rg-lru",
        RealGatedRecurrence,
        "recurrent_gemma",
        "networks that transformers 5.24 saved (RecurrentGemma)",
    ),
    _saved("rwkv-6", TimeMixing6, "rwkv6"),
    _saved("rwkv-4", TimeMixing4, "rwkv", "networks that transformers 5.24 saved"),
    Released("rwkv-5", TimeMixing5, "", _LAYER_ONLY.format("rwkv 0.8.32")),
    *(_none(name, _FIXED) for name in ("s4", "s4d", "s5-ssm", "lru")),
    _saved("retnet", Retention, "retnet"),
    _none("s4-mamba", "a mixture of s4 and mamba in a paper, without a release"),
    _saved("rwkv-7", TimeMixing, "rwkv7"),
    _saved("deltanet", DeltaNet, "delta_net"),
    _saved("gated-deltanet", GatedDeltaNet, "gated_deltanet"),
    _saved("deltaproduct-N", GatedDeltaProduct, "gated_deltaproduct"),
    _saved("gated-deltaproduct-N", GatedDeltaProduct, "gated_deltaproduct"),
    _saved("kda", KimiDeltaAttention, "kda"),
    _none("ckda", _NO_RELEASE.format("ckda")),
    _saved("comba", Comba, "comba"),
    _none("pd-ssm", _NO_RELEASE.format("pd_ssm")),
    _none("sd-ssm", _NO_RELEASE.format("dense")),
    *(_none(name, "research code without a release; any matrix") for name in ("ids4", "slice")),
    *(_none(name, _NOT_LINEAR) for name in ("gru", "lstm")),
    _none("rnn", "no linear RNN, and torch has it"),
    Released("slstm", ScalarLSTM, "", _LAYER_ONLY.format("xlstm 2.0.6, its form in plain torch")),
    _none("m2rnn", "no linear RNN; a paper without a release"),
    _none("attention", "no RNN; it is read as a part of hybrids"),
    _saved(
        "griffin",
        RealGatedRecurrence,
        "recurrent_gemma",
        "networks that transformers 5.24 saved (RecurrentGemma), with attention",
    ),
    _none("kimi-linear", _OF_FLA.format("kda")),
    _none("qwen3-next", _OF_FLA.format("gated-deltanet")),
    _saved(
        "olmo-hybrid",
        OlmoDeltaNet,
        "olmo_hybrid",
        "networks that transformers 5.24 saved, with attention",
    ),
    *(_none(name, _OF_FLA.format("mamba")) for name in ("jamba", "samba")),
    _none("zamba", _OF_FLA.format("mamba and mamba-2")),
)
"""Every name of the catalogue that is not refused, in its order."""

WITHOUT_NAME: Final = (
    Released(
        "Gated DeltaNet 2",
        GatedDeltaNet2,
        "",
        "its recurrence compared with that of fla-core 0.6.0, the layer around it written line by "
        "line as fla has it; fla has no networks of it",
    ),
    _none(
        "fixed-point Mamba (2503.10799)",
        "research code without a release, whose outputs depend on where an iteration stops",
    ),
)
"""Layers that are no architecture of the catalogue."""
