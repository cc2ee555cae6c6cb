"""Training runs that take seconds."""

from __future__ import annotations

from typing import Any

from monoscan.automata import get_language
from monoscan.models.layers import LayerConfig
from monoscan.models.tasks import Task
from monoscan.models.train_config import RunConfig, TrainConfig


def small_run(
    language: str = "parity",
    layer: str = "deltanet",
    range_: str = "[-1,1]",
    *,
    layer_options: dict[str, Any] | None = None,
    targets: str = "every",
    **training: Any,
) -> RunConfig:
    """A run of a narrow network on short words."""
    options = {"batch": 64, "max_length": 16, "warmup": 20, "steps": 100, **training}
    config = LayerConfig(layer, range_, **{"width": 16, "heads": 2, **(layer_options or {})})
    task = Task(get_language(language).build(), targets)
    return RunConfig.of(task, config, TrainConfig(**options), language=language)
