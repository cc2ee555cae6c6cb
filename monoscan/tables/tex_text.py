r"""Text for LaTeX: special signs escaped, formulas set, papers cited; and how wide a text is."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SIGNS: Final = {
    "\\": r"\textbackslash{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": "$<$",
    ">": "$>$",
    "|": r"\textbar{}",
    '"': "''",
    "\N{GREEK SMALL LETTER BETA}": r"$\beta$",
    "\N{GREEK SMALL LETTER LAMDA}": r"$\lambda$",
    "\N{MINUS SIGN}": "$-$",
    "\N{EN DASH}": "--",
    "\N{HORIZONTAL ELLIPSIS}": r"\ldots{}",
}
_PAPER = r"(?:,? ?\barXiv[: ]?(?P<paper>\d{4}\.\d{4,5})(?:v\d+)?)"
# A formula begins with one letter, a Greek one, a number, a bracket or diag(...), and goes on by
# operators; it counts as one only if it holds a sign that prose has not.
_UP = r"(?:-?(?:\d+|\w)|\([^()]*\))"
_ATOM = (
    r"(?:diag\([a-z]\)|\([a-z] o [a-z]\)|(?:[A-Za-z]|beta|lambda|theta)\(\w(?:_\w)?\)"
    r"|(?:beta|lambda|theta|phi)\d?|\d+(?:/\d+)?|[A-Za-z](?:_(?:[\dhijknt]|\([^()]*\)))?"
    r"|[\[(](?:-?(?:\d+(?:\.\d+)?|inf)), ?(?:-?(?:\d+(?:\.\d+)?|inf))[\])])"
    rf"(?:\^{_UP})?"
)
_FORMULA = (
    rf"(?<![\w\\.-]){_ATOM}(?:(?: (?:[-+*=]|<=|>=|in|o) | (?![a-z]{{2}}))-?{_ATOM})*(?![\w-])"
)
_TOKEN = re.compile(rf"{_PAPER}|(?P<formula>{_FORMULA})|<=|>=|->|(?P<power>\^{_UP})|.", re.S)
_IS_FORMULA = re.compile(r"\^|_|(?: in \[)|(?: in \()|beta|lambda|theta|diag\(|\[-?\d| = ")
_PARTS = re.compile(
    rf"(<=|>=|\bin\b|\bo\b|\binf\b|\bdiag\b|(?:beta|lambda|theta|phi)\d?|\^{_UP}|_(?:\w|\([^()]*\)))"
)
_WORDS: Final = {
    "<=": r"\le",
    ">=": r"\ge",
    "in": r"\in",
    "o": r"\circ",
    "inf": r"\infty",
    "diag": r"\mathrm{diag}",
    **{
        f"{name}{n}": rf"\{name}" + (f"_{n}" if n else "")
        for name in ("beta", "lambda", "theta", "phi")
        for n in ("", *"0123456789")
    },
}
_ACCENTS: Final = {*map(chr, (*range(0x300, 0x305), 0x306, 0x307, 0x308, 0x30A, 0x30B, 0x30C))}
_RELATIONS: Final = {"<=": r"$\le$", ">=": r"$\ge$", "->": r"$\to$"}
# Computer Modern Roman at 10 points, in points; what is not named counts as wide.
_WIDTHS: Final = {
    **dict.fromkeys(" ijl.,:;!'", 3.4),
    **dict.fromkeys("()[]-frst*/", 4.2),
    **dict.fromkeys("abcdeghknopquvxyz0123456789?", 5.7),
    **dict.fromkeys("=+<>", 9.5),
}
_OTHER: Final = 8.4
_WIDEST: Final = 10.6
_LONG: Final = 14  # letters without a place to break: more of them get places


def papers_in(text: str) -> list[str]:
    """The numbers of the arXiv papers that a text names.

    >>> papers_in("Peng et al., arXiv 2503.14456 (RWKV-7)")
    ['2503.14456']
    """
    return [found["paper"] for found in re.finditer(_PAPER, text)]


def latex_text(text: str) -> str:
    r"""A text as LaTeX.

    >>> latex_text("95 % of a_b, <= 4")
    '95 \\% of a\\_b, $\\le$ 4'
    >>> latex_text("I - b k k^T, b in [0, 2]")
    '$I - b k k^{\\top}$, $b \\in [0, 2]$'
    >>> latex_text("Peng et al., arXiv 2503.14456")
    'Peng et al.~\\cite{arXiv:2503.14456}'
    """
    shown = ""
    for found in _TOKEN.finditer(" ".join(text.split())):
        token = found[0]
        if found["paper"]:
            key = rf"\cite{{arXiv:{found['paper']}}}"
            shown = shown.rstrip(" ") + ("~" if shown.strip() else "") + key
        elif found["power"]:
            shown += f"${_power(token)}$"
        elif found["formula"] and _IS_FORMULA.search(token):
            shown += f"${_formula(token)}$"
        elif found["formula"]:
            shown += "".join(
                _RELATIONS.get(part, _escaped(part)) for part in re.split(r"(<=|>=)", token)
            )
        else:
            shown += _RELATIONS.get(token, _escaped(token))
    return shown


def _escaped(text: str) -> str:
    return "".join(_sign(sign) for sign in text)


def _sign(sign: str) -> str:
    if sign in _SIGNS:
        return _SIGNS[sign]
    # Plain pdfTeX has Latin letters with these accents; any other sign is named by its number.
    parts = unicodedata.normalize("NFD", sign)
    if sign.isascii() or (parts[0].isascii() and ord(sign) < 0x180 and {*parts[1:]} <= _ACCENTS):
        return sign
    return rf"\texttt{{U+{ord(sign):04X}}}"


def _formula(text: str) -> str:
    parts = _PARTS.split(text)
    return "".join(_WORDS.get(p, _power(p) if p[:1] in "^_" and p else p) for p in parts).strip()


def _power(text: str) -> str:
    inner = text[1:].removeprefix("(").removesuffix(")")
    inner = r"\top" if inner == "T" else inner
    return f"{text[0]}{{{inner}}}"


def expression(text: str) -> str:
    r"""A regular expression as a formula.

    >>> expression("(aa)*"), expression("0*(10*1)*")
    ('$(aa)^{*}$', '$0^{*}(10^{*}1)^{*}$')
    """
    shown = ""
    for sign in text:
        if sign in "*+":
            shown += rf"^{{{sign}}}"
        elif sign == "|":
            shown += r"\mid "
        elif sign in "{}":
            shown += f"\\{sign}"
        elif (sign.isalnum() and sign.isascii()) or sign in "(),.!?":
            shown += sign
        else:
            shown += rf"\mbox{{{_sign(sign)}}}"
    return f"${shown}$"


def text_width(text: str, points: float) -> float:
    """How wide one line of text is at most, in points, in a size; an estimate from above."""
    return (
        sum(_WIDTHS.get(sign, _OTHER if sign.isupper() else _WIDEST) for sign in text)
        * points
        / 10
        * 1.06
    )  # small sizes are wider in proportion


def pieces(text: str) -> list[str]:
    """The parts of a text between which a line may be broken.

    >>> pieces("a psd-products-aperiodic x")
    ['a', 'psd-', 'products-', 'aperiodic', 'x']
    """
    found: list[str] = []
    plain = ""
    for token in _TOKEN.finditer(text):
        if token["formula"] and _IS_FORMULA.search(token[0]) and len(token[0]) <= 2 * _LONG:
            plain += token[0].replace(" ", "\N{NO-BREAK SPACE}")  # a formula stays whole
        else:
            plain += token[0]
    for word in re.split(r"[ \t\r\n]+", plain.strip()):
        whole = word.replace("\N{NO-BREAK SPACE}", " ")
        found += [whole] if " " in whole else _parts(whole)
    return found


def _parts(word: str) -> list[str]:
    """A long word is broken after its signs, and where those are rare after some letters."""
    if len(word) <= _LONG:
        return [word]
    return [
        part[start : start + 4] if len(part) > _LONG else part
        for part in re.split(r"(?<=[-/_.:,;=&+])", word)
        for start in (range(0, len(part), 4) if len(part) > _LONG else (0,))
        if part
    ]


def breakable(text: str) -> str:
    r"""A text as LaTeX whose long words may be broken.

    >>> breakable("ab " + "x" * 20 + " c^2").count(r"\allowbreak")
    4
    """
    shown: list[str] = []
    plain: list[str] = []
    for word in text.split():
        if len(word) <= _LONG or re.search(_PAPER, word):
            plain.append(word)
            continue
        shown += [latex_text(" ".join(plain))] if plain else []
        joined = r"\allowbreak{}".join(map(latex_text, _parts(word)))
        shown.append(joined.replace(r"-\allowbreak{}", "-"))  # there a line is broken anyway
        plain = []
    return " ".join([*shown, latex_text(" ".join(plain))] if plain else shown)
