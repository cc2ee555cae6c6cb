"""`monoscan train`: train a network on a task."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from monoscan.cli.console import ProgressLine, fail, fail_to_write, print_json, standard_output
from monoscan.cli.language import LanguageOptions, takes_language
from monoscan.cli.layers import NamedLayer, read_layer
from monoscan.cli.networks import model_errors_told, need_models

if TYPE_CHECKING:
    from monoscan.models.evaluate import LengthResult
    from monoscan.models.tasks import SequenceTask
    from monoscan.models.train import Record, TrainedRun
    from monoscan.models.train_config import RunConfig


@takes_language
def train_command(
    target: LanguageOptions,
    expressions: Annotated[int, typer.Option(help="Arithmetic modulo this; 0: no.")] = 0,
    operators: Annotated[str, typer.Option(help="Of --expressions: some of +-*.")] = "",
    brackets: Annotated[bool, typer.Option(help="Of --expressions.")] = True,
    corpus: Annotated[str, typer.Option(help="Text: stdlib, or a folder of .py files.")] = "",
    layer: Annotated[
        str, typer.Option(help="Layer or architecture: deltanet, mamba, 'kda [0,1]', ...")
    ] = "deltanet",
    range_: Annotated[
        str, typer.Option("--range", help="Eigenvalues: --range=-1,1 or 0,1 or complex.")
    ] = "",
    parametrisation: Annotated[
        str, typer.Option(help="clamp or sigmoid; default: sigmoid for an open range, else clamp.")
    ] = "",
    n_h: Annotated[int, typer.Option(help="Factors a letter, for products.")] = 1,
    width: Annotated[int, typer.Option(help="Length of vectors.")] = 64,
    heads: Annotated[int, typer.Option(help="Heads; they divide the width.")] = 4,
    depth: Annotated[int, typer.Option(help="Layers.")] = 1,
    additive_input: Annotated[bool, typer.Option(help="Letters also write.")] = False,
    convolution: Annotated[int, typer.Option(help="Letters a convolution sees.")] = 0,
    targets: Annotated[str, typer.Option(help="Answers after every or the last letter.")] = "every",
    words: Annotated[str, typer.Option(help="uniform or balanced.")] = "uniform",
    tier: Annotated[str, typer.Option(help="quick, standard or paper.")] = "quick",
    steps: Annotated[int | None, typer.Option(help="Steps; default: the tier's.")] = None,
    batch: Annotated[int | None, typer.Option(help="Words a step, at most.")] = None,
    letters: Annotated[int | None, typer.Option(help="Letters a step, at most; 0: any.")] = None,
    learning_rate: Annotated[float | None, typer.Option(help="The greatest.")] = None,
    max_length: Annotated[int | None, typer.Option(help="Longest words of training.")] = None,
    start_length: Annotated[int | None, typer.Option(help="Words begin with this length.")] = None,
    curriculum: Annotated[
        str | None, typer.Option(help="How words grow: gated, fixed or full.")
    ] = None,
    annealing: Annotated[
        str | None, typer.Option(help="Of the learning rate: cosine or constant.")
    ] = None,
    precision: Annotated[str, typer.Option(help="fp32 or bf16.")] = "fp32",
    device: Annotated[str, typer.Option(help="cpu, cuda, cuda:N or auto.")] = "auto",
    seed: Annotated[int, typer.Option(help="Seed of everything random.")] = 0,
    output: Annotated[str, typer.Option("-o", "--output", help="Folder of the run.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Train a network on a task, or go on with a run that was stopped.

    The task is a language (--language, --regex or --automaton), --expressions or --corpus.

    Exit codes: 0 trained (well or badly), 2 bad input or numbers that are not finite, 4 out of
    memory.
    """
    need_models("train")
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
        "precision": precision,
        "seed": seed,
    }
    with model_errors_told():
        training = _training(tier, device, options)
        task, name = _task(
            target,
            (targets, words),
            (expressions, operators, brackets),
            corpus,
        )
        named = read_layer(layer, range_, n_h, parametrisation)
        layer_options = {
            "layer": named.kind,
            "range": named.range,
            "parametrisation": named.parametrisation,
            "n_h": named.n_h,
            "width": width,
            "heads": heads,
            "additive_input": additive_input,
        }
        config = _config(
            task,
            layer_options,
            training,
            {"depth": depth, "convolution": convolution, "language": name},
        )
        run, validation = _train(config, Path(output))
    _report(run, validation, named, output, as_json)


def _training(tier_name: str, device: str, options: dict[str, Any]) -> Any:
    from monoscan.models.train_config import find_device, tier

    given = {name: value for name, value in options.items() if value is not None}
    if "max_length" in given and "start_length" not in given:
        given["start_length"] = max(1, min(tier(tier_name).start_length, given["max_length"]))
    return tier(tier_name, **given, device=str(find_device(device)))


def _task(
    target: LanguageOptions,
    answers: tuple[str, str],
    expression: tuple[int, str, bool],
    corpus: str,
) -> tuple[SequenceTask, str]:
    """The task that the options name, and what it is called; ends the program if there is none."""
    from monoscan.models.tasks import OPERATORS, Corpus, Expressions, Task

    modulus, operators, brackets = expression
    if target.is_given + bool(modulus) + bool(corpus) > 1:
        fail("give one task: a language, --expressions or --corpus")
    if not modulus and (operators or not brackets):
        fail("--operators and --no-brackets belong to --expressions; for example --expressions 5")
    if not (modulus or corpus):
        return Task(target.read(), *answers), target.language
    if answers != ("every", "uniform"):
        fail("--targets and --words belong to a language; other tasks say what is asked themselves")
    if corpus:
        return Corpus.of(corpus), f"corpus {corpus}"
    task = Expressions(modulus, operators or OPERATORS, brackets)
    kind = "with" if brackets else "without"
    return task, f"expressions modulo {modulus} {kind} brackets, {' '.join(task.operators)}"


def _config(
    task: SequenceTask, layer: dict[str, Any], training: Any, model: dict[str, Any]
) -> RunConfig:
    from monoscan.models.layers import LayerConfig
    from monoscan.models.train_config import RunConfig

    return RunConfig.of(task, LayerConfig(**layer), training, **model)


def _train(config: RunConfig, folder: Path) -> tuple[TrainedRun, LengthResult]:
    from monoscan.models.checkpoint import require_writable
    from monoscan.models.evaluate import validate
    from monoscan.models.train import train

    progress = ProgressLine()
    try:
        with progress.shown():
            require_writable(folder)  # the first checkpoint comes late
            run = train(config, folder, _shown_on(progress.update, config.training.steps))
            return run, validate(run)
    except OSError as error:
        fail_to_write(f"to {folder}", error, "choose another folder with -o")


def _shown_on(update: Callable[[str], None], steps: int) -> Callable[[Record], None]:
    def report(record: Record) -> None:
        update(
            f"step {record.step} of {steps}: loss {record.loss:.4f}, "
            f"{record.accuracy:.1%} right at length {record.length}"
        )

    return report


def _report(
    run: TrainedRun, validation: LengthResult, named: NamedLayer, folder: str, as_json: bool
) -> None:
    layer = run.config.model.layer
    facts = {
        "run": folder,
        "language": run.config.language,
        "stands_for": named.stands_for,
        "layer": layer.layer,
        "range": layer.range,
        "model_class": layer.model_class,
        "seed": run.config.training.seed,
        "parameters": run.model.n_parameters,
        "steps": run.step,
        "trained_length": run.history[-1].length if run.history else 0,
        "loss": run.history[-1].loss if run.history else None,
        "losses": {record.step: record.loss for record in run.history},
        "validation": asdict(validation),
        "seconds": round(run.seconds, 2),
    }
    if as_json:
        print_json(facts)
        return
    console = standard_output()
    if named.stands_for:
        said = f"{named.stands_for} is trained as {layer.layer}: {layer.kind.statement}"
        console.print(Text(said))
    layers = f"{layer.layer} {layer.range} ({layer.model_class})"
    console.print(
        Text(
            f"{layers}, {run.model.n_parameters} parameters, seed {facts['seed']}: {run.step} steps"
        )
    )
    console.print(Text(_outcome(run, validation)))
    console.print(Text(f"evaluate it with: monoscan evaluate {folder} --lengths 64,256"))


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
