"""Published results of training, and the stored runs beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final, final

from monoscan.report.seeds import show_share
from monoscan.tables import Column, Records, Table

if TYPE_CHECKING:  # torch is loaded only where networks are trained
    from monoscan.models.sweep import StoredRun

NEGATIVE_EIGENVALUES: Final = "arXiv 2411.12537"
DELTA_PRODUCT: Final = "arXiv 2502.10297"
STATE_SPACE: Final = "arXiv 2405.17394"

_PROTOCOLS: Final = {
    NEGATIVE_EIGENVALUES: "Grazzi, Siems et al., arXiv 2411.12537, section 5: best of three seeds "
    "and the median in brackets, (accuracy - chance) / (1 - chance) of the one answer at the end; "
    "words of 3 to 40 letters in training, 40 to 256 in the test; two layers for parity and three "
    "else, width 128, 100,000 steps of 1,024 words, best of four learning rates, as the text says "
    "(its released code differs). For groups: whether one layer without convolution has every "
    "prefix right beyond the length of training",
    DELTA_PRODUCT: "Siems, Carstensen et al., arXiv 2502.10297, section 5: the same of groups",
    STATE_SPACE: "Sarrof et al., arXiv 2405.17394: Mamba with eigenvalues in [0, 1], accuracy at "
    "twice the length of training",
}
"""How the published numbers came about. The runs were selected by their results on long words."""


@final
@dataclass(frozen=True)
class Published:
    """A published result.

    Attributes:
        language: its id; of one that is not regular, what it is called.
        layer: as the paper names it.
        ours: the layer of ours that has the same transitions; empty if there is none.
        said: the result.
        source: the paper.
    """

    language: str
    layer: str
    ours: str
    said: str
    source: str


_LAYERS: Final = {
    "Transformer": "",
    "mLSTM": "",
    "sLSTM": "",
    "Mamba [0,1]": "diagonal [0,1]",
    "Mamba [-1,1]": "diagonal [-1,1]",
    "DeltaNet [0,1]": "deltanet [0,1]",
    "DeltaNet [-1,1]": "deltanet [-1,1]",
}
_CHOMSKY: Final = {
    "parity": (
        ".022 (.003)", ".087 (.018)", "1.00 (1.00)", ".000 (.000)", "1.00 (1.00)", ".017 (.010)",
        "1.00 (.999)",
    ),
    "modular-arithmetic-5": (
        ".031 (.018)", ".040 (.027)", ".787 (.124)", ".095 (.066)", ".241 (.214)", ".314 (.214)",
        ".971 (.826)",
    ),
    "modular arithmetic with brackets": (
        ".067 (.064)", ".114 (.114)", ".178 (.163)", ".123 (.116)", ".116 (.098)", ".194 (.162)",
        ".260 (.227)",
    ),
}  # fmt: skip
_GROUPS: Final = (
    ("s5-swaps", "DeltaNet [-1,1]", "deltanet [-1,1]", "solved", NEGATIVE_EIGENVALUES),
    ("s5-swaps", "DeltaNet [0,1]", "deltanet [0,1]", "fails", NEGATIVE_EIGENVALUES),
    ("s3", "DeltaProduct-2 [-1,1]", "deltaproduct-2 [-1,1]", "solved", DELTA_PRODUCT),
    ("s4", "DeltaProduct-2 [-1,1]", "deltaproduct-2 [-1,1]", "solved", DELTA_PRODUCT),
    ("a5", "DeltaProduct-2 [-1,1]", "deltaproduct-2 [-1,1]", "solved", DELTA_PRODUCT),
    ("s5", "DeltaProduct-4 [-1,1]", "deltaproduct-4 [-1,1]", "solved", DELTA_PRODUCT),
)
_STAR_FREE: Final = ("tomita-1", "tomita-2", "tomita-4", "tomita-7", "012-star-02-star")
_NOT_STAR_FREE: Final = (
    "parity", "aa-star", "aaaa-star", "abab-star", "tomita-3", "tomita-5", "tomita-6",
)  # fmt: skip

PUBLISHED: Final = (
    *(
        Published(language, layer, ours, said, NEGATIVE_EIGENVALUES)
        for language, results in _CHOMSKY.items()
        for (layer, ours), said in zip(_LAYERS.items(), results, strict=True)
    ),
    *(Published(*entry) for entry in _GROUPS),
    *(
        Published(language, "Mamba", "diagonal [0,1]", said, STATE_SPACE)
        for languages, said in ((_STAR_FREE, "100 %"), (_NOT_STAR_FREE, "below 100 %"))
        for language in languages
    ),
)
"""Languages and layers of the papers that training was measured in."""

_TITLES: Final = (
    "language", "published layer", "published", "our layer", "layers", "trained to", "tested at",
    "seeds", "scaled accuracy", "words right", "failing",
)  # fmt: skip


def published_table(runs: Sequence[StoredRun], folder: Path) -> Table:
    """A row a published result and a kind of runs beside it; without runs, one row.

    Args:
        runs: stored ones.
        folder: where they are.
    """
    rows = [(one.source, row) for one in PUBLISHED for row in _rows(one, runs)]
    sources = list(dict.fromkeys(source for source, _ in rows))
    return Table(
        tuple(Column(title, "left" if n < 4 else "right") for n, title in enumerate(_TITLES)),
        tuple(row for _, row in rows),
        headings=tuple(source for source, _ in rows),
        notes=(
            *(_PROTOCOLS[source] for source in sources),
            f"ours: every stored run in {folder}, no seed and no step selected; best (median) of "
            "the scaled accuracy of all answers, and of the share of random words without an "
            "error; greatest, median length of the shortest failing word found, >: none up to it",
            "our layers have the transitions of the published ones: no gates, no convolution, and "
            "ends of the range that are reached; layers, steps and lengths differ from the papers",
            "-: there are no such runs (made by monoscan sweep quick, standard and star-free), or "
            "no layer of ours is meant",
        ),
        records=Records(("source", *_TITLES), tuple((source, *row) for source, row in rows)),
        caption="Published results of training, and ours",
    )


def _rows(one: Published, runs: Sequence[StoredRun]) -> Iterator[tuple[str, ...]]:
    kinds: dict[tuple[int, int, int], list[StoredRun]] = {}
    for run in runs:
        layer, training = run.config.model.layer, run.config.training
        name = layer.layer if layer.n_h == 1 else f"{layer.layer}-{layer.n_h}"
        is_plain = run.config.model.convolution == 0 and layer.parametrisation == "clamp"
        if (run.config.language, f"{name} {layer.range}") == (one.language, one.ours) and is_plain:
            kind = (run.config.model.depth, training.max_length, training.steps)
            kinds.setdefault(kind, []).append(run)
    begin = (one.language, one.layer, one.said)
    if not kinds:
        yield (*begin, one.ours or "-", *["-"] * (len(_TITLES) - len(begin) - 1))
    for (depth, trained, _), found in sorted(kinds.items()):
        # Of a run that was stopped nothing is known: it counts at every length.
        lengths = {r.digest: r.outcome.results[-1].length for r in found if r.outcome.results}
        for tested in sorted(set(lengths.values())) or [0]:
            counted = [run for run in found if lengths.get(run.digest, tested) == tested]
            yield (
                *begin, one.ours, str(depth), str(trained), str(tested or "-"),
                *_measured(counted),
            )  # fmt: skip


def _measured(runs: Sequence[StoredRun]) -> tuple[str, ...]:
    """Every seed counts; one that was stopped is wrong on everything."""
    scaled, words, failing = [], [], []
    searched = 0
    for run in runs:
        last = run.outcome.results[-1] if run.outcome.results else None
        worst = run.outcome.worst
        scaled.append(last.scaled_accuracy.value if last else 0.0)
        words.append(last.sequence_accuracy.value if last else 0.0)
        if worst:
            searched = max(searched, worst.plan.length)
            failing.append(worst.length or worst.plan.length + 1)
        else:
            failing.append(0)
    lengths = [
        f">{searched}" if length > searched else f"{length:g}"
        for length in (max(failing), median(failing))
    ]
    return (
        str(len(runs)), _best_and_median(scaled), _best_and_median(words),
        ", ".join(lengths) if searched else "-",
    )  # fmt: skip


def _best_and_median(shares: Sequence[float]) -> str:
    return f"{_share(max(shares))} ({_share(median(shares))})"


def _share(value: float) -> str:
    """Scaled accuracy is negative where answers are worse than a constant one."""
    return f"{value:.2f}" if value < 0 else show_share(value)
