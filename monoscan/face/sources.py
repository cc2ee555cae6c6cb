"""Where a language comes from: an id, an expression, a group, a formula, a file, a machine."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Literal, TypeAlias

from monoscan.automata import Automaton, get_language, parse_alphabet
from monoscan.automata.word import check_alphabet
from monoscan.face.given import described
from monoscan.face.language import Language

Alphabet: TypeAlias = str | Sequence[str]
"""Letters in order: text as ``01`` or ``a,b,swap``, or a list of strings."""

Tell: TypeAlias = Callable[[str], None]
"""Is told in words how an input was read, where another reading was possible."""

ACCEPTED = (
    "an id such as 'parity', a language or automaton of monoscan, a DFA or NFA of automata-lib, a "
    "Dfa or MooreMachine of AALpy, a directed graph of networkx, a permutation group of sympy, or "
    "a list of words"
)


def _warn(words: str) -> None:
    warnings.warn(words, stacklevel=4)


def language(
    source: object, alphabet: Alphabet | None = None, *rules: str, **named: str | Sequence[str]
) -> Language:
    """A language by its id, or from whatever describes one.

    Args:
        source: an id (`monoscan list languages`), a machine or graph as `automaton` takes it, a
            permutation group as `group` takes it, or a list of words.
        alphabet: the letters in order. A list of words and a family by rules need it; machines
            whose letters have no order sort them without it.
        rules: the other parameters of a family by rules, such as `forbidden-factors`.
        named: the same by their names, as texts or lists of texts.

    Raises:
        UnknownId: if there is no language of that id; the message names the nearest ones.
        AutomatonError: if the words, the machine or the alphabet are not valid.
        TypeError: if it is nothing that describes a language.

    >>> import monoscan as ms
    >>> ms.language("parity").words(3)
    ('ε', '0', '00')
    >>> ms.language(["ab", "b"], "ab").words()
    ('b', 'ab')
    >>> ms.language("forbidden-factors", "ab", "bb,a$").words(4)
    ('ε', 'b', 'ab', 'aab')
    >>> ms.language("forbidden-factors", "ab", factors=["bb", "a$"]).name
    'forbidden-factors:ab:bb,a$'
    """
    if isinstance(source, Language):
        return source
    letters = _letters(alphabet)
    if isinstance(source, str):
        given = {} if letters is None else {"alphabet": _as_text(letters)}
        if named:
            entry = get_language(":".join([source, *rules]), **given, **named)
        else:
            entry = get_language(":".join([source, *given.values(), *rules]))
        return Language(entry.build(), entry.id)
    if rules or named:
        first = [*rules, *named][0]
        raise TypeError(
            f"rules such as {first!r} belong to the id of a family; {described(source)} has none"
        )
    if isinstance(source, (list, tuple, set, frozenset)):
        return Language(_finite(source, letters))
    if hasattr(source, "generators"):
        return group(source)
    return Language(_machine(source, letters, complete=False, trim=False))


def regex(pattern: str, alphabet: Alphabet, *, tell: Tell = _warn) -> Language:
    """The language of a regular expression over an alphabet (docs/regex.md).

    Args:
        pattern: the expression; ``|`` is union, ``&`` intersection, ``~`` complement.
        alphabet: the letters in order, as ``"01"``, ``"a,b,swap"`` or a list.
        tell: is told if ``+`` stands where others mean union; else a warning says so.

    Raises:
        RegexError: if the expression is malformed; the message points at the place.
        AlphabetError: if the alphabet is not valid.
        BudgetExceeded: if an automaton on the way has more than 100,000 states.

    >>> import monoscan as ms
    >>> ms.regex("0*(10*10*)*", "01") == ms.language("parity")
    True
    """
    from monoscan.automata.regex import compile_regex, hint_of_union

    letters = _require_letters(alphabet)
    found = Language(compile_regex(_text(pattern, "a regular expression"), letters))
    hint = hint_of_union(pattern, letters)
    if hint:
        tell(hint)
    return found


def group(
    *generators: object,
    letters: Alphabet | None = None,
    output: Literal["element", "letter", "is-identity"] = "element",
) -> Language:
    """The word problem of a permutation group: which element is the product of the letters?

    Words act from left to right: ``g h`` first does g, then h.

    Args:
        generators: the permutations, each a letter: texts in cycles as ``"(1 2 3)"``, several
            with commas between them, `Permutation` values, permutations of sympy; or one
            permutation group of sympy, or one dictionary from letters to permutations.
        letters: names for the letters in order; without it they are the permutations in cycles.
        output: ``element`` answers with the product in cycles, ``letter`` with the letter that
            equals it, ``is-identity`` with true or false.

    Raises:
        PermutationError: if a generator is no permutation, or the number of names is wrong.
        BudgetExceeded: if the group has more than 100,000 elements.

    >>> import monoscan as ms
    >>> ms.group("(1 2 3)", "(1 2)").monoid.groups
    ('S3',)
    >>> ms.group("(1 2)", letters="1", output="is-identity").words(2)
    ('ε', '11')
    """
    from monoscan.automata.sources import PermutationError, group_word_problem

    if not generators:
        raise TypeError("give the permutations, each a letter, as group('(1 2 3)', '(1 2)')")
    if len(generators) == 1 and isinstance(generators[0], Mapping):
        return Language(group_word_problem(dict(generators[0]), output=output))
    permutations = [found for given in generators for found in _permutations(given)]
    if letters is None:
        return Language(group_word_problem(permutations, output=output))
    names = _require_letters(letters)
    if len(names) != len(permutations):
        raise PermutationError(
            f"{len(names)} letters are named and {len(permutations)} permutations given; name each "
            "of them, or none: the letters are then the permutations in cycles"
        )
    return Language(group_word_problem(dict(zip(names, permutations, strict=True)), output=output))


def formula(
    text: str, alphabet: Alphabet, *, empty_word: bool = False, tell: Tell = _warn
) -> Language:
    """The words after which a formula of past linear temporal logic is true (docs/languages.md).

    Args:
        text: the formula, as ``"H (b -> Y a)"``.
        alphabet: the letters in order, as ``"ab"``.
        empty_word: whether the formula is said to be true of the empty word.
        tell: is told what another reader may read otherwise; else a warning says so.

    Raises:
        FormulaError: if the formula is malformed; the message points at the place.
        AlphabetError: if the alphabet is not valid.
        BudgetExceeded: if the automaton has too many states.

    >>> import monoscan as ms
    >>> ms.formula("O a", "ab") == ms.regex(".*a.*", "ab")
    True
    """
    from monoscan.automata.sources import compile_past_ltl

    letters = _require_letters(alphabet)
    found = compile_past_ltl(_text(text, "a formula"), letters, empty_word=empty_word, tell=tell)
    return Language(found)


def automaton(
    source: object,
    alphabet: Alphabet | None = None,
    *,
    symbols: str | PathLike[str] | None = None,
    complete: bool = False,
    trim: bool = False,
    ignore: Sequence[str] = (),
    tell: Tell = _warn,
) -> Language:
    """The language of an automaton: a file, or a machine of another library.

    Args:
        source: the path of a file, whose suffix says what it holds (docs/languages.md), or a
            machine or graph, as `language` takes it.
        alphabet: the letters in order, where the source has no order; without it they are sorted.
        symbols: the path of the symbol table of a file of OpenFst.
        complete: let missing transitions lead to a new rejecting state.
        trim: drop states that cannot be reached.
        ignore: attributes of a drawing (dot) that mean nothing.
        tell: is told what was added, dropped or guessed in reading a file; else a warning says so.

    Raises:
        AutomatonError: if the file cannot be read, or it describes no automaton.
        TypeError: if it is none of these.

    >>> import monoscan as ms
    >>> from automata.fa.dfa import DFA
    >>> dfa = DFA(states={0, 1}, input_symbols={"a"}, transitions={0: {"a": 1}, 1: {"a": 0}},
    ...           initial_state=0, final_states={0})
    >>> ms.automaton(dfa) == ms.regex("(aa)*", "a")
    True
    """
    if isinstance(source, Language):
        return source
    letters = _letters(alphabet)
    if isinstance(source, (str, PathLike)):
        from monoscan.automata.sources import read_automaton

        return Language(
            read_automaton(
                Path(source),
                letters,
                symbols=None if symbols is None else Path(symbols),
                complete=complete,
                trim=trim,
                ignore=ignore,
                tell=tell,
            )
        )
    return Language(_machine(source, letters, complete=complete, trim=trim))


def _permutations(given: Any) -> Sequence[Any]:
    from monoscan.automata.sources import (
        from_sympy_group,
        from_sympy_permutation,
        parse_permutations,
    )

    if isinstance(given, str):
        return parse_permutations(given)
    if hasattr(given, "generators"):
        return from_sympy_group(given)
    return [from_sympy_permutation(given) if hasattr(given, "array_form") else given]


def _finite(words: Iterable[Any], alphabet: tuple[str, ...] | None) -> Automaton:
    from monoscan.automata.sources import from_words

    if alphabet is None:
        raise TypeError(
            "a list of words needs its alphabet, since not every letter has to occur; for example "
            "language(['ab', 'b'], 'abc')"
        )
    return from_words(words, alphabet)


def _machine(
    source: Any, alphabet: tuple[str, ...] | None, *, complete: bool, trim: bool
) -> Automaton:
    from monoscan.automata import sources

    if isinstance(source, Automaton):
        return source
    if hasattr(source, "input_symbols"):
        return sources.from_automata_lib(source, alphabet, trim=trim)
    if hasattr(source, "is_directed"):
        return sources.from_networkx(source, alphabet, complete=complete, trim=trim)
    if hasattr(source, "initial_state") and hasattr(source, "states"):
        return sources.from_aalpy(source, alphabet, complete=complete, trim=trim)
    raise TypeError(f"{described(source)} is no language; expected {ACCEPTED}")


def _letters(alphabet: Alphabet | None) -> tuple[str, ...] | None:
    return None if alphabet is None else _require_letters(alphabet)


def _require_letters(alphabet: Alphabet) -> tuple[str, ...]:
    if not isinstance(alphabet, Iterable):
        raise TypeError(
            f"{described(alphabet)} is no alphabet; expected letters as '01', 'a,b,swap' or a list"
        )
    return parse_alphabet(alphabet) if isinstance(alphabet, str) else check_alphabet(alphabet)


def _as_text(alphabet: tuple[str, ...]) -> str:
    """The letters as `parse_alphabet` reads them."""
    letters = [letter.replace("\\", r"\\").replace(",", r"\,") for letter in alphabet]
    return ("" if all(len(letter) == 1 for letter in alphabet) else ",").join(letters)


def _text(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{described(value)} is no text; expected {what}")
    return value
