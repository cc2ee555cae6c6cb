"""Leaves out the room of networks where torch is not installed, and says how much is drawn."""

import importlib.util

from helpers.effort import load_profile

# Collecting doctests imports the modules. A run of the whole project has torch: it skips nothing.
_NEED_TORCH = [
    "monoscan/models",
    "monoscan/face/compiling.py",
    "monoscan/face/training.py",
    "tests/face/test_layer_names.py",
    "tests/face/test_training.py",
    "tests/models",
    "tests/helpers/kernel_cases.py",
    "tests/helpers/small_runs.py",
]
collect_ignore = [] if importlib.util.find_spec("torch") else _NEED_TORCH

load_profile()
