"""The command: files in, verdicts and exit codes out."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import NamedTuple

from .kinds import KINDS, Basis, basis_of, function_of
from .limits import MAX_BYTES, MAX_MEMORY, WORK, Invalid, Malformed, require
from .reading import Node, read_json

EXIT_CODES = {"valid": 0, "invalid": 1, "incomplete": 3, "malformed": 4, "internal-error": 70}
NOT_WRITTEN, CLOSED_PIPE = 74, 141
WORST_FIRST = (70, 4, 1, 3, 0)
USAGE = 2
FROM_INPUT = "--names-from-input"
VERSION = "2"  # of the format; 1 let the letters of a layer cut its state into different heads
MAX_REASON = 600  # characters


class Result(NamedTuple):
    """A verdict and its reason."""

    verdict: str
    kind: str  # "-" when it could not be read
    reason: str


def check(data: bytes) -> Result:
    """The verdict on one certificate. Never raises, except for KeyboardInterrupt."""
    return check_with_basis(data)[0]


def check_with_basis(data: bytes) -> tuple[Result, Basis]:
    """The verdict, and the files of this folder that it rests on."""
    name, files = "-", ["main"]
    WORK.reset()
    try:
        node = Node(read_json(data), "")
        node.get("monoscan").choice(("certificate",))
        check_version(node.get("version"))
        name = node.get("kind").choice(KINDS)
        check_digest(node)
        files.append(KINDS[name])
        reason = function_of(name)(node)
        verdict = "incomplete" if reason else "valid"
    except Malformed as error:
        verdict, reason = "malformed", str(error)
    except Invalid as error:
        verdict, reason = "invalid", str(error)
    except Exception as error:  # a crash must not look like a rejection
        verdict, reason = "internal-error", f"{type(error).__name__}: {error}"
    return Result(verdict, name, reason[:MAX_REASON]), basis_of(*files)


def check_version(node: Node) -> None:
    """Refuse certificates of another version of the format."""
    found = node.string()
    if found != VERSION:
        node.fail(
            f"the certificate has format version {found[:80]!r}; this checker reads version "
            f"{VERSION}; write the certificate again with a program that writes version {VERSION}"
        )


def check_digest(node: Node) -> None:
    """Compare the digest with the canonical text."""
    said = node.get("digest")
    if not re.fullmatch("[0-9a-f]{64}", said.string()):
        said.fail("expected 64 hexadecimal digits in lower case")
    value = node.value if isinstance(node.value, dict) else {}
    body = {key: item for key, item in value.items() if key != "digest"}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    try:
        found = hashlib.sha256(text.encode("utf-8")).hexdigest()
    except UnicodeEncodeError:
        node.fail("a string contains half of a surrogate pair")
    require(said.value == found, f"digest: found {found}, the certificate was edited")


def check_file(path: str) -> tuple[Result, Basis]:
    """The verdict on one file, and what it rests on."""
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        return Result("malformed", "-", f"cannot read the file: {error}"), basis_of("main")
    return check_with_basis(data)


def main(arguments: Sequence[str]) -> int:
    """Check the files, print the verdicts, and return the exit code."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print("usage: python -I checker CERTIFICATE.json [MORE.json ...]", file=sys.stderr)
        print(f"       python -I checker {FROM_INPUT}", file=sys.stderr)
        return USAGE
    paths: Iterable[str] = arguments
    if list(arguments) == [FROM_INPUT]:
        paths = names_from_input()
    codes: set[int] = set()
    for path in paths:
        result, basis = check_file(path)
        codes.add(EXIT_CODES[result.verdict])
        print(result.verdict, result.kind, path, basis, sep="\t", flush=True)
        if result.reason:
            print(f"{path}: {result.reason}", file=sys.stderr, flush=True)
    return next((code for code in WORST_FIRST if code in codes), USAGE)


def names_from_input() -> Iterator[str]:
    """File names on standard input, a NUL byte after each, every one as soon as it is there."""
    rest = b""
    while data := os.read(0, 65536):
        *names, rest = (rest + data).split(b"\0")
        yield from map(os.fsdecode, names)
    if rest:
        yield os.fsdecode(rest)


def hold_to_memory() -> None:
    """Let the system end this process, where it can, before it takes the memory of the others."""
    try:
        import resource  # not on every system

        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        known = [MAX_MEMORY, *(limit for limit in (soft, hard) if limit >= 0)]
        resource.setrlimit(resource.RLIMIT_AS, (min(known), hard))
    except (ImportError, OSError, ValueError):
        pass


def protected_main() -> int:
    """`main`, except that no failure can end in exit code 1, which means `invalid`."""
    try:
        if sys.stdout is None:
            raise OSError("standard output is closed")
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        hold_to_memory()
        return main(sys.argv[1:])
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of the verdicts has seen enough
        return end_output(CLOSED_PIPE)
    except OSError as error:  # not of a certificate: `check_file` tells those
        return end_output(NOT_WRITTEN, f"cannot write the verdicts: {error}")
    except BaseException as error:
        return end_output(
            EXIT_CODES["internal-error"], f"internal error: {type(error).__name__}: {error}"
        )


def end_output(code: int, reason: str = "") -> int:
    """Say why, if possible, and leave nothing in a buffer: flushed at exit it could fail again."""
    if reason:
        with suppress(OSError):
            print(reason, file=sys.stderr, flush=True)
    for name in ("stdout", "stderr"):
        try:
            getattr(sys, name).flush()
        except (OSError, AttributeError):  # full, or closed from the start
            setattr(sys, name, None)
    return code
