"""Exact networks compiled to the layers of the training code.

An exact network of `monoscan.theory` becomes a network of the layers that training uses, with
those very weights: `compile_network`. What rounding makes of it is measured by `check`.
"""

from monoscan.models.compile.check import Check, LayerCheck, check, measure_compiled, step_error
from monoscan.models.compile.errors import CompileError
from monoscan.models.compile.kinds import PLANNERS, layer_of_class
from monoscan.models.compile.layer import CompiledLayer
from monoscan.models.compile.model import (
    PRECISIONS,
    CompiledModel,
    CompiledState,
    check_names,
)
from monoscan.models.compile.network import compile_network
from monoscan.models.compile.storage import load_compiled, save_compiled

__all__ = [
    "PLANNERS",
    "PRECISIONS",
    "Check",
    "CompileError",
    "CompiledLayer",
    "CompiledModel",
    "CompiledState",
    "LayerCheck",
    "check",
    "check_names",
    "compile_network",
    "layer_of_class",
    "load_compiled",
    "measure_compiled",
    "save_compiled",
    "step_error",
]
