"""The automata that stored runs have learned, a row a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from monoscan.automata import BudgetExceeded, format_word
from monoscan.automata.analysis import monoid_summary
from monoscan.tables import Column, Table

if TYPE_CHECKING:  # torch is loaded only where networks are trained
    from monoscan.models.learned import Learned
    from monoscan.models.sweep import StoredRun

LETTERS: Final = 300_000
"""How many letters a run may read, for learning and for each search."""

_ELEMENTS: Final = 10_000  # of a monoid whose groups are named
_TITLES: Final = (
    "language", "layer", "depth", "seed", "states", "learned", "differs on", "groups", "up to",
)  # fmt: skip
_NUMBERS: Final = ("depth", "seed", "states", "learned", "up to")


def learned_table(
    runs: Sequence[StoredRun], folder: Path, progress: Callable[[str], None] = lambda _: None
) -> Table:
    """Learns an automaton from each run that was trained to its end.

    Args:
        runs: stored ones, at least one of them trained.
        folder: where they are.
        progress: told what is being done.

    Raises:
        CheckpointError: if a network cannot be read.
    """
    from monoscan.models.learned import learn_run
    from monoscan.models.sweep import Ending
    from monoscan.models.sweep.store import flat
    from monoscan.models.threads import using_threads
    from monoscan.models.train import load_run
    from monoscan.models.worst import SearchPlan

    rows = []
    for run in runs:
        if run.outcome.ending is not Ending.TRAINED:
            continue
        said = flat(run)
        name = str(said["layer"]) if said["n_h"] == 1 else f"{said['layer']}-{said['n_h']}"
        layer = f"{name} {said['range']}"
        who = (run.config.language, layer, str(said["depth"]), str(said["seed"]))
        progress(", ".join(who))
        with using_threads(1):
            found = learn_run(load_run(folder / run.digest), plan=SearchPlan(letters=LETTERS))
        rows.append((*who, *_row(found)))
    return Table(
        tuple(Column(title, "right" if title in _NUMBERS else "left") for title in _TITLES),
        tuple(rows),
        notes=(
            "states: of the minimal automaton of the language; learned: of the automaton of the "
            "network's answers to words of up to 16 letters, - if none of up to 200 states was "
            f"found within {LETTERS:,} letters",
            "differs on: the shortest word to which the two answer differently; =: they are equal",
            "groups: of the syntactic monoid of the automaton that was learned",
            "up to: from the next length on a word is known to which the network answers otherwise "
            "than its automaton; >: none was found up to there",
        ),
        caption="Automata that trained networks have learned",
    )


def _row(found: Learned) -> tuple[str, ...]:
    states = str(found.target.n_states)
    if found.automaton is None:
        return (states, "-", "-", "-", "-")
    word = found.difference
    differs = "=" if word is None else format_word(word, found.target.alphabet)
    try:
        groups = ", ".join(monoid_summary(found.automaton, _ELEMENTS).groups) or "none"
    except BudgetExceeded:
        groups = "too many elements"
    beyond = found.beyond
    upto = "-"
    if beyond is not None:
        upto = f">{beyond.read_to}" if beyond.length is None else str(beyond.length - 1)
    return (states, str(found.states), differs, groups, upto)
