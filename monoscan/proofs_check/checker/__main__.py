"""The independent checker of monoscan certificates: this folder, on the standard library alone.

    python -I checker CERTIFICATE.json [MORE.json ...]

FORMAT.md beside this file is the grammar, with the meaning of each verdict and exit code. The
folder can be copied anywhere, or zipped, and run from there: it imports nothing around it.
"""

import sys
from importlib import import_module

if sys.version_info < (3, 11):  # noqa: UP036 (this folder is copied to other machines)
    print("the checker needs Python 3.11 or later", file=sys.stderr)
    sys.exit(70)  # not 1, which would say `invalid`

if __name__ == "__main__":
    try:
        main = import_module("certcheck.main")
    except Exception as error:
        try:
            print(f"internal error: {type(error).__name__}: {error}", file=sys.stderr)
        finally:
            sys.exit(70)
    sys.exit(main.protected_main())
