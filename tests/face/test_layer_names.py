"""The names of layers that `train` knows: kinds of layers, and architectures that have one."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.command_line import run_here

import monoscan as ms
from monoscan.face.forecast import forecast
from monoscan.face.layers import NamedLayer, kind_of, layers_named, read_layer
from monoscan.models.layers import LayerConfig, all_layer_kinds, get_layer_kind
from monoscan.theory.architectures import ARCHITECTURES, NamingError, asked_by
from monoscan.theory.architectures.architecture import OPEN
from monoscan.theory.model_classes import get_model_class, is_inside

NO_CONVOLUTION = "mamba, no convolution"
SMALL = {"steps": 1, "width": 8, "heads": 2, "batch": 2, "max_length": 4}
PRODUCT = "deltaproduct-2, as released"
TRAINED = [
    asked
    for entry in ARCHITECTURES
    if not entry.refused
    for asked in asked_by(entry.name.replace("N", "2"))
    if asked.layer
]


@pytest.mark.parametrize(
    ("name", "range_", "n_h", "expected"),
    [
        ("rwkv7", "-1,1", 1, NamedLayer("rwkv7", "[-1,1]", 1, "rwkv-7, extended", window=2)),
        (
            *("rwkv-7", "0,1", 1),
            NamedLayer("rwkv7", "[0,1]", 1, f"rwkv-7, {OPEN}", False, "sigmoid", 2),
        ),
        ("kda, released", "", 1, NamedLayer("ckda", "[0,1]", 1, "kda, as released", window=4)),
        ("kda", "-1,1", 1, NamedLayer("ckda", "[-1,1]", 1, "kda, extended", window=4)),
        ("ckda", "0,1", 1, NamedLayer("ckda", "[0,1]", 1)),
        ("mamba", "", 1, NamedLayer("diagonal", "[0,1]", 1, "mamba, as released", True, window=4)),
        ("mamba [0,1]", "", 1, NamedLayer("diagonal", "[0,1]", 1, "mamba, as released", window=4)),
        ("mamba, no convolution", "", 1, NamedLayer("diagonal", "[0,1]", 1, NO_CONVOLUTION)),
        ("mamba-2", "0,1", 1, NamedLayer("mlstm", "[0,1]", 1, "mamba-2, as released", window=4)),
        ("gateloop closed", "", 1, NamedLayer("diagonal", "complex", 1, "gateloop, closed")),
        (
            *("mamba3", "", 1),
            NamedLayer("diagonal", "complex", 1, f"mamba-3, {OPEN}", False, "sigmoid", 2),
        ),
        ("rwkv6", "0,1", 1, NamedLayer("gla", "[0,1]", 1, "rwkv-6, as released", window=2)),
        ("hgrn", "", 1, NamedLayer("diagonal", "[0,1]", 1, "hgrn, real, as in fla")),
        ("deltaproduct-2", "-1,1", 2, NamedLayer("deltaproduct", "[-1,1]", 2, PRODUCT, window=4)),
        ("deltaproduct-2", "", 1, NamedLayer("deltaproduct", "[-1,1]", 2, PRODUCT, True, window=4)),
        ("DeltaProduct", "-1,1", 2, NamedLayer("deltaproduct", "[-1,1]", 2, PRODUCT, window=4)),
        ("gru", "", 1, NamedLayer("gru", "none", 1, "gru, as released")),
        ("dense", "", 1, NamedLayer("dense", "complex", 1)),
        ("diagonal", "-1,1", 1, NamedLayer("diagonal", "[-1,1]", 1)),
    ],
)
def test_a_name_is_a_layer(name: str, range_: str, n_h: int, expected: NamedLayer) -> None:
    assert read_layer(name, range_, n_h) == expected


@pytest.mark.parametrize(
    ("name", "stands_for"),
    [("rwkv7 [-1,1]", ""), ("kda", "kda"), ("deltaproduct-2", ""), ("mamba-2", "mamba-2")],
)
def test_an_architecture_whose_layer_has_another_name(name: str, stands_for: str) -> None:
    assert read_layer(name).stands_for == stands_for


def test_a_parametrisation_chooses_the_variant_that_it_fits() -> None:
    assert read_layer("mamba-3", parametrisation="clamp").variant == "mamba-3, closed"
    # No variant has the range [0, 1] with its ends, so the layer is none of them.
    assert read_layer("rwkv7", "0,1", parametrisation="clamp").variant == ""
    with pytest.raises(NamingError, match="leaves out the ends of its range"):
        read_layer("rwkv-7, as released", parametrisation="clamp")


@pytest.mark.parametrize(
    ("name", "range_", "why"),
    [
        ("deltaproduct", "", "deltaproduct with one factor is deltanet; for two factors name"),
        ("diagonal", "", "say which range of eigenvalues the layer diagonal has: 0,1 or -1,1"),
        ("mamba", "complex", "mamba has no range complex; say which: 'mamba, as released'"),
        ("deltaproduct-1", "", "is deltanet, where the switch allow_neg_eigval is off"),
    ],
)
def test_what_names_no_layer(name: str, range_: str, why: str) -> None:
    with pytest.raises(NamingError, match=why):
        read_layer(name, range_)


@pytest.mark.parametrize("asked", TRAINED, ids=str)
def test_the_layer_of_a_variant_has_its_transitions(asked) -> None:
    named = read_layer(str(asked))
    config = LayerConfig(named.kind, named.range, named.parametrisation, n_h=named.n_h)
    assert is_inside(get_model_class(config.model_class), asked.model_class)


def test_a_clamp_is_outside_an_open_range() -> None:
    opened = [asked for asked in TRAINED if asked.model_class.is_open]
    assert {asked.name for asked in opened} == {"mamba-3", "gateloop", "rwkv-7"}
    for asked in opened:
        named = read_layer(str(asked))
        config = LayerConfig(named.kind, named.range, "clamp")
        assert not is_inside(get_model_class(config.model_class), asked.model_class)


@pytest.mark.parametrize("kind", all_layer_kinds(), ids=lambda kind: kind.id)
def test_every_kind_of_layer_is_named_by_itself(kind) -> None:
    assert kind_of(kind.id.upper().replace("_", "-")) == kind.id
    for name in kind.ranges:
        assert read_layer(kind.id, name, 2 if kind.is_product else 1).kind == kind.id


def test_layers_of_the_catalogue_exist() -> None:
    for asked in TRAINED:
        (text,) = layers_named(str(asked))
        kind = get_layer_kind(text.split(" ")[0].split("-")[0])
        assert len(text.split(" ")) == 1 or text.split(" ")[1] in kind.ranges


def test_a_trained_stand_in_is_told(tmp_path: Path) -> None:
    small = ("--steps", "2", "--width", "8", "--heads", "2", "--max-length", "4", "--batch", "4")
    options = ("--language", "parity", "--layer", "KDA, as released", *small, "-o", "RUN")
    done = run_here(tmp_path, "monoscan", "train", *options)
    assert done.exit_code == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == ("kda is trained as ckda: S^T <- (I - beta k k^T) diag(a) S^T + beta k v^T")
    assert lines[1].startswith("ckda [0,1] (diagonal-householder-nonnegative), A and B see 4 lett")
    again = run_here(tmp_path, "monoscan", "train", *options[:-1], "SEEN", "--convolution", "0")
    assert again.stdout.splitlines()[1] == "'kda, as released' sees 4 letters, this run 1"
    assert "A and B see" not in again.stdout


@pytest.mark.parametrize(("convolution", "expected"), [(None, 4), (0, 0), (1, 0), (2, 2)])
def test_a_run_has_the_convolution_of_its_variant(convolution: int | None, expected: int) -> None:
    run = ms.train("parity", "mamba", convolution=convolution, **SMALL)
    assert run.trained.config.model.convolution == expected
    assert f"run of diagonal [0,1]{f', convolution {expected}' if expected else ''} on" in repr(run)
    assert forecast(run.trained.config).layers.endswith("B sees 4") == (expected == 4)


def test_a_stack_with_attention_names_the_layer_to_train() -> None:
    with pytest.raises(NamingError, match=r"Kimi Linear is a stack with attention; .* layer kda"):
        read_layer("Kimi Linear")
