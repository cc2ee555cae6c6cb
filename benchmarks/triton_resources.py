"""Registers, stack and shared memory of the Triton kernels, compiled ahead of time; none is run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from benchmarks._options import Options
from monoscan.models.kernels.resources import all_resources


def run(_: Options) -> Iterator[dict[str, object]]:
    """One record a kernel, size and architecture. A stack above 0 means spilled registers."""
    for resources in all_resources():
        yield asdict(resources)
