"""How many letters the matrices A, and B, of a network see."""

from __future__ import annotations

from collections.abc import Sequence

from .delays import Delay, Value
from .formats import BY_OPERATION
from .limits import WORK, require
from .matrices import Matrix
from .networks import Network
from .transitions import Transition
from .windows import Windows


def windows_of(network: Network, semantics: str) -> Windows:
    """For A and for B: the least w such that what is at most w - 1 letters old fixes the matrix.

    Where every operation is rounded it has to fix how A is written, since equal matrices may round
    differently.
    """
    steps = {n: x.steps for n, x in enumerate(network.layers, 1) if isinstance(x, Delay)}
    most_a = most_b = 1
    for _, layer in network.recurrent():
        ages = [0, *(steps.get(number, 0) for number in layer.reads)]
        symbols, cases = list(layer.cases), layer.cases.values()
        of_a = [case.a if semantics in BY_OPERATION else case.a.matrix for case in cases]
        most_a = max(most_a, window(symbols, ages, of_a))
        most_b = max(most_b, window(symbols, ages, [case.b for case in cases]))
    return most_a, most_b


def window(
    symbols: Sequence[tuple[Value, ...]],
    ages: Sequence[int],
    matrices: Sequence[Matrix | Transition],
) -> int:
    """The window of a layer: its symbols, how many letters old their parts are, a matrix each."""
    least = 1
    for least in sorted({age + 1 for age in ages}):
        WORK.spend(sum(map(reading, matrices)) + len(symbols) * (3_000 + 300 * len(ages)))
        fixed: dict[tuple[Value, ...], Matrix | Transition] = {}
        young = [i for i, age in enumerate(ages) if age < least]
        seen = (tuple(symbol[i] for i in young) for symbol in symbols)
        if all(fixed.setdefault(x, m) == m for x, m in zip(seen, matrices, strict=True)):
            break
    return least


def reading(a: Matrix | Transition) -> int:
    """The work of comparing it with another one."""
    if isinstance(a, Transition):
        of_parts = sum(reading(part) for part in a.parts)
        return of_parts + sum(reading(m) for m in (a.matrix, a.strength, *a.others))
    return len(a.rows) * len(a.rows[0]) * (100 + 10 * a.size)


def require_windows(network: Network, stated: Windows, semantics: str) -> None:
    """A and B see no more letters than the certificate says."""
    for name, found, most in zip("AB", windows_of(network, semantics), stated, strict=True):
        require(found <= most, f"lrnn: {name} depends on {found} letters, the window is {most}")
