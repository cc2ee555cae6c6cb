"""Random automata, languages, networks and certificates for property-based tests with hypothesis.

Needs hypothesis, the extra `testing`. docs/testing.md shows how to test a construction of your own.
Each function returns a hypothesis strategy; what cannot exist is refused when it is asked for.

>>> from hypothesis import given, settings
>>> from monoscan import strategies
>>> from monoscan.automata import minimize
>>> @settings(max_examples=5, deadline=None)
... @given(strategies.automata("ab", max_states=3), strategies.words("ab"))
... def test_the_minimal_automaton_answers_alike(automaton, word):
...     assert minimize(automaton).output(word) == automaton.output(word)
>>> test_the_minimal_automaton_answers_alike()
"""

try:
    import hypothesis as _hypothesis  # noqa: F401  (asked for here, so that the reason is clear)
except ModuleNotFoundError as error:
    if error.name != "hypothesis":
        raise
    raise ModuleNotFoundError(
        "monoscan.strategies needs hypothesis, which is not installed; "
        "install it with: pip install 'monoscan[testing]'",
        name="hypothesis",
    ) from error

from monoscan.strategies.automata import automata, words
from monoscan.strategies.certificates import CERTIFICATE_KINDS, Mutant, certificates, mutants
from monoscan.strategies.changes import Change, changes
from monoscan.strategies.errors import EmptySetError
from monoscan.strategies.finite_networks import FiniteNetwork, finite_networks
from monoscan.strategies.formats import SEMANTICS, number_formats, semantics
from monoscan.strategies.groups import generators, groups, permutations
from monoscan.strategies.languages import LANGUAGE_PROPERTIES, languages
from monoscan.strategies.networks import layers, networks, networks_of_values, thresholds
from monoscan.strategies.numbers import (
    cyclotomics,
    directions,
    matrices,
    rationals,
    real_cyclotomics,
    vectors,
)
from monoscan.strategies.regions import transitions_of_layer
from monoscan.strategies.regular_expressions import RegexTree, regex_trees
from monoscan.strategies.transitions import transitions

__all__ = [
    "CERTIFICATE_KINDS",
    "LANGUAGE_PROPERTIES",
    "SEMANTICS",
    "Change",
    "EmptySetError",
    "FiniteNetwork",
    "Mutant",
    "RegexTree",
    "automata",
    "certificates",
    "changes",
    "cyclotomics",
    "directions",
    "finite_networks",
    "generators",
    "groups",
    "languages",
    "layers",
    "matrices",
    "mutants",
    "networks",
    "networks_of_values",
    "number_formats",
    "permutations",
    "rationals",
    "real_cyclotomics",
    "regex_trees",
    "semantics",
    "thresholds",
    "transitions",
    "transitions_of_layer",
    "vectors",
    "words",
]
