"""Rows about matrices and polynomials: named certificates, and the samples that several claims use.

Here each certificate of a row is about something else, so the row says of each, by its name, what
must stand in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from random import Random

from monoscan.proofs_check.certificates.identity import Expression, dot
from monoscan.proofs_check.certificates.matrix_fact import MatrixFact, matrix_fact
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Direction, Evidence, Row, Setting, Status
from monoscan.theory.matrix import Matrix
from monoscan.theory.transition import Householder

_HEAD = ("monoscan", "version", "kind")


def instances(
    key: str,
    statement: str,
    words: str,
    make: Callable[[], Mapping[str, Certificate]],
    count: int,
    summary: str,
    *,
    kind: str = "matrix-fact",
    direction: Direction = Direction.FOR,
    lemma: str = "",
) -> Row:
    """A row with named certificates, each of which must be just the one made for that name.

    Args:
        key: of the row.
        statement: what the row says.
        words: what the certificates are about, in words.
        make: certificates by name, the same ones whenever it is called.
        count: how many there are.
        summary: the evidence in words.
        kind: of every certificate.
        direction: `AGAINST` if the certificates refute the statement.
        lemma: what the row rests on; each certificate then names it.
    """
    made = cache(make)

    def build(_setting: Setting) -> Evidence:
        return Evidence(dict(made()), summary)

    proved = Status.PROVED if direction is Direction.FOR else Status.REFUTED
    return Row(
        key=key,
        semantics="exact",
        model_class=words,
        statement=statement,
        expected=Status.CONDITIONAL if lemma else proved,
        direction=direction,
        kind=kind,
        requires={},
        build=build,
        lemma=lemma,
        n_certificates=count,
        requires_each=lambda: {
            name: {k: v for k, v in certificate.body.items() if k not in _HEAD}
            for name, certificate in made().items()
        },
    )


def identities(
    key: str,
    statement: str,
    words: str,
    make: Callable[[], Certificate],
    summary: str,
    *,
    lemma: str = "",
) -> Row:
    """A row with one certificate of polynomial identities.

    Args:
        key: of the row.
        statement: what the row says.
        words: what the variables stand for.
        make: the certificate.
        summary: the evidence in words.
        lemma: what a conclusion that says more than the identities rests on.
    """
    return instances(
        key, statement, words, lambda: {"": make()}, 1, summary, kind="identity", lemma=lemma
    )


def facts_of(
    matrices: Mapping[str, Matrix], facts: Callable[[Matrix], Sequence[MatrixFact]]
) -> dict[str, Certificate]:
    """One certificate for each of some named matrices.

    Args:
        matrices: by name.
        facts: what is true of a matrix.

    >>> from monoscan.proofs_check.certificates.matrix_fact import IsOrthogonal
    >>> list(facts_of({"one": Matrix.identity(2)}, lambda matrix: [IsOrthogonal()]))
    ['one']
    """
    return {name: matrix_fact(matrix, facts(matrix)) for name, matrix in matrices.items()}


def random_factors(
    random: Random, size: int, count: int, betas: Sequence[Fraction]
) -> tuple[Householder, ...]:
    """Generalised Householder factors with small integer directions.

    Args:
        random: where the numbers come from.
        size: dimension.
        count: how many factors.
        betas: what each beta is drawn from.

    >>> [len(f.v) for f in random_factors(Random(0), 3, 2, [Fraction(1)])]
    [3, 3]
    """
    factors: list[Householder] = []
    while len(factors) < count:
        direction = tuple(Fraction(random.randint(-3, 3)) for _ in range(size))
        if any(direction):
            factors.append(Householder(direction, random.choice(betas)))
    return tuple(factors)


def scaled_image(
    direction: Sequence[Expression], beta: Expression, vector: Sequence[Expression]
) -> tuple[Expression, ...]:
    """The vector (v^T v) C z for C = I - beta v v^T / (v^T v), without a division.

    Args:
        direction: v.
        beta: beta.
        vector: z.

    >>> from monoscan.proofs_check.certificates.identity import variables
    >>> v, z, beta = variables("v", "z", "beta")
    >>> scaled_image([v], beta, [z])[0].json
    ['-', ['*', ['*', 'v', 'v'], 'z'], ['*', ['*', 'beta', ['*', 'v', 'z']], 'v']]
    """
    square, product = dot(direction, direction), beta * dot(direction, vector)
    return tuple(square * z - product * v for v, z in zip(direction, vector, strict=True))
