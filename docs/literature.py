"""The page docs/literature.md, made of what published theorems say and what monoscan answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

YES, NO, OPEN = "expressible", "not-expressible", "unknown"
_WORDS = {YES: "yes", NO: "no", OPEN: "?"}


@dataclass(frozen=True)
class Asked:
    """A question about one language and one variant of an architecture.

    Attributes:
        language: id.
        architecture: a name with its variant.
        verdict: what monoscan answers.
        semantics: name of the arithmetic.
        depth: at most so many layers, or `any`.
        is_cited: whether the answer is the theorem itself, cited: no network is built here.
    """

    language: str
    architecture: str
    verdict: str
    semantics: str = "exact"
    depth: int | str = "any"
    is_cited: bool = False

    @property
    def answer(self) -> str:
        """The answer in a word, and whether it only cites."""
        return f"{_WORDS[self.verdict]}, cited" if self.is_cited else _WORDS[self.verdict]

    @property
    def command(self) -> str:
        """The question as a command."""
        name = f"'{self.architecture}'" if " " in self.architecture else self.architecture
        depth = "" if self.depth == "any" else f" --depth {self.depth}"
        return (
            f"monoscan predict --language {self.language} --architecture {name} "
            f"--semantics {self.semantics}{depth}"
        )


@dataclass(frozen=True)
class Statement:
    """A published statement, and how our answers stand to it.

    Attributes:
        paper: authors and arXiv number.
        where: the number of the theorem; empty if it is in the abstract or unknown.
        says: what it says, in our words.
        asked: questions that it answers.
        differs: where our answer is another one, why; empty if both agree.
        claim: id of the claim that says more, or all if nothing is asked.
    """

    paper: str
    where: str
    says: str
    asked: tuple[Asked, ...] = ()
    differs: str = ""
    claim: str = ""


_HEAD = """# What the papers say, what we say

Published statements, and the answers of `monoscan predict` to questions that they answer; what is
no question about a language is checked by a claim, row by row. A test asks every question of this
page. Where we differ, it says why; `cited` says that the answer only repeats the theorem, since no
network is built here. Numbers of theorems stand only where they are known for certain.
"""


def literature_page(statements: Iterable[Statement]) -> str:
    """The statements as a page."""
    lines = [_HEAD]
    for paper, entries in groupby(statements, key=lambda entry: entry.paper):
        lines += [f"## {paper}\n"]
        for entry in entries:
            where = f"**{entry.where}.** " if entry.where else ""
            claim = f" Claim: [{entry.claim}](claims/{entry.claim}.md)." if entry.claim else ""
            lines += [f"{where}{entry.says} {_relation(entry)}{claim}\n"]
            if entry.asked:
                lines += ["| question | answer |", "|---|---|"]
                lines += [f"| `{a.command}` | {a.answer} |" for a in entry.asked]
                lines += [""]
    return "\n".join(lines)


def _relation(entry: Statement) -> str:
    if not entry.differs:
        return "*We agree.*"
    if entry.differs.startswith("Agrees"):
        return f"*{entry.differs}*"
    return f"*Differs.* {entry.differs}"
