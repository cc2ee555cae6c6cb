"""`monoscan train`: train a network on a task."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from monoscan.cli.console import ProgressLine, print_json, standard_output
from monoscan.cli.errors import fail, writing
from monoscan.cli.language import LanguageOptions
from monoscan.cli.options import takes_options
from monoscan.face.forecast import forecast
from monoscan.face.language import Language
from monoscan.face.needed import need_models
from monoscan.face.training import plan_training
from monoscan.proofs_check.verify_prediction import counted

if TYPE_CHECKING:
    from monoscan.face.forecast import Forecast
    from monoscan.face.run import Run
    from monoscan.models.evaluate import LengthResult
    from monoscan.models.law import LawMeasure
    from monoscan.models.run_checkpoint import Record
    from monoscan.models.tasks import SequenceTask
    from monoscan.models.train import TrainedRun


@takes_options
def train_command(
    target: LanguageOptions,
    expressions: Annotated[
        int, typer.Option(help="Arithmetic modulo this; 0: no.", rich_help_panel="Task")
    ] = 0,
    operators: Annotated[
        str, typer.Option(help="Of --expressions: some of +-*.", rich_help_panel="Task")
    ] = "",
    brackets: Annotated[
        bool, typer.Option(help="Of --expressions.", rich_help_panel="Task")
    ] = True,
    corpus: Annotated[
        str, typer.Option(help="Text: stdlib, or a folder of .py files.", rich_help_panel="Task")
    ] = "",
    layer: Annotated[
        str,
        typer.Option(
            help="Layer or architecture: deltanet (as released), 'mamba, extended', ...",
            rich_help_panel="Network",
        ),
    ] = "deltanet",
    range_: Annotated[
        str,
        typer.Option(
            "--range",
            help="Eigenvalues: --range=-1,1 or 0,1 or complex.",
            rich_help_panel="Network",
        ),
    ] = "",
    parametrisation: Annotated[
        str,
        typer.Option(
            help="clamp or sigmoid; default: sigmoid for an open range, else clamp.",
            rich_help_panel="Network",
        ),
    ] = "",
    n_h: Annotated[
        int, typer.Option(help="Factors a letter, for products.", rich_help_panel="Network")
    ] = 1,
    width: Annotated[int, typer.Option(help="Length of vectors.", rich_help_panel="Network")] = 64,
    heads: Annotated[
        int, typer.Option(help="Heads; they divide the width.", rich_help_panel="Network")
    ] = 4,
    depth: Annotated[int, typer.Option(help="Layers.", rich_help_panel="Network")] = 1,
    additive_input: Annotated[
        bool, typer.Option(help="Letters also write.", rich_help_panel="Network")
    ] = False,
    convolution: Annotated[
        int | None,
        typer.Option(
            help="Letters a convolution sees; 0: none; default: as the variant has it.",
            rich_help_panel="Network",
        ),
    ] = None,
    readout: Annotated[
        str, typer.Option(help="full, or linear in the state.", rich_help_panel="Network")
    ] = "full",
    targets: Annotated[
        str, typer.Option(help="Answers after every or the last letter.", rich_help_panel="Task")
    ] = "every",
    words: Annotated[
        str, typer.Option(help="uniform or balanced.", rich_help_panel="Task")
    ] = "uniform",
    tier: Annotated[
        str, typer.Option(help="quick, standard or paper.", rich_help_panel="Training")
    ] = "quick",
    steps: Annotated[
        int | None, typer.Option(help="Steps; default: the tier's.", rich_help_panel="Training")
    ] = None,
    batch: Annotated[
        int | None, typer.Option(help="Words a step, at most.", rich_help_panel="Training")
    ] = None,
    letters: Annotated[
        int | None,
        typer.Option(help="Letters a step, at most; 0: any.", rich_help_panel="Training"),
    ] = None,
    learning_rate: Annotated[
        float | None, typer.Option(help="The greatest.", rich_help_panel="Training")
    ] = None,
    max_length: Annotated[
        int | None, typer.Option(help="Longest words of training.", rich_help_panel="Training")
    ] = None,
    start_length: Annotated[
        int | None, typer.Option(help="Words begin with this length.", rich_help_panel="Training")
    ] = None,
    curriculum: Annotated[
        str | None,
        typer.Option(help="How words grow: gated, fixed or full.", rich_help_panel="Training"),
    ] = None,
    annealing: Annotated[
        str | None,
        typer.Option(help="Of the learning rate: cosine or constant.", rich_help_panel="Training"),
    ] = None,
    law: Annotated[
        float | None,
        typer.Option(
            help="Weight of the law of the automaton in the loss; default: without.",
            rich_help_panel="Training",
        ),
    ] = None,
    precision: Annotated[
        str, typer.Option(help="fp32 or bf16.", rich_help_panel="Training")
    ] = "fp32",
    device: Annotated[
        str, typer.Option(help="cpu, cuda, cuda:N or auto.", rich_help_panel="Training")
    ] = "auto",
    threads: Annotated[
        int | None,
        typer.Option(help="Default: 1 up to width 256.", rich_help_panel="Training"),
    ] = None,
    seed: Annotated[
        int, typer.Option(help="Seed of everything random.", rich_help_panel="Training")
    ] = 0,
    output: Annotated[str, typer.Option("-o", "--output", help="Folder of the run.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Train a network on a task, or go on with a run that was stopped.

    The task is a language (--language, --regex or --automaton), --expressions or --corpus.

    Exit codes: 0 trained (well or badly), 2 bad input or numbers that are not finite, 4 out of
    memory.
    """
    need_models("monoscan train")
    from monoscan.models.checkpoint import require_writable

    if not output:
        fail("say where the run goes: -o FOLDER")
    options = {
        "steps": steps,
        "batch": batch,
        "letters": letters,
        "learning_rate": learning_rate,
        "max_length": max_length,
        "start_length": start_length,
        "curriculum": curriculum,
        "annealing": annealing,
        "law": law,
        "precision": precision,
        "seed": seed,
    }
    task = _task(target, (expressions, operators, brackets), corpus)
    facts: dict[str, Any] = {"language": None}
    said = ""
    if isinstance(task, Language):
        facts, said = target.facts(task), target.line(task)
    progress = ProgressLine("" if as_json else said)
    with writing(f"to {output}", "choose another folder with -o"), progress.shown():
        planned = plan_training(
            task,
            layer,
            range=range_,
            parametrisation=parametrisation,
            n_h=n_h,
            width=width,
            heads=heads,
            depth=depth,
            additive_input=additive_input,
            convolution=convolution,
            readout=readout,
            targets=targets,
            words=words,
            tier=tier,
            device=device,
            **{name: value for name, value in options.items() if value is not None},
        )
        require_writable(Path(output))  # before the prediction, which may take a while
        expected = forecast(planned.config)
        if not as_json:
            progress.say_first(expected.line())
        report = _shown_on(progress.update, planned.config.training.steps)
        run = planned.run(output, report, threads)
        run.validation  # noqa: B018 - worked out while the line is shown
    _report(run, output, expected, facts if as_json else None)


def _task(
    target: LanguageOptions, expression: tuple[int, str, bool], corpus: str
) -> SequenceTask | Language:
    """The task that the options name; ends the program if there is none."""
    from monoscan.models.tasks import OPERATORS, Corpus, Expressions

    modulus, operators, brackets = expression
    if target.is_given + bool(modulus) + bool(corpus) > 1:
        fail("give one task: a language, --expressions or --corpus")
    if not modulus and (operators or not brackets):
        fail("--operators and --no-brackets belong to --expressions; for example --expressions 5")
    if corpus:
        return Corpus.of(corpus)
    if modulus:
        return Expressions(modulus, operators or OPERATORS, brackets)
    return target.read()


def _shown_on(update: Callable[[str], None], steps: int) -> Callable[[Record], None]:
    """Shows each step, with about how long the others take: what those of this call took."""
    begun: list[tuple[int, float]] = []

    def report(record: Record) -> None:
        now = monotonic()
        begun[1:] = [(record.step, now)]
        (first, start), (step, end) = begun[0], begun[-1]
        a_step = (end - start) / (step - first) if step > first else 0.0
        left = f", about {_duration(a_step * (steps - step))} left" if step > first else ""
        update(
            f"step {record.step} of {steps}{left}: loss {record.loss:.4f}, "
            f"{record.accuracy:.1%} right at length {record.length}"
        )

    return report


def _duration(seconds: float) -> str:
    """A time for people.

    >>> _duration(59), _duration(600), _duration(30_000)
    ('59 s', '10 min', '8.3 h')
    """
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6_000 else f"{seconds / 3600:.1f} h"


def _report(run: Run, folder: str, expected: Forecast, language: dict[str, Any] | None) -> None:
    layer, trained, validation, named = run.layer, run.trained, run.validation, run.named
    variant = named.variant if named else ""
    stands_for = named.stands_for if named else ""
    facts = {
        "run": folder,
        "task": trained.config.language,
        "stands_for": stands_for,
        "variant": variant,
        "layer": layer.layer,
        "range": layer.range,
        "model_class": layer.model_class,
        "window": trained.config.model.window,
        "seed": trained.config.training.seed,
        "parameters": run.model.n_parameters,
        "steps": trained.step,
        "trained_length": trained.history[-1].length if trained.history else 0,
        "loss": trained.history[-1].loss if trained.history else None,
        "losses": {record.step: record.loss for record in trained.history},
        "validation": asdict(validation),
        "law": asdict(run.law()) if trained.config.training.law else None,
        "prediction": expected.to_json(),
        "comparison": expected.comparison(validation),
        "seconds": round(trained.seconds, 2),
    }
    if language is not None:
        print_json(language | facts)
        return
    console = standard_output()
    window = trained.config.model.window
    if named and named.is_chosen:
        name = variant.partition(",")[0]
        console.print(Text(f"{name} is trained as '{variant}'; all variants: monoscan show {name}"))
    if stands_for:
        console.print(Text(f"{stands_for} is trained as {layer.layer}: {layer.kind.statement}"))
    if named and named.variant and named.window != window:
        console.print(
            Text(f"'{variant}' sees {counted(named.window, 'letter')}, this run {window}")
        )
    layers = f"{layer.layer} {layer.range} ({layer.model_class})"
    if window > 1:
        layers += f", A and B see {window} letters"
    console.print(
        Text(
            f"{layers}, {run.model.n_parameters} parameters, seed {facts['seed']}: "
            f"{trained.step} steps"
        )
    )
    console.print(Text(_outcome(trained, validation)))
    if trained.config.training.law:
        console.print(Text(_law_line(run.law())))
    if facts["comparison"]:
        console.print(Text(str(facts["comparison"])))
    console.print(Text(f"evaluate it with: monoscan evaluate {folder} --lengths 64,256"))


def _law_line(law: LawMeasure) -> str:
    return (
        "trained with the law, so it was told the automaton: this is what training can reach, not "
        f"what it finds alone; a step is off by {law.error:.1e} of the states' size, and the "
        f"nearest two states are {law.gap:.2f} of it apart"
    )


def _outcome(run: TrainedRun, validation: LengthResult) -> str:
    right = validation.token_accuracy.value
    if run.config.task.kind == "corpus":
        return (
            f"files for validation, in pieces of {validation.length} characters: "
            f"{validation.bits:.3f} bits a character, {right:.1%} of the characters right"
        )
    return (
        f"training reached length {run.history[-1].length if run.history else 0}; fresh words of "
        f"length {validation.length}: {right:.1%} of the answers, "
        f"{validation.sequence_accuracy.value:.1%} of the words right"
    )
