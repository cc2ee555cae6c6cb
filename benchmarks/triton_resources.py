"""Registers, stack and shared memory of the Triton kernels, compiled ahead of time; none is run."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks._options import Options
from monoscan.models.kernels.resources import Resources, all_resources


def run(_: Options) -> Iterator[dict[str, object]]:
    """A row for each kernel: registers a thread / bytes of stack a thread / of shared memory.

    Columns are architectures and d = K = V; a stack above 0 means spilled registers.
    """
    rows: dict[str, dict[str, object]] = {}
    for resources in all_resources():
        row = rows.setdefault(resources.kernel, {"kernel": resources.kernel})
        figures = (resources.registers, resources.stack, resources.shared)
        row[_column(resources)] = " / ".join(map(str, figures))
    yield from rows.values()


def _column(resources: Resources) -> str:
    size = f", d={resources.size}" if resources.size else ""
    return f"sm_{resources.architecture}{size}"
