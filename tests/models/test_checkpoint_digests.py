"""A checkpoint is what was written, part by part, and its numbers are in their ranges."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from helpers.command_line import fails
from helpers.compiled_networks import COMPILED, network
from helpers.small_runs import small_run
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from monoscan.models.checkpoint import read_checkpoint, sealed
from monoscan.models.compile import compile_network, load_compiled, save_compiled
from monoscan.models.errors import CheckpointError, ConfigError
from monoscan.models.train import CHECKPOINT_FILE, load_run, train
from monoscan.models.train_config import run_config_from_json

Value = Any  # of JSON


def texts(path: Path) -> dict[str, str]:
    with safe_open(path, framework="pt") as file:
        return dict(file.metadata())


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    train(small_run(steps=2), folder)
    return folder


@pytest.fixture
def path(trained: Path, tmp_path: Path) -> Path:
    return shutil.copytree(trained, tmp_path / "run") / CHECKPOINT_FILE


def rewrite(path: Path, tensors: dict[str, torch.Tensor] | None = None, **changed: str) -> None:
    """Writes a file again as an editor would: with what was changed, and the digests of before."""
    before = texts(path)
    kept = load_file(path)  # clones, so that the file may be written
    save_file({n: t.clone() for n, t in (tensors or kept).items()}, path, {**before, **changed})


def reseal(path: Path, **changed: str) -> None:
    """Writes a file again with digests of what was changed."""
    before, tensors = texts(path), {n: t.clone() for n, t in load_file(path).items()}
    after = {**before, **changed}
    save_file(tensors, path, sealed(after["config"], after["facts"], tensors))


def test_an_untouched_file_is_read(path: Path) -> None:
    rewrite(path)
    assert load_run(path.parent).step == 2
    reseal(path)
    assert load_run(path.parent).step == 2


def test_an_edited_configuration(path: Path) -> None:
    config = texts(path)["config"].replace('"heads": 2', '"heads": 4')
    rewrite(path, config=config)
    with pytest.raises(CheckpointError, match="was changed: it holds not the configuration that"):
        load_run(path.parent)
    with pytest.raises(CheckpointError, match="not the configuration that it was written with"):
        train(small_run(steps=2), path.parent)


def test_edited_facts(path: Path) -> None:
    rewrite(path, facts=texts(path)["facts"].replace('"step": 2', '"step": 1', 1))
    with pytest.raises(CheckpointError, match="not the facts that it was written with"):
        load_run(path.parent)


@pytest.mark.parametrize("place", [0, -1])
def test_one_bit_of_the_weights(path: Path, place: int) -> None:
    tensors = load_file(path)
    name = sorted(tensors)[place]
    tensors[name].reshape(-1).view(torch.uint8)[0] ^= 1
    rewrite(path, tensors)
    with pytest.raises(CheckpointError, match="not the weights that it was written with"):
        load_run(path.parent)


def test_weights_that_change_names(path: Path) -> None:
    tensors = load_file(path)
    a, b = "optimizer.head.bias.exp_avg", "optimizer.head.bias.exp_avg_sq"
    tensors[a], tensors[b] = tensors[b], tensors[a]
    rewrite(path, tensors)
    with pytest.raises(CheckpointError, match="not the weights"):
        load_run(path.parent)


def test_everything_is_another_one(path: Path) -> None:
    rewrite(path, config="{}", facts="{}", tensors={"x": torch.zeros(1)})
    with pytest.raises(CheckpointError, match="not the configuration and facts and weights that"):
        load_run(path.parent)


def test_parts_of_two_files(path: Path, tmp_path: Path) -> None:
    """The weights of one run under the configuration of another, with the digests of both."""
    train(small_run(steps=2, seed=1), tmp_path / "other")
    before, other = (texts(p) for p in (path, tmp_path / "other" / CHECKPOINT_FILE))
    digests = json.loads(before["digests"])
    digests["configuration"] = json.loads(other["digests"])["configuration"]
    rewrite(path, config=other["config"], digests=json.dumps(digests))
    with pytest.raises(CheckpointError, match="was changed: it holds parts of different files"):
        load_run(path.parent)


@pytest.mark.parametrize("digests", ["", "[", "3", "{}", "[" * 100_000, '{"weights": []}'])
def test_digests_that_are_none(path: Path, digests: str) -> None:
    rewrite(path, digests=digests)
    with pytest.raises(CheckpointError, match="was changed: it holds not the configuration"):
        load_run(path.parent)


def test_a_file_of_before(path: Path) -> None:
    kept = {name: text for name, text in texts(path).items() if name != "digests"}
    save_file({n: t.clone() for n, t in load_file(path).items()}, path, kept)
    with pytest.raises(CheckpointError, match="has no digests: an earlier version of monoscan wro"):
        load_run(path.parent)


def test_brackets_without_end(path: Path, tmp_path: Path) -> None:
    for write in (rewrite, reseal):
        write(path, config="[" * 100_000)
        said = fails(tmp_path, "monoscan", "evaluate", "run", "--lengths", "4")
        assert len(said.splitlines()) == 1


# --------------------------------------------------------------------------- every field

BAD = (None, "1", "", True, [], {}, [1], -1, 0, 1.5, 2**60 + 1, 10**400, float("nan"), float("inf"))


def places(value: Value, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where a value of JSON has members that are no objects."""
    for key, part in value.items():
        if isinstance(part, dict):
            yield from places(part, (*path, key))
        else:
            yield (*path, key)


def put(value: Value, path: tuple[str | int, ...], part: Value) -> Value:
    found = copy.deepcopy(value)
    inner = found
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = part
    return found


def same(one: Value, two: Value) -> bool:
    return json.dumps(one) == json.dumps(two)  # 1, 1.0 and true are three values


CONFIG = json.loads(small_run(steps=2).to_json())
# What some value of BAD may stand for: they change nothing that the parameters are for.
ALLOWED = {
    "warmup": (0,),
    "weight_decay": (0, 1.5),
    "law": (0, 1.5),
    "letters": (0,),
    "seed": (0, 2**60 + 1),
    "learning_rate": (1.5, 2**60 + 1),
    "clip": (1.5, 2**60 + 1),
    "threshold": (1.5, 2**60 + 1),
    "additive_input": (True,),
    "initial_state": (True,),
    "language": ("1", ""),
    "mlp_factor": (0,),
    "device": ("1", ""),
}


@pytest.mark.parametrize("place", list(places(CONFIG)), ids=lambda path: ".".join(map(str, path)))
def test_a_value_that_cannot_be(place: tuple[str, ...]) -> None:
    name = place[-1]
    for bad in BAD:
        value = put(CONFIG, place, bad)
        if same(value, CONFIG) or any(same(bad, other) for other in ALLOWED.get(name, ())):
            run_config_from_json(json.dumps(value))
            continue
        with pytest.raises(ConfigError):
            run_config_from_json(json.dumps(value))


FACTS = {"step": 2, "length": 4, "seconds": 0.5, "history": []}
FINE = {"step": (0,), "length": (2**60 + 1,), "seconds": (0, 1.5, 2**60 + 1), "history": ([],)}


@pytest.mark.parametrize("name", FACTS)
def test_facts_that_cannot_be(path: Path, name: str) -> None:
    reseal(path, facts=json.dumps(FACTS))
    assert load_run(path.parent).step == 2
    for bad in BAD:
        if any(same(bad, other) for other in FINE[name]):
            continue
        reseal(path, facts=json.dumps({**FACTS, name: bad}))
        with pytest.raises(CheckpointError, match="does not say how far its run has come"):
            load_run(path.parent)


def test_a_network_too_large_is_refused_before_it_is_built(path: Path) -> None:
    value = put(put(CONFIG, ("model", "layer", "width"), 65_536), ("model", "depth"), 20)
    reseal(path, config=json.dumps(value))
    with pytest.raises(CheckpointError, match=r"has the shape .*; expected the shape"):
        load_run(path.parent)


# --------------------------------------------------------------------------- compiled networks

STACK = COMPILED[6]


@pytest.fixture
def compiled(tmp_path: Path) -> Path:
    path = tmp_path / "network.model"
    save_compiled(compile_network(network(*STACK[:2]), STACK[2]), path, {})
    return path


@pytest.mark.parametrize(
    "name", ["lookup_1_0", "lookup_2_1", "layers.0.moves", "layers.1.observed", "layers.0.reports"]
)
@pytest.mark.parametrize("number", [-7, 10**6])
def test_a_table_that_points_outside(compiled: Path, name: str, number: int) -> None:
    found = read_checkpoint(compiled)
    tensors = {n: t.clone() for n, t in found.tensors.items()}
    tensors[name].view(-1)[0] = number
    save_file(tensors, compiled, sealed(found.config, "{}", tensors))
    with pytest.raises(CheckpointError, match="is damaged or of another version"):
        load_compiled(compiled)


def test_a_compiled_weight_that_is_not_finite(compiled: Path) -> None:
    found = read_checkpoint(compiled)
    tensors = {n: t.clone() for n, t in found.tensors.items()}
    tensors["layers.0.embedding"][0, 0] = float("inf")
    save_file(tensors, compiled, sealed(found.config, "{}", tensors))
    with pytest.raises(CheckpointError, match=r"the tensor layers\.0\.embedding is not finite"):
        load_compiled(compiled)


@pytest.mark.parametrize("reads", [[[], [2]], [[1], []], [[]], [[], [1, 1]], [], None, [[], [0]]])
def test_layers_that_read_what_is_not_below(compiled: Path, reads: Value) -> None:
    found = read_checkpoint(compiled)
    config = json.loads(found.config)
    assert config["reads"] == [[], [1]]
    tensors = dict(found.tensors)
    save_file(tensors, compiled, sealed(json.dumps({**config, "reads": reads}), "{}", tensors))
    with pytest.raises(CheckpointError, match="is damaged or of another version"):
        load_compiled(compiled)
