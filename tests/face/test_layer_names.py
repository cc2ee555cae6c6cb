"""The names of layers that `train` knows: kinds of layers, and architectures that have one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.command_line import run_here

from monoscan.face.layers import NamedLayer, kind_of, layers_named, read_layer
from monoscan.models.layers import LayerConfig, all_layer_kinds, get_layer_kind
from monoscan.theory.architectures import ARCHITECTURES, NamingError, asked_by
from monoscan.theory.model_classes import get_model_class, is_inside

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
        ("rwkv7", "-1,1", 1, NamedLayer("rwkv7", "[-1,1]", 1)),
        ("rwkv-7", "0,1", 1, NamedLayer("rwkv7", "[0,1]", 1)),
        ("RWKV7", "[-1,1]", 1, NamedLayer("rwkv7", "[-1,1]", 1)),
        ("kda, released", "", 1, NamedLayer("ckda", "[0,1]", 1, "kda")),
        ("kda", "-1,1", 1, NamedLayer("ckda", "[-1,1]", 1, "kda")),
        ("mamba [0,1]", "", 1, NamedLayer("diagonal", "[0,1]", 1, "mamba")),
        ("mamba-2", "0,1", 1, NamedLayer("mlstm", "[0,1]", 1, "mamba-2")),
        ("rwkv-7, as released", "", 1, NamedLayer("rwkv7", "[0,1]", 1, "", "sigmoid")),
        ("gateloop open", "", 1, NamedLayer("diagonal", "complex", 1, "gateloop", "sigmoid")),
        ("gateloop closed", "", 1, NamedLayer("diagonal", "complex", 1, "gateloop")),
        ("mamba3", "", 1, NamedLayer("diagonal", "complex", 1, "mamba-3")),
        ("Mamba-3", "complex", 1, NamedLayer("diagonal", "complex", 1, "mamba-3")),
        ("rwkv6", "0,1", 1, NamedLayer("gla", "[0,1]", 1, "rwkv-6")),
        ("hgrn", "", 1, NamedLayer("diagonal", "[0,1]", 1, "hgrn")),
        ("deltaproduct-2", "-1,1", 1, NamedLayer("deltaproduct", "[-1,1]", 2)),
        ("deltaproduct-2", "-1,1", 2, NamedLayer("deltaproduct", "[-1,1]", 2)),
        ("DeltaProduct", "0,1", 3, NamedLayer("deltaproduct", "[0,1]", 3)),
        ("Gated DeltaNet", "0,1", 1, NamedLayer("gated_deltanet", "[0,1]", 1)),
        ("gru", "", 1, NamedLayer("gru", "none", 1)),
        ("dense", "", 1, NamedLayer("dense", "complex", 1)),
    ],
)
def test_a_name_is_a_layer(name: str, range_: str, n_h: int, expected: NamedLayer) -> None:
    assert replace(read_layer(name, range_, n_h), window=1) == expected


@pytest.mark.parametrize(
    ("name", "window"),
    [
        ("kda, released", 4),
        ("rwkv-7, as released", 2),
        ("mamba-2 [0,1]", 4),
        ("mamba, no convolution", 1),
        ("gla released", 1),
        ("deltanet [0,1]", 4),
        ("dense", 1),
    ],
)
def test_a_variant_says_how_many_letters_it_sees(name: str, window: int) -> None:
    assert read_layer(name).window == window


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
        assert read_layer(kind.id, name).kind == kind.id


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
    assert lines[1].endswith("sees 4 letters, and this run 1: --convolution 4 adds them")
    assert lines[2].startswith("ckda [0,1] (diagonal-householder-nonnegative), ")
    again = run_here(tmp_path, "monoscan", "train", *options[:-1], "SEEN", "--convolution", "4")
    assert "(diagonal-householder-nonnegative), A and B see 4 letters, " in again.stdout
    assert "adds them" not in again.stdout


def test_a_stack_with_attention_names_the_layer_to_train() -> None:
    with pytest.raises(NamingError, match=r"Kimi Linear is a stack with attention; .* layer kda"):
        read_layer("Kimi Linear")
