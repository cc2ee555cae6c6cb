"""The commands `verify` and `monoscan COMMAND`, put together with Typer.

A command's module is imported when the command is used: most of them need large parts of the
package, and a short command should not wait for the rest. To add one, write the function
`NAME_command` in `monoscan.cli.NAME` and name it below.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from monoscan import __version__
from monoscan.cli.endings import crashes_kept
from monoscan.cli.errors import errors_told, fail, usage_told
from monoscan.registry import nearest

_SETTINGS = {"help_option_names": ["-h", "--help"]}

COMMANDS = {
    "verify": "Verify a claim, or decide whether one exact linear RNN recognises a language.",
    "analyze": "Monoid, groups, properties with witnesses, and cascade of a language.",
    "predict": "Say for each class whether some network of it recognises a language, with the "
    "evidence.",
    "construct": "Write an exact network of a class that recognises a language.",
    "compile": "Write an exact network as a network of the layers that training uses, and check "
    "it.",
    "convert": "Write a language as a file of another format; a text of OpenFst gets its symbol "
    "table, too.",
    "horizon": "Say up to which length a rounded network answers every word rightly, and where it "
    "fails.",
    "table": "Print a table: of predictions, of arithmetic, of published results or of trained "
    "networks.",
    "sweep": "Train networks on languages as a file says, and print them beside the predictions.",
    "report": "Write one page: what architectures can do with languages, why, and what training "
    "made of it.",
    "train": "Train a network on a task, or go on with a run that was stopped.",
    "evaluate": "Measure a trained network on fresh words of several lengths, and search words it "
    "fails on.",
    "learned": "Learn the automaton that a trained network computes, and say how far it describes "
    "it.",
    "snap": "Find the exact network nearest to a trained one, prove what it does, and put it back.",
    "spectra": "Print the eigenvalues of a trained network's transitions, for letters and short "
    "words.",
    "inspect": "Print which eigenvalues a saved network may have, and which it uses on a text.",
    "check": "Check certificates with the independent checker, in a fresh process.",
    "list": "List claims, languages, properties, architectures, classes, ... in a line each.",
    "show": "Show one claim, language, property, architecture, class, construction, ... in full.",
}
"""The commands in the order of the help text, each with the first line of its own help."""


EXAMPLES = {
    "verify": (
        "verify --claim parity-needs-negative-eigs",
        "verify --all --format md -o claims.md",
        "verify --lrnn net.json --regex '(0*10*1)*0*' --alphabet 01",
    ),
    "analyze": (
        "analyze --regex '(ab)*' --alphabet ab",
        "analyze --language dyck-1-2 --certificates proofs --figure pictures",
    ),
    "predict": (
        "predict --language parity --architecture mamba --architecture 'deltanet, extended'",
        "predict --regex '(a|b)*ab' --alphabet ab --depth 1 -o answers.tex",
    ),
    "construct": (
        "construct --language s3 --architecture 'deltaproduct-2, as released' -o net.json",
        "construct --language parity --construction scalar-parity -o net.json",
    ),
    "convert": (
        "convert --automaton nfa.jff --minimal -o dfa.json",
        "convert --regex 'a*b' --alphabet ab -o fst.att",
    ),
    "compile": ("compile --language s3 --architecture 'deltaproduct-2, as released' -o net.pt",),
    "horizon": (
        "horizon --language count-mod-5 --construction cyclic-rotation-two-gh --number-format bf16",
        "horizon --lrnn net.json --language s3 --number-format fp16 --order fused",
    ),
    "table": (
        "table solvability --language parity --architecture mamba --architecture deltanet",
        "table solvability --format latex -o table.tex",
        "table quick --language parity --layer deltanet --seeds 3",
    ),
    "sweep": ("sweep quick", "sweep mine.toml --workers 2 -o table.tex"),
    "report": (
        "report -o report.html",
        "report --regex '(ab)*' --alphabet ab --architecture mamba",
    ),
    "train": ("train --language parity --layer deltanet --range=-1,1 -o run",),
    "evaluate": ("evaluate run --lengths 64,256,1024",),
    "learned": ("learned run --figure learned.svg",),
    "snap": ("snap run --certificates proofs",),
    "spectra": ("spectra run --max-length 2 --figure spectra.svg",),
    "inspect": ("inspect my-deltanet --ids 1024", "inspect my-deltanet --text essay.txt --json"),
    "check": ("check certificates/*/*.json", "check --json proof.json"),
    "list": ("list languages", "list classes --format md"),
    "show": ("show parity", "show sign-lemma", "show mamba"),
}
"""What each command's help shows of its use."""


class DeferredCommand(TyperCommand):
    """A command that is known by name and first line until it is used.

    Args:
        name: the command; its function is called `NAME_command`.
        line: the first line of its help.
    """

    def __init__(self, name: str, line: str) -> None:
        super().__init__(name, help=line, short_help=line, context_settings=_SETTINGS)

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """Imports the command and lets it read its arguments."""
        return get_command(command_app(str(self.name))).make_context(*args, **kwargs)


class _Alone(TyperCommand):
    def get_params(self, ctx: Any) -> list[Any]:
        return _convert_late(super().get_params(ctx))

    def make_context(self, info_name: Any, args: list[str], *more: Any, **kwargs: Any) -> Any:
        with usage_told(_program(str(self.name)), list(args)):
            return super().make_context(info_name, args, *more, **kwargs)

    def invoke(self, *args: Any, **kwargs: Any) -> Any:
        with crashes_kept(), errors_told():
            return super().invoke(*args, **kwargs)


def _convert_late(parameters: list[Any]) -> list[Any]:
    """The parameters, which keep values that are of their types already, as texts are.

    Typer converts every value by pydantic, which takes longer to load than most answers.
    """
    for parameter in parameters:
        is_known = hasattr(parameter, "type_descriptor")
        if is_known and not isinstance(parameter.process_value, partial):
            parameter.process_value = partial(_value, parameter, parameter.process_value)
    return parameters


def _value(
    parameter: Any, convert: Callable[[Any, Any], Any], context: Any, given: object
) -> object:
    wanted = parameter.type_descriptor.annotation
    if not given and parameter.required:
        return convert(context, given)
    if given is None:
        value: object = () if parameter.multiple or parameter.nargs == -1 else None
    elif wanted in (str, int, float, bool) and type(given) is wanted:
        value = given
    elif wanted == list[str] and isinstance(given, list | tuple) and {*map(type, given)} <= {str}:
        value = list(given)
    else:
        return convert(context, given)
    return value if parameter.callback is None else parameter.callback(context, parameter, value)


class _Commands(TyperGroup):
    def __init__(self, **attributes: Any) -> None:
        commands = {name: DeferredCommand(name, line) for name, line in COMMANDS.items()}
        super().__init__(**{**attributes, "commands": commands})

    def get_params(self, ctx: Any) -> list[Any]:
        return _convert_late(super().get_params(ctx))

    def make_context(self, info_name: Any, args: list[str], *more: Any, **kwargs: Any) -> Any:
        with usage_told("monoscan", list(args)):
            return super().make_context(info_name, args, *more, **kwargs)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in COMMANDS:
            near = nearest(args[0], COMMANDS)
            hint = f"nearest: {', '.join(near)}; " if near else ""
            fail(f"there is no command {args[0]!r}; {hint}all of them: monoscan --help")
        return super().resolve_command(ctx, args)

    def invoke(self, *args: Any, **kwargs: Any) -> Any:
        with crashes_kept():
            return super().invoke(*args, **kwargs)


def command_app(name: str, is_program: bool = False) -> typer.Typer:
    """One command with its options as a program of its own; this imports its module.

    Args:
        name: of the command.
        is_program: whether it is called by its own name, and so installs its own completion.

    >>> [command.name for command in command_app("check").registered_commands]
    ['check']
    """
    module = "catalogue" if name in ("list", "show") else name
    alone = typer.Typer(
        add_completion=is_program, context_settings=_SETTINGS, pretty_exceptions_enable=False
    )
    examples = "\n".join(["Examples:", *(f"  {_program(text)}" for text in EXAMPLES[name])])
    command = getattr(import_module(f"monoscan.cli.{module}"), f"{name}_command")
    alone.command(name, cls=_Alone, epilog=examples, help=_flowing(command))(command)
    return alone


def _program(text: str) -> str:
    """A command as it is typed: `verify` is a program of its own."""
    return text if text.startswith("verify") else f"monoscan {text}"


def _flowing(command: Callable[..., None]) -> str:
    """The docstring of a command, each paragraph in one line: the terminal breaks the lines."""
    paragraphs = inspect.cleandoc(command.__doc__ or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    rich_markup_mode=None,  # plain text: what draws boxes takes longer to load than all the rest
    context_settings=_SETTINGS,
    pretty_exceptions_enable=False,
)


def _print_version(is_asked: bool) -> None:
    if is_asked:
        print(f"monoscan {__version__}")
        raise typer.Exit


@app.callback()
def _about(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """What linear RNNs can compute: claims verified, networks decided, certificates checked."""
