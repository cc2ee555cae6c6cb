"""Networks that flash-linear-attention 0.6.0 and transformers saved: loaded, run, saved again.

`record.py` made them, and says how.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file

from monoscan.models.errors import CheckpointError, ConfigError
from monoscan.models.released import ReleasedNetwork, Settings, load_network, write_network

RECORDED = Path(__file__).parent / "recorded"
NAMES = sorted(folder.name for folder in RECORDED.iterdir())
# Of scores of up to 6 in float32, through two layers that divide by lengths and roots of squares.
AGREEMENT = 1e-4


def weights(folder: Path) -> dict[str, torch.Tensor]:
    found = {}
    for file in sorted(folder.glob("model*.safetensors")):
        found |= load_file(file)
    return found


def config(folder: Path) -> dict[str, object]:
    return dict(json.loads((folder / "config.json").read_text()))


def expected(name: str) -> tuple[torch.Tensor, torch.Tensor]:
    recorded = load_file(RECORDED / name / "expected.safetensors")
    return recorded["ids"], recorded["scores"]


def test_every_layout_is_recorded() -> None:
    kinds = {config(RECORDED / name)["model_type"] for name in NAMES}
    assert kinds == {
        *("comba", "delta_net", "gated_deltanet", "gated_deltaproduct", "gla", "hgrn", "hgrn2"),
        *("kda", "mamba", "mamba2", "mamba3", "olmo_hybrid", "recurrent_gemma", "retnet"),
        *("rwkv", "rwkv6", "rwkv7"),
    }


@pytest.mark.parametrize("name", NAMES)
def test_scores_are_those_of_the_peer(name: str) -> None:
    ids, scores = expected(name)
    with torch.no_grad():
        found = load_network(RECORDED / name, "chunked")(ids)
    assert (found - scores).abs().max() < AGREEMENT


@pytest.mark.parametrize("name", NAMES)
def test_a_text_in_pieces_has_the_scores_of_the_whole(name: str) -> None:
    ids, _ = expected(name)
    network = load_network(RECORDED / name, "chunked")
    with torch.no_grad():
        whole, memory, scores = network(ids), None, []
        for piece in ids.split([1, 2, 9, 8], 1):
            found, memory = network.advance(piece, memory)
            scores.append(found)
    assert (torch.cat(scores, 1) - whole).abs().max() < AGREEMENT


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_is_what_was_read(name: str, tmp_path: Path) -> None:
    write_network(load_network(RECORDED / name), tmp_path, like=RECORDED / name)
    before, after = weights(RECORDED / name), weights(tmp_path)
    assert before.keys() == after.keys()
    for key, tensor in before.items():
        assert after[key].dtype == tensor.dtype
        assert torch.equal(after[key], tensor)
    assert config(tmp_path) == config(RECORDED / name)


@pytest.mark.parametrize("name", NAMES)
def test_gradients_are_those_of_the_peer(name: str) -> None:
    """Of the mean square of the scores; the peer computed it in float32, layer by layer."""
    recorded = load_file(RECORDED / name / "expected.safetensors")
    network = load_network(RECORDED / name, "chunked")
    scores = network.double()(recorded["ids"])
    scores.square().mean().backward()
    expected = {
        network.layout.renamed(key.removeprefix("gradient.")): gradient
        for key, gradient in recorded.items()
        if key.startswith("gradient.")
    }
    found = {key: weight.grad for key, weight in network.named_parameters()}
    assert found.keys() == expected.keys()
    largest = max(gradient.abs().max() for gradient in expected.values())
    for key, gradient in found.items():
        assert gradient is not None
        assert (gradient - expected[key]).abs().max() < AGREEMENT * largest, key


def test_the_compiled_kernels_give_the_same() -> None:
    ids, scores = expected("kda")
    with torch.no_grad():
        found = load_network(RECORDED / "kda")(ids)
    assert (found - scores).abs().max() < AGREEMENT


def test_a_network_that_was_trained_here_is_right_in_the_peer() -> None:
    ids, scores = expected("trained")
    assert (scores.argmax(-1) == ids.cumsum(1) % 2).all()


@given(st.lists(st.integers(0, 6), min_size=2, max_size=12), st.data())
def test_later_tokens_change_nothing_before(tokens: list[int], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["rwkv6", "rwkv7", "gated_deltanet-hybrid", "mamba"]))
    cut = data.draw(st.integers(1, len(tokens) - 1))
    network = load_network(RECORDED / name, "chunked")
    ids = torch.tensor([tokens])
    with torch.no_grad():
        assert (network(ids)[:, :cut] - network(ids[:, :cut])).abs().max() < AGREEMENT


@pytest.mark.parametrize(
    ("name", "entries", "said"),
    [
        ("mamba3", {"is_mimo": True}, "is_mimo is True; expected false"),
        ("mamba3", {"rope_fraction": 0.7}, "rope_fraction is 0.7; expected 0.5 or 1.0"),
        ("mamba3", {"state_size": 2}, "state_size is 2; expected a number of which at least two"),
        ("mamba3", {"n_groups": 3}, "heads of 4 do not split into 3"),
        ("mamba3", {"state_size": 16}, r"has the shape .* asks for"),
        ("recurrent_gemma", {"block_types": ["mamba"]}, "a list of recurrent and attention"),
        ("recurrent_gemma", {"block_types": [["recurrent"]]}, "a list of recurrent and attention"),
        ("recurrent_gemma", {"hidden_activation": "relu"}, "no other activation is known"),
        ("recurrent_gemma", {"num_attention_heads": 3}, "channels of 8 do not split into 3"),
        ("recurrent_gemma", {"rope_parameters": 3}, "rope_parameters is 3; expected an object"),
        (
            "recurrent_gemma",
            {"rope_parameters": {"partial_rotary_factor": 0.3}},
            "partial_rotary_factor is 0.3; expected a part of each head that is made of pairs",
        ),
        ("olmo-hybrid", {"layer_types": [["linear_attention"]] * 3}, "expected 3 times"),
        ("rwkv", {"num_hidden_layers": 3}, r"has no tensor rwkv.layers.2.* and .* more"),
    ],
)
def test_configurations_that_cannot_be_are_refused(
    name: str, entries: dict[str, object], said: str, tmp_path: Path
) -> None:
    folder = copy(name, tmp_path)
    with_config(**entries)(folder)
    with pytest.raises(CheckpointError, match=said):
        load_network(folder)


Change = Callable[[Path], None]


def copy(name: str, folder: Path) -> Path:
    return Path(shutil.copytree(RECORDED / name, folder / name))


def with_config(**entries: object) -> Change:
    def change(folder: Path) -> None:
        file = folder / "config.json"
        file.write_text(json.dumps({**json.loads(file.read_text()), **entries}))

    return change


def with_weight(name: str, change: Callable[[torch.Tensor], torch.Tensor | None]) -> Change:
    def changed(folder: Path) -> None:
        tensors = load_file(folder / "model.safetensors")
        found = change(tensors.pop(name, torch.zeros(1)))
        save_file(
            tensors if found is None else {**tensors, name: found}, folder / "model.safetensors"
        )

    return changed


def renamed(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")


def truncated(folder: Path) -> None:
    data = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(data[:-100])


B = "model.layers.1.attn.b_proj.weight"
FAULTS: dict[str, tuple[Change, str]] = {
    "no config": (lambda f: (f / "config.json").unlink(), "there is no .*config.json"),
    "no JSON": (lambda f: (f / "config.json").write_text("{"), "is no JSON"),
    "no object": (lambda f: (f / "config.json").write_text("[]"), "holds no object"),
    "another layout": (
        with_config(model_type="llama"),
        "model_type 'llama'; expected one of comba",
    ),
    "no layout": (with_config(model_type=None), "has no model_type; expected one of"),
    "quantised config": (with_config(quantization_config={"bits": 4}), "are quantised"),
    "residual paths": (with_config(attnres_block_size=2), "attnres_block_size is 2"),
    "heads": (with_config(num_heads=3), "do not split into 3 heads"),
    "no number": (with_config(num_heads="two"), "num_heads is 'two'; expected a whole number"),
    "no factor": (with_config(expand_k=0.3), "expected a whole number of at least 1"),
    "infinite": (with_config(norm_eps=float("inf")), "norm_eps is inf; expected a finite number"),
    "no flag": (with_config(use_gate="no"), "use_gate is 'no'; expected true or false"),
    "no choice": (with_config(qk_norm="l1"), "qk_norm is 'l1'; expected l2 or sum"),
    "attention": (with_config(attn={"layers": [9]}), "expected layers with numbers from 0 to 1"),
    "attention heads": (with_config(attn={"layers": [1]}), "says nothing of num_heads"),
    "more layers": (with_config(num_hidden_layers=3), "has no tensor model.layers.2.* and 13 more"),
    "fewer layers": (with_config(num_hidden_layers=1), "holds the tensor model.layers.1.*no place"),
    "another width": (with_config(hidden_size=16), r"has the shape \[.*asks for \["),
    "pickle": (renamed, "a file of pickles, .* refused"),
    "truncated": (truncated, "truncated or no safetensors file"),
    "no weights": (lambda f: (f / "model.safetensors").unlink(), "holds neither"),
    "lost": (with_weight(B, lambda _: None), f"has no tensor {B}"),
    "unknown": (with_weight("extra", lambda _: torch.zeros(1)), "the tensor extra, for which"),
    "shape": (with_weight(B, lambda b: b[:1].clone()), rf"{B} .* \[1, 8\], and .* \[2, 8\]"),
    "quantised": (with_weight(B, lambda b: b.to(torch.int8)), "has the type I8: .* quantised"),
    "NaN": (with_weight(B, lambda b: b * float("nan")), f"{B} .* not finite"),
    "no read-out": (
        with_weight("lm_head.weight", lambda _: None),
        "has no tensor lm_head.weight",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_folder_that_is_not_as_it_must_be_is_refused(fault: str, tmp_path: Path) -> None:
    change, message = FAULTS[fault]
    folder = copy("delta_net", tmp_path)
    change(folder)
    with pytest.raises(CheckpointError, match=message):
        load_network(folder)


def test_gates_above_one_are_refused(tmp_path: Path) -> None:
    for name, entry in (("kda", "lower_bound"), ("gla", "clamp_min")):
        folder = copy(name, tmp_path)
        with_config(**{entry: 0.5})(folder)
        with pytest.raises(CheckpointError, match=f"{entry} is 0.5; expected a number of at most"):
            load_network(folder)


def test_a_run_of_monoscan_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "checkpoint.safetensors").touch()
    with pytest.raises(CheckpointError, match="of a run of `monoscan train` see"):
        load_network(tmp_path)


def test_shards_that_are_missing_are_named(tmp_path: Path) -> None:
    folder = copy("delta_net-sharded", tmp_path)
    (folder / "model-00002-of-00002.safetensors").unlink()
    with pytest.raises(CheckpointError, match=r"model-00002-of-00002.safetensors is missing"):
        load_network(folder)


def test_an_index_leads_to_no_other_folder(tmp_path: Path) -> None:
    folder = copy("delta_net-sharded", tmp_path)
    file = folder / "model.safetensors.index.json"
    file.write_text(file.read_text().replace("model-00002", "../model-00002"))
    with pytest.raises(CheckpointError, match="files of the same folder"):
        load_network(folder)


def test_an_index_that_names_what_a_file_has_not_is_refused(tmp_path: Path) -> None:
    folder = copy("delta_net-sharded", tmp_path)
    file = folder / "model.safetensors.index.json"
    file.write_text(file.read_text().replace("lm_head.weight", "lm_head.scale"))
    with pytest.raises(CheckpointError, match=r"has no tensor lm_head\.scale, and"):
        load_network(folder)


def test_a_pickle_is_refused_before_it_is_looked_at(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="can run any code"):
        load_network(tmp_path / "absent.pth")


def test_nothing_is_written_beside_an_index_of_other_weights(tmp_path: Path) -> None:
    folder = copy("delta_net-sharded", tmp_path)
    with pytest.raises(CheckpointError, match="names other weights"):
        write_network(load_network(folder), folder)
    assert not (folder / "model.safetensors").exists()


def test_types_are_not_taken_from_another_network(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="has no tensor"):
        write_network(load_network(RECORDED / "kda"), tmp_path, like=RECORDED / "gla")


@pytest.mark.parametrize(
    ("tokens", "message"), [([7], "token 7 is none"), ([-1], "token -1"), ([], "no tokens")]
)
def test_tokens_outside_the_vocabulary_are_refused(tokens: list[int], message: str) -> None:
    network = load_network(RECORDED / "delta_net", "chunked")
    with pytest.raises(ConfigError, match=message):
        network(torch.tensor([tokens], dtype=torch.long))


def test_tied_weights_are_those_of_the_embedding() -> None:
    assert "lm_head.weight" not in weights(RECORDED / "transformers-mamba")
    network = load_network(RECORDED / "transformers-mamba")
    assert network.lm_head is None
    assert config(RECORDED / "transformers-mamba").get("tie_word_embeddings", True)


def test_a_network_can_be_made_without_weights_of_others() -> None:
    settings = {"model_type": "kda", "hidden_size": 8, "num_heads": 2, "head_dim": 4}
    settings |= {"num_hidden_layers": 1, "vocab_size": 3, "intermediate_size": 8}
    scores = ReleasedNetwork(Settings(settings), "chunked")(torch.zeros(1, 5, dtype=torch.long))
    assert scores.isfinite().all()
