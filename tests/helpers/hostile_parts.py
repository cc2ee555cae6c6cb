"""What hostile certificates are made of, and how they are registered."""

from __future__ import annotations

import random
from collections.abc import Callable

from helpers.certificate_parts import Certificate, Json, minifloat

Maker = Callable[[], Certificate]
BINARY = minifloat("64", "-2000", str(2**2_000), "nearest-even")
ONE_STATE: Json = {"alphabet": ["0"], "table": [["0"]], "outputs": [True]}


def hostile(makers: dict[str, Maker]) -> Callable[[Maker], Maker]:
    """Registers makers under their names, the kind first: `identity_powers` is an identity."""

    def register(maker: Maker) -> Maker:
        makers[maker.__name__.replace("_", "-")] = maker
        return maker

    return register


def long(digits: int, seed: int = 0) -> str:
    """An odd integer of so many digits."""
    return str(random.Random(seed).randrange(10 ** (digits - 1), 10**digits) | 1)


def ring(states: int, letters: int = 1) -> Json:
    """Each letter leads to the next state, and only the last state answers true."""
    return {
        "alphabet": letter_names(letters),
        "table": [[str((q + 1) % states)] * letters for q in range(states)],
        "outputs": [*[False] * (states - 1), True],
    }


def letter_names(count: int) -> list[str]:
    """So many letters."""
    return [f"{i:x}" for i in range(count)]
