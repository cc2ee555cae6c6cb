"""Networks as JSON: what users write in a file, and what certificates carry (docs/lrnn-json.md)."""

from monoscan.theory.lrnn_json.reading import LRNNFileError, lrnn_from_json, read_lrnn
from monoscan.theory.lrnn_json.writing import (
    lrnn_to_json,
    matrix_to_json,
    number_to_json,
    transition_to_json,
)

__all__ = [
    "LRNNFileError",
    "lrnn_from_json",
    "lrnn_to_json",
    "matrix_to_json",
    "number_to_json",
    "read_lrnn",
    "transition_to_json",
]
