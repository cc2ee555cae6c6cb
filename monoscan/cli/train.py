"""`monoscan train`: train a network on a language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from monoscan.automata import Automaton
from monoscan.cli.console import ProgressLine, fail, print_json, standard_output
from monoscan.cli.language import read_target
from monoscan.cli.networks import model_errors_told, need_models

if TYPE_CHECKING:
    from monoscan.models.evaluate import LengthResult
    from monoscan.models.train import Record, TrainedRun
    from monoscan.models.train_config import RunConfig


def train_command(
    regex: Annotated[str | None, typer.Option(help="Language, as a regular expression.")] = None,
    alphabet: Annotated[str, typer.Option(help="Letters of --regex: 01, or a,b,swap.")] = "",
    language: Annotated[str, typer.Option(help="Language id; see: monoscan list languages.")] = "",
    automaton: Annotated[str, typer.Option(help="File: .json or .dot (docs/languages.md).")] = "",
    layer: Annotated[str, typer.Option(help="deltanet, diagonal, ...")] = "deltanet",
    range_: Annotated[
        str, typer.Option("--range", help="Eigenvalues: --range=-1,1 or 0,1 or complex.")
    ] = "",
    parametrisation: Annotated[str, typer.Option(help="clamp or sigmoid.")] = "clamp",
    n_h: Annotated[int, typer.Option(help="Factors a letter, for products.")] = 1,
    width: Annotated[int, typer.Option(help="Length of vectors.")] = 64,
    heads: Annotated[int, typer.Option(help="Heads; they divide the width.")] = 4,
    depth: Annotated[int, typer.Option(help="Layers.")] = 1,
    additive_input: Annotated[bool, typer.Option(help="Letters also write.")] = False,
    convolution: Annotated[int, typer.Option(help="Letters a convolution sees.")] = 0,
    targets: Annotated[str, typer.Option(help="Answers after every or the last letter.")] = "every",
    words: Annotated[str, typer.Option(help="uniform or balanced.")] = "uniform",
    tier: Annotated[str, typer.Option(help="quick or standard.")] = "quick",
    steps: Annotated[int | None, typer.Option(help="Steps; default: the tier's.")] = None,
    batch: Annotated[int | None, typer.Option(help="Words a step.")] = None,
    learning_rate: Annotated[float | None, typer.Option(help="The greatest.")] = None,
    max_length: Annotated[int | None, typer.Option(help="Longest words of training.")] = None,
    precision: Annotated[str, typer.Option(help="fp32 or bf16.")] = "fp32",
    device: Annotated[str, typer.Option(help="cpu, cuda, cuda:N or auto.")] = "auto",
    seed: Annotated[int, typer.Option(help="Seed of everything random.")] = 0,
    output: Annotated[str, typer.Option("-o", "--output", help="Folder of the run.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Train a network on a language, or go on with a run that was stopped.

    Exit codes: 0 trained (well or badly), 2 bad input or numbers that are not finite, 4 out of
    memory.
    """
    need_models("train")
    if not output:
        fail("say where the run goes: -o FOLDER")
    target = read_target(regex, alphabet, language, automaton)
    layer_options = {
        "layer": layer.replace("-", "_"),
        "range": range_,
        "parametrisation": parametrisation,
        "width": width,
        "heads": heads,
        "n_h": n_h,
        "additive_input": additive_input,
    }
    options = {
        "steps": steps,
        "batch": batch,
        "learning_rate": learning_rate,
        "max_length": max_length,
        "precision": precision,
        "seed": seed,
    }
    with model_errors_told():
        training = _training(tier, device, options)
        config = _config(
            target,
            layer_options,
            training,
            (targets, words),
            {"depth": depth, "convolution": convolution, "language": language},
        )
        run, validation = _train(config, Path(output))
    _report(run, validation, output, as_json)


def _training(tier_name: str, device: str, options: dict[str, Any]) -> Any:
    from monoscan.models.train_config import TrainConfig, find_device, tier

    given = {name: value for name, value in options.items() if value is not None}
    if "max_length" in given:
        given["start_length"] = max(1, min(TrainConfig().start_length, given["max_length"]))
    return tier(tier_name, **given, device=str(find_device(device)))


def _config(
    target: Automaton,
    layer: dict[str, Any],
    training: Any,
    task: tuple[str, str],
    model: dict[str, Any],
) -> RunConfig:
    from monoscan.models.layers import LayerConfig, get_layer_kind, parse_range
    from monoscan.models.tasks import Task
    from monoscan.models.train_config import RunConfig

    ranges = get_layer_kind(layer["layer"]).ranges
    default = ranges[0]
    if not layer["range"] and len(ranges) > 1:
        choices = " or ".join(f"--range={name.strip('[]')}" for name in ranges)
        fail(f"say which range of eigenvalues the layer {layer['layer']} has: {choices}")
    chosen = parse_range(layer["range"]) if layer["range"] else default
    config = LayerConfig(**{**layer, "range": chosen})
    return RunConfig.of(Task(target, *task), config, training, **model)


def _train(config: RunConfig, folder: Path) -> tuple[TrainedRun, LengthResult]:
    from monoscan.models.evaluate import validate
    from monoscan.models.train import train

    progress = ProgressLine()
    try:
        with progress.shown():
            run = train(config, folder, _shown_on(progress.update, config.training.steps))
            return run, validate(run)
    except OSError as error:
        fail(f"cannot write to {folder}: {error.strerror or error}; choose another folder with -o")


def _shown_on(update: Callable[[str], None], steps: int) -> Callable[[Record], None]:
    def report(record: Record) -> None:
        update(
            f"step {record.step} of {steps}: loss {record.loss:.4f}, "
            f"{record.accuracy:.1%} right at length {record.length}"
        )

    return report


def _report(run: TrainedRun, validation: LengthResult, folder: str, as_json: bool) -> None:
    layer = run.config.model.layer
    facts = {
        "run": folder,
        "language": run.config.language,
        "layer": layer.layer,
        "range": layer.range,
        "model_class": layer.model_class,
        "seed": run.config.training.seed,
        "parameters": run.model.n_parameters,
        "steps": run.step,
        "trained_length": run.history[-1].length if run.history else 0,
        "loss": run.history[-1].loss if run.history else None,
        "validation": asdict(validation),
        "seconds": round(run.seconds, 2),
    }
    if as_json:
        print_json(facts)
        return
    console = standard_output()
    layers = f"{layer.layer} {layer.range} ({layer.model_class})"
    console.print(
        Text(
            f"{layers}, {run.model.n_parameters} parameters, seed {facts['seed']}: {run.step} steps"
        )
    )
    console.print(
        Text(
            f"training reached length {facts['trained_length']}; fresh words of length "
            f"{validation.length}: {validation.token_accuracy.value:.1%} of the answers, "
            f"{validation.sequence_accuracy.value:.1%} of the words right"
        )
    )
    console.print(Text(f"evaluate it with: monoscan evaluate {folder} --lengths 64,256"))
