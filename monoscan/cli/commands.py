"""The commands `verify` and `monoscan COMMAND`, put together with Typer."""

from __future__ import annotations

import typer

from monoscan.cli.analyze import analyze_command
from monoscan.cli.catalogue import list_command, show_command
from monoscan.cli.check import check_command
from monoscan.cli.construct import construct_command
from monoscan.cli.predict import predict_command
from monoscan.cli.table import table_command
from monoscan.cli.verify import verify_command

_SETTINGS = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(
    help="What linear RNNs can compute: claims verified, networks decided, certificates checked.",
    no_args_is_help=True,
    add_completion=False,
    context_settings=_SETTINGS,
    pretty_exceptions_enable=False,
)
app.command("verify")(verify_command)
app.command("analyze")(analyze_command)
app.command("predict")(predict_command)
app.command("construct")(construct_command)
app.command("table")(table_command)
app.command("check")(check_command)
app.command("list")(list_command)
app.command("show")(show_command)

verify_app = typer.Typer(
    add_completion=False, context_settings=_SETTINGS, pretty_exceptions_enable=False
)
verify_app.command()(verify_command)
