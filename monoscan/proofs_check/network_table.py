"""The answer about one network as a table without rows: a word, sentences, files."""

from __future__ import annotations

from monoscan.proofs_check.checked import FAILED, recheck
from monoscan.proofs_check.claim_table import Shown, files_checked
from monoscan.proofs_check.decision_words import describe_network
from monoscan.proofs_check.verify_lrnn import LRNNReport, classes_shown
from monoscan.tables import Records, Table
from monoscan.theory.model_classes import ModelClass


def network_table(
    report: LRNNReport, model_class: ModelClass | None = None, shown: Shown = str
) -> Table:
    """Status, what was decided, the class if one was asked for, files, how to check again.

    Args:
        report: about the network.
        model_class: the class that it was asked to lie in, and does.
        shown: how a path is written.
    """
    lines = []
    if report.is_over_limit:
        lines.append(f"Not checked: {report.problem}. The search says:")
    elif report.status == FAILED:
        lines.append("The checker rejects a certificate, so nothing is known.")
    if report.status != FAILED:
        lines += report.found.describe()
    classes = classes_shown(report)
    lines += describe_network(report.found.windows, model_class if classes else None)
    lines += [check.reason for check in report.checks if check.reason]
    more = {"classes": list(classes), "recheck": recheck(report.paths)}
    return Table(
        (),
        (),
        title=report.status,
        introduction=tuple(lines),
        notes=tuple(files_checked(report.checks, shown)),
        records=Records(("status", "problem"), ((report.status, report.problem),)),
        value={**report.to_json(), **more},
    )
