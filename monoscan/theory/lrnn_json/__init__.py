"""Networks as JSON: what users write in a file, and what certificates carry (docs/lrnn-json.md)."""

from typing import TYPE_CHECKING

from monoscan.late import late_names

if TYPE_CHECKING:
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

if not TYPE_CHECKING:  # which would take every misspelt name for one of those
    __getattr__, __dir__ = late_names(
        __name__,
        {
            "reading": "LRNNFileError lrnn_from_json read_lrnn",
            "writing": "lrnn_to_json matrix_to_json number_to_json transition_to_json",
        },
    )
