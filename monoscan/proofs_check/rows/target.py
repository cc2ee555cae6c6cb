"""The languages that rows are about."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

from monoscan.automata import Automaton, get_language
from monoscan.proofs_check.certificates.automaton import automaton_to_json

Target: TypeAlias = str | Callable[[], Automaton]


@cache
def target_automaton(target: Target) -> Automaton:
    """The automaton of a language id, or of a function that builds one."""
    return get_language(target).build() if isinstance(target, str) else target()


def about_target(target: Target) -> dict[str, Any]:
    """What a certificate about a language must say: its automaton."""
    return {"automaton": automaton_to_json(target_automaton(target))}
