"""`ms.inspect` and `monoscan inspect` on networks that flash-linear-attention saved."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
import torch
from helpers.command_line import fails, run_here
from safetensors.torch import load_file, save_file

import monoscan as ms
from monoscan.errors import NotInstalled
from monoscan.models.errors import CheckpointError, ConfigError, OutOfMemory
from monoscan.models.inspecting import network as inspecting
from monoscan.models.inspecting.text import ids_of_text
from monoscan.models.released import load_network
from monoscan.models.released.steps import MatrixSteps

RECORDED = Path(__file__).parents[1] / "released" / "recorded"
IDS = [1, 5, 2, 2, 6, 0, 3, 4, 1, 1, 6, 5, 0, 2]
POSSIBLE = {
    "comba": ("[-1, 1]", "comba, as released"),
    "comba-plain": ("[-1, 1]", "comba, no convolution"),
    "hgrn": ("[0, 1]", "hgrn, real, as in fla"),
    "hgrn2": ("[0, 1]", "hgrn-2, as released"),
    "hgrn2-convolved": ("[0, 1]", "hgrn-2, as released"),
    "olmo-hybrid": ("[-1, 1]", "gated-deltanet, extended"),
    "rwkv6": ("[0, 1]", "rwkv-6, as released"),
    "delta_net": ("[0, 1]", "deltanet, as released"),
    "delta_net-fixed": ("[0, 1]", "deltanet, as released"),
    "delta_net-negative": ("[-1, 1]", "deltanet, extended"),
    "delta_net-plain": ("[0, 1]", "deltanet, no convolution"),
    "delta_net-sharded": ("[0, 1]", "deltanet, as released"),
    "gated_deltanet": ("[0, 1]", "gated-deltanet, as released"),
    "gated_deltanet-hybrid": ("[0, 1]", "gated-deltanet, as released"),
    "gated_deltanet-shared": ("[-1, 1]", "gated-deltanet, extended"),
    "gated_deltaproduct": ("[-1, 1]", "gated-deltaproduct-2, as released"),
    "gated_deltaproduct-plain": ("[0, 1]", "deltaproduct-3, restricted"),
    "gla": ("[0, 1]", "gla, as released"),
    "gla-shared": ("[0.98, 1]", "gla, as released"),
    "kda": ("[0, 1]", "kda, as released"),
    "kda-bounded": ("[-1, 1]", "kda, extended"),
    "mamba": ("[0, 1]", "mamba, as released"),
    "mamba2": ("[0, 1]", "mamba-2, as released"),
    "mamba3": ("[-1, 1]", "mamba-3, as released, open"),
    "mamba3-normed": ("[-1, 1]", "mamba-3, as released, open"),
    "recurrent_gemma": ("[0, 1]", "rg-lru, as released"),
    "retnet": ("[0.523, 0.984]", "retnet, as released"),
    "retnet-shared": ("[0.523, 0.984]", "retnet, as released"),
    "rwkv": ("[0, 1]", "rwkv-4, as released"),
    "rwkv7": ("[-0.455, 1]", "rwkv-7, as released, open"),
    "trained": ("[-1, 1]", "deltanet, extended"),
    "transformers-mamba": ("[0, 1]", "mamba, as released"),
    "transformers-mamba2": ("[0, 1]", "mamba-2, as released"),
}


def copied(name: str, folder: Path) -> Path:
    return Path(shutil.copytree(RECORDED / name, folder / name))


@pytest.mark.parametrize("name", sorted(folder.name for folder in RECORDED.iterdir()))
def test_what_is_used_lies_in_what_is_possible(name: str) -> None:
    seen = ms.inspect(RECORDED / name, ids=[i % 2 for i in IDS] if name == "trained" else IDS)
    possible = seen.facts.possible
    assert (possible.shown, seen.architecture) == POSSIBLE[name]
    assert ms.architectures(seen.architecture.partition(",")[0]).rows
    ms.solvability(["parity"], seen.architecture)
    assert possible.least is not None
    for layer in seen.facts.recurrent:
        for head in layer.heads:
            # Of products no more is claimed: several factors may be turned against each other.
            if seen.facts.factors == 1:
                assert possible.least - 1e-6 <= head.products[0].least
                assert head.products[0].greatest <= possible.most + 1e-6
            assert [p.tokens for p in head.products] == [1, 2, 3, 4, 5, 6, 7, 8]
            assert 0 < head.rank <= head.rank_most


def test_negative_eigenvalues_need_the_switch() -> None:
    for name, has_some in (("delta_net", False), ("delta_net-negative", True)):
        heads = [
            h for layer in ms.inspect(RECORDED / name, ids=60).facts.layers for h in layer.heads
        ]
        assert len(heads) == 4
        for head in heads:
            beta = head.beta
            assert beta is not None
            assert (beta.greatest > 1) == (head.products[0].negative > 0) == has_some
            # One reflection a token: 1 - beta |k|^2 is the one eigenvalue that is not 1.
            assert head.products[0].least == pytest.approx(1 - beta.greatest, abs=1e-3)
            assert head.products[0].negative == pytest.approx(head.above_one)


def test_mamba3_turns_what_it_keeps() -> None:
    """Its eigenvalues are complex: the decay of a token, turned by angles of both signs."""
    first = ms.inspect(RECORDED / "mamba3", ids=IDS).facts.layers[0]
    for head in first.heads:
        assert head.gate is not None
        assert head.products[0].complex > 0
        assert head.products[0].greatest == pytest.approx(head.gate.greatest)  # some stay in place
    turned = ms.inspect(RECORDED / "mamba3-normed", ids=IDS).facts.layers[0]
    for head in turned.heads:
        assert head.gate is not None
        assert head.products[0].radius == pytest.approx(head.gate.greatest)
        assert head.products[0].greatest < head.gate.greatest


def test_numbers_are_those_of_the_whole_network() -> None:
    folder = RECORDED / "gated_deltanet"
    found: list[MatrixSteps] = []
    network = load_network(folder, "chunked")
    x = network.trunk.embeddings(torch.tensor([IDS]))
    with torch.no_grad():
        for block in network.blocks:
            mixed = block.advance(x, {})
            assert isinstance(mixed.steps, MatrixSteps)
            found.append(mixed.steps)
            x = mixed.output
    layers = ms.inspect(folder, ids=IDS).facts.layers
    for layer, steps in zip(layers, found, strict=True):
        for head in layer.heads:
            assert steps.w is not None
            assert steps.beta is not None
            for spread, numbers in ((head.gate, steps.w[..., 0]), (head.beta, steps.beta)):
                own = numbers[0, :, head.head - 1]
                assert spread is not None
                assert spread.least == pytest.approx(float(own.min()))
                assert spread.mean == pytest.approx(float(own.mean()))
                assert spread.greatest == pytest.approx(float(own.max()))


def test_pieces_of_a_text_change_nothing_that_a_layer_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = ms.inspect(RECORDED / "rwkv7", ids=IDS).facts
    monkeypatch.setattr(inspecting, "PIECE", 5)
    pieces = ms.inspect(RECORDED / "rwkv7", ids=IDS).facts
    for a, b in zip(whole.layers, pieces.layers, strict=True):
        for one, other in zip(a.heads, b.heads, strict=True):
            assert one.gate is not None
            assert other.gate is not None
            assert one.gate.mean == pytest.approx(other.gate.mean, rel=1e-5)


def test_a_row_a_layer_or_a_head() -> None:
    seen = ms.inspect(RECORDED / "gated_deltanet-hybrid", ids=IDS)
    assert [row[:2] for row in seen.table().rows] == [("1", "all")]
    assert [row[:2] for row in seen.table(by_head=True).rows] == [("1", "1"), ("1", "2")]
    said = repr(seen)
    assert "1 recurrent of 2 layers; read 14 tokens" in said
    assert "layers with attention, without transitions: 2" in said
    assert "eigenvalues of a transition in [0, 1]" in said


def test_json_has_every_head(tmp_path: Path) -> None:
    folder = copied("kda", tmp_path)
    answer = run_here(tmp_path, "monoscan", "inspect", "kda", "--ids", "9", "--json")
    found = json.loads(answer.stdout)
    assert found["folder"] == str(folder.relative_to(tmp_path))
    assert (found["tokens"], found["text"]) == (9, "9 tokens drawn at random")
    assert found["possible"]["least"] == 0.0
    assert [len(layer["heads"]) for layer in found["layers"]] == [2, 2]
    assert found["solvability"] == {
        "flip-flop": "1",
        "parity": "no",
        "count-mod-3": "no",
        "s3": "no",
    }


def test_the_command_says_what_is_possible_and_what_is_used(tmp_path: Path) -> None:
    copied("trained", tmp_path)
    answer = run_here(
        tmp_path, "monoscan", "inspect", "trained", "--language", "parity", "--figure", "a.svg"
    )
    assert "possible by its configuration: eigenvalues of a transition in [-1, 1]" in answer.stdout
    assert "100% of the transitions have a negative eigenvalue" in answer.stdout
    assert "parity with 1 layer" in answer.stdout
    assert answer.stdout.splitlines()[-1] == "picture: a.svg"
    assert "layer 1, head 2" in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_one_token_has_no_products(tmp_path: Path) -> None:
    copied("mamba", tmp_path)
    answer = run_here(tmp_path, "monoscan", "inspect", "mamba", "--ids", "1", "--format", "csv")
    lines = answer.stdout.splitlines()
    assert lines[0].startswith("layer,head,beta")
    assert lines[1].startswith("1,all,-,-,")
    assert lines[1].endswith("> 0")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("absent",), "there is no folder absent"),
        (("delta_net", "--ids", "0"), "expected a whole number of at least 1"),
        (("delta_net", "--ids", "100000"), "expected 1 to 65536"),
        (("delta_net", "--ids", "4", "--text", "a.txt"), "leave one out"),
        (("delta_net", "--text", "absent.txt"), "give a readable file"),
        (("delta_net", "--text", "latin.txt"), "byte 0 is no UTF-8"),
        (("delta_net", "--text", "a.txt"), "there is no delta_net/tokenizer.json"),
        (("delta_net", "--language", "parrity"), "nearest: parity"),
        (("attention",), "has attention in every layer"),
        (("delta_net/model.bin",), "a file of pickles"),
    ],
)
def test_bad_input(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    copied("delta_net", tmp_path)
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    (tmp_path / "latin.txt").write_bytes(b"\xe9")
    folder = copied("gated_deltanet-hybrid", tmp_path).rename(tmp_path / "attention")
    config = json.loads((folder / "config.json").read_text())
    config |= {"num_hidden_layers": 1, "attn": {**config["attn"], "layers": [0]}}
    (folder / "config.json").write_text(json.dumps(config))
    tensors = load_file(folder / "model.safetensors")
    kept = {
        name.replace("layers.1", "layers.0"): tensor
        for name, tensor in tensors.items()
        if "layers.0" not in name
    }
    save_file(kept, folder / "model.safetensors")
    assert said in fails(tmp_path, "monoscan", "inspect", *options)


def test_tokens_are_whole_numbers_of_the_vocabulary() -> None:
    with pytest.raises(ConfigError, match="token 9 is none of the vocabulary; expected 0 to 6"):
        ms.inspect(RECORDED / "delta_net", ids=[9])
    with pytest.raises(ConfigError, match=r"1\.5 is no token"):
        ms.inspect(RECORDED / "delta_net", ids=[1.5])  # type: ignore[list-item]
    with pytest.raises(ConfigError, match="there are no tokens"):
        ms.inspect(RECORDED / "delta_net", ids=[])
    with pytest.raises(TypeError, match="expected the folder of a network"):
        ms.inspect(3)  # type: ignore[arg-type]


def test_memory_that_does_not_suffice_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspecting, "available_memory", lambda: 1000)
    with pytest.raises(OutOfMemory, match=r"one layer of \d+ numbers and 512 tokens, about .* GiB"):
        ms.inspect(RECORDED / "delta_net")


def test_weights_that_are_not_finite_are_named(tmp_path: Path) -> None:
    folder = copied("delta_net", tmp_path)
    tensors = load_file(folder / "model.safetensors")
    tensors["model.embeddings.weight"][5] = float("nan")
    save_file(tensors, folder / "model.safetensors")
    assert ms.inspect(folder, ids=[1, 2]).facts.tokens == 2
    with pytest.raises(CheckpointError, match=r"model.embeddings.weight .* not finite"):
        ms.inspect(folder, ids=[5])


def test_outputs_that_are_not_finite_are_said(tmp_path: Path) -> None:
    folder = copied("delta_net", tmp_path)
    tensors = load_file(folder / "model.safetensors")
    tensors["model.layers.0.mlp.down_proj.weight"] *= 1e38
    tensors["model.layers.0.mlp.up_proj.weight"] *= 1e38
    save_file(tensors, folder / "model.safetensors")
    with pytest.raises(CheckpointError, match="layer 1 gives numbers that are not finite"):
        ms.inspect(folder, ids=IDS)
    tensors = load_file(RECORDED / "delta_net" / "model.safetensors")
    tensors["model.layers.1.attn.v_proj.weight"] *= 1e38
    save_file(tensors, folder / "model.safetensors")
    with pytest.raises(CheckpointError, match="layer 2 gives numbers that are not finite"):
        ms.inspect(folder, ids=IDS)


class StandIn:
    """What the library tokenizers has of a tokenizer: here each letter is a token."""

    model = SimpleNamespace(unk_token="?")

    @staticmethod
    def from_file(path: str) -> StandIn:
        json.loads(Path(path).read_text(encoding="utf-8"))
        return StandIn()

    def encode(self, text: str) -> SimpleNamespace:
        known = [letter if letter in "abcdefg" else "?" for letter in text]
        offsets = [(place, place + 1) for place in range(len(text))]
        ids = ["abcdefg".find(letter) for letter in known]
        return SimpleNamespace(ids=ids, tokens=known, offsets=offsets)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    library = ModuleType("tokenizers")
    library.__spec__ = importlib.util.spec_from_loader("tokenizers", None)
    library.Tokenizer = StandIn  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tokenizers", library)
    folder = copied("delta_net", tmp_path)
    (folder / "tokenizer.json").write_text("{}", encoding="utf-8")
    return folder


def test_a_text_is_cut_by_the_tokenizer_of_the_network(folder: Path) -> None:
    seen = ms.inspect(folder, text="abcafg")
    assert seen.text == "6 tokens"
    expected = ms.inspect(folder, ids=[0, 1, 2, 0, 5, 6])
    assert seen.facts == expected.facts


@pytest.mark.parametrize(
    ("text", "said"), [("abz", "does not know 'z' .characters 2 to 3"), ("", "has no tokens")]
)
def test_unknown_tokens_are_named(folder: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        ids_of_text(folder, text)


def test_a_damaged_tokenizer_is_refused(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("{", encoding="utf-8")
    with pytest.raises(CheckpointError, match="is no tokenizer that the library reads"):
        ids_of_text(folder, "a")


def test_without_the_library_it_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "tokenizers" else found(name)
    )
    with pytest.raises(NotInstalled, match="pip install tokenizers"):
        ids_of_text(folder, "a")
