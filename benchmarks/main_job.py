"""The main claim from the command line, and the fast parts of it against their slow twins."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random

from benchmarks._options import Options
from benchmarks._timing import best_seconds
from monoscan.automata import get_language
from monoscan.theory.constructions.parity import householder_parity
from monoscan.theory.explore import CachedNetwork, explore
from monoscan.theory.formats import FixedPoint, get_format
from monoscan.theory.scalar_maps import census, census_slow
from monoscan.theory.semantics import Exact

_WORD_LENGTH = 12


def run(_: Options) -> list[dict[str, object]]:
    """Seconds and ratios."""
    return [_claim(), *_census(), _proof(), _long_word()]


def _claim() -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        command = [Path(sys.executable).parent / "verify", "--claim", "parity-needs-negative-eigs"]
        seconds = best_seconds(
            lambda: subprocess.run(
                [*command, "--certificates", folder], check=True, stdout=subprocess.DEVNULL
            )
        )
    return {"what": "verify --claim parity-needs-negative-eigs", "seconds": f"{seconds:.2f}"}


def _census() -> list[dict[str, object]]:
    small = FixedPoint(Fraction(1, 4), Fraction(-2), Fraction(7, 4))
    assert census(small) == census_slow(small)
    slow, fast = best_seconds(lambda: census_slow(small)), best_seconds(lambda: census(small))
    rows: list[dict[str, object]] = [
        {"what": "census of 16 values against its slow twin", "times faster": f"{slow / fast:.0f}"}
    ]
    for name in ("e4m3", "q4.4"):
        seconds = best_seconds(lambda name=name: census(get_format(name)))  # type: ignore[misc]
        rows.append({"what": f"census of {name}, all triples", "seconds": f"{seconds:.2f}"})
    return rows


def _proof() -> dict[str, object]:
    """The all-lengths proof against testing all words up to length 12."""
    network, parity = householder_parity(), get_language("parity").build()

    def test_words() -> None:
        for size in range(_WORD_LENGTH + 1):
            for word in product("01", repeat=size):
                assert network.output(word) == parity.output(word)

    slow = best_seconds(test_words, runs=1)
    fast = best_seconds(lambda: explore(network, Exact(), parity, 100))
    return {
        "what": f"proof for all lengths against all words up to length {_WORD_LENGTH}",
        "seconds": f"{fast:.5f}",
        "times faster": f"{slow / fast:.0f}",
    }


def _long_word() -> dict[str, object]:
    network = householder_parity()
    word = tuple(Random(0).choices("01", k=10_000))
    slow = best_seconds(lambda: network.output(word), runs=1)
    fast = best_seconds(lambda: CachedNetwork(network, Exact()).run(word))
    return {
        "what": "a word of 10,000 letters, remembered steps against plain arithmetic",
        "seconds": f"{fast:.3f}",
        "times faster": f"{slow / fast:.0f}",
    }
