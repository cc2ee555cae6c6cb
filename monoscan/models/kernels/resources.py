"""What the Triton kernels need on GPUs that need not be present: compiled ahead of time.

Nothing is run. Registers, stack and shared memory are those of the code that the assembler makes;
a stack above zero means that registers spill to memory. As at a launch for such sizes, pointers are
taken to be multiples of 16 bytes, and K and V of 16.
"""

from __future__ import annotations

import importlib
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ARCHITECTURES = (80, 90)
SIZES = (16, 32, 64)

# The kernels of the chunked form in order of use.
CHUNKED_KERNELS = (
    *((name, "forward") for name in ("solve", "walk", "read")),
    *((name, "backward") for name in ("solve", "walk", "read", "gradients")),
)


@dataclass(frozen=True)
class Resources:
    """What one compiled kernel takes.

    Attributes:
        kernel: Recurrence, form, direction and variant.
        size: K = V for rank_one; 0 for the scan, whose program has one size.
        architecture: Compute capability, 80 or 90.
        registers: Registers a thread.
        stack: Bytes of stack a thread; above zero if registers spill.
        shared: Bytes of shared memory a program.
    """

    kernel: str
    size: int
    architecture: int
    registers: int
    stack: int
    shared: int


def rank_one_resources(
    size: int, architecture: int, *, gated: bool = True
) -> tuple[Resources, Resources]:
    """Resources of the forward and the backward kernel of rank_one for K = V = size."""
    module: Any = importlib.import_module("monoscan.models.kernels.rank_one.triton")
    constants = {"GATED": gated, "SEGMENT": module.SEGMENT, **module.block_sizes(size, size)}
    variant = "gated" if gated else "plain"
    return _both_ways(module, f"rank_one {{}} {variant}", size, architecture, constants)


def chunked_resources(
    size: int, architecture: int, *, gated: bool = True, fixed: Mapping[str, int] | None = None
) -> tuple[Resources, ...]:
    """Resources of the kernels of rank_one's chunked form for K = V = size, in order of use.

    Args:
        size: K and V.
        architecture: Compute capability, 80 or 90.
        gated: Whether there is one gate a head.
        fixed: Whole-number arguments that become part of the code; Triton does that to those that
            are 1.
    """
    module: Any = importlib.import_module("monoscan.models.kernels.rank_one.triton_chunked")
    variant = "gated" if gated else "plain"
    rows = []
    for name, way in CHUNKED_KERNELS:
        kernel = getattr(module.kernels, f"{name}_kernel")
        tiles = module.block_sizes(size, walk=name == "walk")
        constants = {"GATED": gated, **tiles, **(fixed or {})}
        if "BACK" in kernel.arg_names:
            constants["BACK"] = way == "backward"
        figures = _compiled(kernel, constants, architecture, module.OPTIONS[name])
        label = f"rank_one chunked {name} {way} {variant}"
        rows.append(Resources(label, size, architecture, *figures))
    return tuple(rows)


def scan_resources(architecture: int, *, is_complex: bool) -> tuple[Resources, Resources]:
    """Resources of the forward and the backward kernel of the diagonal scan."""
    module: Any = importlib.import_module("monoscan.models.kernels.diagonal_scan.triton")
    constants = {"COMPLEX": is_complex, "ENTRIES": module.ENTRIES}
    variant = "complex" if is_complex else "real"
    return _both_ways(module, f"diagonal_scan {{}} {variant}", 0, architecture, constants)


def all_resources() -> Iterator[Resources]:
    """Every kernel, variant, size and architecture, one after another."""
    for architecture in ARCHITECTURES:
        for size in SIZES:
            for gated in (False, True):
                yield from rank_one_resources(size, architecture, gated=gated)
        for size in SIZES:
            for gated in (False, True):
                yield from chunked_resources(size, architecture, gated=gated)
        for is_complex in (False, True):
            yield from scan_resources(architecture, is_complex=is_complex)


def _both_ways(
    module: Any, label: str, size: int, architecture: int, constants: dict[str, Any]
) -> tuple[Resources, Resources]:
    """Resources of the forward and the backward kernel of a module; the label has their place."""
    forward, backward = (
        Resources(
            label.format(way),
            size,
            architecture,
            *_compiled(getattr(module, f"{way}_kernel"), constants, architecture, module.OPTIONS),
        )
        for way in ("forward", "backward")
    )
    return forward, backward


def _compiled(
    kernel: Any, constants: dict[str, Any], architecture: int, options: dict[str, int]
) -> tuple[int, int, int]:
    """Registers, stack and shared memory of a kernel whose tensors are fp32 and sizes int32."""
    import triton
    from triton.backends.compiler import GPUTarget
    from triton.compiler import ASTSource

    whole = {"steps", "heads", "keys", "values", "n_h", "width", "a_size", "q_size"}
    signature = {
        name: "constexpr" if name in constants else "i32" if name in whole else "*fp32"
        for name in kernel.arg_names
    }
    aligned = {name for name in signature if signature[name] == "*fp32"}
    aligned |= {"keys", "values", "width"} - set(constants)
    attributes = {
        (place,): [["tt.divisibility", 16]]
        for place, name in enumerate(kernel.arg_names)
        if name in aligned
    }
    source = ASTSource(fn=kernel, signature=signature, constexprs=constants, attrs=attributes)
    target = GPUTarget("cuda", architecture, 32)
    done: Any = triton.compile(source, target=target, options=options)
    registers, stack = read_usage(_usage(done.asm["cubin"]))
    return registers, stack, int(done.metadata.shared)


def _usage(code: bytes) -> str:
    """What cuobjdump says about compiled code; the program comes with triton."""
    import triton

    program = Path(triton.__file__).parent / "backends" / "nvidia" / "bin" / "cuobjdump"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "kernel.cubin"
        file.write_bytes(code)
        return subprocess.run(
            [str(program), "-res-usage", str(file)], capture_output=True, text=True, check=True
        ).stdout


def read_usage(text: str) -> tuple[int, int]:
    """Registers and stack in the report of cuobjdump.

    Raises:
        ValueError: If the report has another form.

    >>> read_usage("Function f: REG:52 STACK:0 SHARED:0 LOCAL:0")
    (52, 0)
    """
    found = re.search(r"REG:(\d+)\s+STACK:(\d+)", text)
    if found is None:
        raise ValueError(f"cuobjdump wrote no register and stack figures: {text!r}")
    return int(found[1]), int(found[2])
