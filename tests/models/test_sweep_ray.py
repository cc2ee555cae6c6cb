"""Sweeps on a cluster of Ray: every record once, whatever is lost meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from helpers.command_line import command, environment, fails
from helpers.small_runs import small_run

from monoscan.errors import BadInput
from monoscan.face.sweeps import read_sweep
from monoscan.models.sweep import Job, RayCluster, ResultStore, on_ray, run_sweep
from monoscan.models.sweep.job import attempt

SWEEP = {
    "languages": ["parity"],
    "layers": ["deltanet [-1,1]"],
    "seeds": 2,
    "training": {"steps": 2, "batch": 4, "max_length": 6},
    "network": {"width": 4, "heads": 1},
    "test": {"lengths": [6], "words": 5, "worst_length": 8},
}
LONG = """
languages = ["parity"]
layers = ["deltanet [-1,1]"]
training = {steps = 1_000_000, max_length = 6}
"""


def job(seed: int) -> Job:
    config = small_run(steps=60, seed=seed, checkpoint_every=5)
    return Job(f"seed {seed}", config, (8, 16), 20)


def descendants(process: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended
            continue
    found, waiting = [], [process]
    while waiting:
        parent = waiting.pop()
        children = [child for child, of in parents.items() if of == parent]
        found += children
        waiting += children
    return found


def process_of(name: str) -> int | None:
    """The process of ours that does a run."""
    for number in descendants(os.getpid()):
        try:
            line = Path(f"/proc/{number}/cmdline").read_text()
        except OSError:
            continue
        if line.startswith(f"ray::{name}"):
            return number
    return None


@pytest.fixture
def cluster() -> Iterator[Any]:
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    made.add_node(num_cpus=1)
    yield made
    made.shutdown()


@pytest.mark.extras
@pytest.mark.filterwarnings("default")  # of Ray's own
def test_a_killed_worker_changes_no_record(cluster: Any, tmp_path: Path) -> None:
    jobs = [job(seed) for seed in range(3)]
    first = tmp_path / "runs" / jobs[0].digest / "checkpoint.safetensors"
    killed: list[int] = []

    def kill() -> None:
        while not first.exists():
            time.sleep(0.01)
        while not killed and (number := process_of(jobs[0].name)):
            os.kill(number, signal.SIGKILL)
            killed.append(number)

    killer = Thread(target=kill, daemon=True)
    killer.start()
    outcomes = run_sweep(jobs, tmp_path / "runs", cluster=RayCluster(cluster.address))
    killer.join(timeout=60)
    assert len(killed) == 1
    expected = [attempt(one, tmp_path / "here") for one in jobs]
    assert [found.results for found in outcomes] == [found.results for found in expected]
    stored = {run.digest: run.outcome for run in ResultStore(tmp_path / "runs").runs()}
    assert stored == {one.digest: found for one, found in zip(jobs, outcomes, strict=True)}
    assert not list((tmp_path / "runs").glob(".seen*"))


@pytest.mark.extras
@pytest.mark.filterwarnings("default")
def test_a_cluster_that_goes_away_is_no_verdict(cluster: Any, tmp_path: Path) -> None:
    (tmp_path / "long.toml").write_text(LONG, encoding="utf-8")
    asked = ("sweep", "long.toml", "--engine", "ray", "--address", cluster.address)
    process = subprocess.Popen(
        command("monoscan", *asked),
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(Path(__file__).parents[2])),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not list((tmp_path / "runs").glob("*/lock")):
        assert process.poll() is None
        time.sleep(0.1)
    cluster.head_node.kill_gcs_server()
    said, errors = process.communicate(timeout=150)
    assert (process.returncode, said) == (2, ""), errors
    assert "went away; 0 of 3 runs are done and stored" in errors


def test_an_engine_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep = read_sweep(SWEEP)
    monkeypatch.setattr(on_ray, "find_spec", lambda _: None)
    with pytest.raises(ImportError, match=r"pip install 'monoscan\[ray\]'"):
        sweep.run(tmp_path / "runs", tmp_path, engine="ray")
    monkeypatch.setattr(on_ray, "find_spec", lambda name: name)
    for address in ("127.0.0.1:1", "127.0.0.1:port", "127.0.0.1:99999999"):
        with pytest.raises(BadInput, match=f"no head of a Ray cluster answers at {address}"):
            sweep.run(tmp_path / "runs", tmp_path, engine="ray", address=address)
    with pytest.raises(BadInput, match="engine is 'slurm'; expected one of local, ray"):
        sweep.run(tmp_path / "runs", tmp_path, engine="slurm")
    asked = ("monoscan", "sweep", "quick", "--address", "127.0.0.1:1")
    assert "give --engine ray too" in fails(tmp_path, *asked)
    assert not (tmp_path / "runs").exists()


def test_a_machine_that_does_not_see_the_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="give a folder that all machines of the cluster see"):
        on_ray._there(job(0), str(tmp_path), "absent")
