"""Every layer in 16, 32 and 64 bits, also on a processor that has no units for bfloat16."""

from __future__ import annotations

import copy
import os
import subprocess
import sys

import pytest
import torch
from helpers.effort import EVERYTHING, part_of

from monoscan.models.layers import PARAMETRISATIONS, LayerConfig, all_layer_kinds

LAYERS = [
    LayerConfig(
        kind.id, range_, parametrisation, 32, 4, 2 if kind.is_product else 1, additive_input=added
    )
    for kind in all_layer_kinds()
    for range_ in kind.ranges
    for parametrisation in PARAMETRISATIONS
    for added in (False, True)
]
# What the square of an error may be on average, where the square of an output is 1.
TOLERANCES = {torch.bfloat16: 0.02, torch.float32: 1e-5, torch.float64: 1e-13}
OLDER_PROCESSOR = {"ONEDNN_MAX_CPU_ISA": "AVX2", "NUMBA_CPU_NAME": "generic"}


def name(layer: LayerConfig) -> str:
    return f"{layer.layer}{layer.range}-{layer.parametrisation}-{layer.additive_input}"


def error(found: torch.Tensor, expected: torch.Tensor) -> float:
    difference = found.double() - expected
    return float(difference.square().mean().sqrt() / expected.square().mean().sqrt())


@pytest.mark.parametrize("dtype", TOLERANCES, ids=str)
@pytest.mark.parametrize("config", part_of(LAYERS, 35), ids=name)
def test_whole_words_and_pieces(config: LayerConfig, dtype: torch.dtype) -> None:
    torch.manual_seed(0)
    layer = config.kind.build(config).to(dtype)
    x = torch.randn(2, 50, config.width).to(dtype)
    with torch.no_grad():
        expected = copy.deepcopy(layer).double()(x.double())  # the very same weights and inputs
        whole = layer(x)
        assert whole.dtype == dtype
        assert error(whole, expected) < TOLERANCES[dtype]
        state, pieces = None, []
        for piece in x.split([1, 1, 15, 33], 1):
            found, state = layer.advance(piece, state)
            pieces.append(found)
    joined = torch.cat(pieces, 1)
    assert joined.dtype == dtype
    assert error(joined, expected) < TOLERANCES[dtype]


def test_too_few_digits_are_seen() -> None:
    config = LayerConfig("deltanet", width=32, heads=4)
    torch.manual_seed(0)
    layer = config.kind.build(config)
    x = torch.randn(2, 50, config.width)
    with torch.no_grad():
        expected = copy.deepcopy(layer).double()(x.double())
        found = layer.to(torch.float8_e5m2).to(torch.float32)(x)
    assert error(found, expected) > TOLERANCES[torch.bfloat16]


# Most are compiled anew for that processor. oneDNN refused the bfloat16 step of the LSTM there.
KINDS = [kind.id for kind in all_layer_kinds() if EVERYTHING or kind.id in ("gla", "lstm")]
STEPS = f"""
import torch
from monoscan.models.layers import LayerConfig, get_layer_kind
for kind in map(get_layer_kind, {KINDS}):
    layer = kind.build(LayerConfig(kind.id, kind.ranges[-1], width=16, heads=2))
    x = torch.randn(64, 5, 16)
    with torch.autocast("cpu", torch.bfloat16):
        layer(x).float().square().mean().backward()
    narrow = layer.to(torch.bfloat16)
    y, _ = narrow.advance(x.bfloat16())
    y.float().square().mean().backward()
    print(kind.id, y.dtype, bool(y.isfinite().all()))
"""


def test_bfloat16_on_a_processor_without_units_for_it() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", STEPS],
        env={**os.environ, **OLDER_PROCESSOR},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines() == [f"{kind} torch.bfloat16 True" for kind in KINDS]
