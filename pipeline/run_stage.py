"""Runs a stage's main from the command line: paths in, one clear line out when input is bad."""

import argparse
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import InputError


def run_stage(main: Callable[..., None]) -> None:
    """Call `main` with one positional path for each of its parameters.

    Ends as `one_line_errors` says when the input is bad.
    """
    parser = argparse.ArgumentParser(description=main.__doc__)
    for name in inspect.signature(main).parameters:
        parser.add_argument(name, type=Path)
    paths = vars(parser.parse_args())
    with one_line_errors():
        main(**paths)


@contextmanager
def one_line_errors() -> Iterator[None]:
    """End with exit code 2 and one line on standard error on bad input or a failing disk."""
    try:
        yield
    except InputError as error:
        message = str(error)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        message = f"{where}{error.strerror or error}"
    else:
        return
    print(f"error: {message}", file=sys.stderr)
    sys.exit(2)
