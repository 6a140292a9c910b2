"""Runs a stage's main from the command line: paths in, one clear line out when input is bad."""

import argparse
import inspect
import sys
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import InputError


def run_stage(main: Callable[..., None]) -> None:
    """Call `main` with one positional path for each of its parameters.

    Ends with exit code 2 and one line on standard error when main raises InputError.
    """
    parser = argparse.ArgumentParser(description=main.__doc__)
    for name in inspect.signature(main).parameters:
        parser.add_argument(name, type=Path)
    try:
        main(**vars(parser.parse_args()))
    except InputError as error:
        sys.exit(_fail(error))


def _fail(error: InputError) -> int:
    print(f"error: {error}", file=sys.stderr)
    return 2
