"""Progress of long work on standard error: a bar for a person, lines for a log."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

T = TypeVar("T")


def each(what: str, items: Iterable[T]) -> Iterator[T]:
    """The items as they come, with a count that grows on a terminal and nothing in a log."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    quiet = not sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), disable=quiet) as bars:
        yield from bars.track(items, total=None, description=what)


@contextmanager
def training_bar(what: str) -> Iterator[Callable[[int, int, float], None]]:
    """A function to call after each step with (steps done, steps in all, loss)."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        bar = bars.add_task(what)

        def progress(step: int, steps: int, loss: float) -> None:
            bars.update(bar, total=steps, completed=step, description=f"{what}, loss {loss:.2f}")
            if not sys.stderr.isatty() and _tenths(step, 1, steps):
                print(f"{what}: step {step} of {steps}, loss {loss:.2f}", flush=True)

        yield progress


@contextmanager
def counting_bar(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A function to call with how many more are done; a log gets a line at each tenth."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task(what, total=total)
        done = 0

        def progress(more: int) -> None:
            nonlocal done
            done += more
            bars.advance(bar, more)
            if not sys.stderr.isatty() and total and _tenths(done, more, total):
                print(f"{what}: {done} of {total}", file=sys.stderr, flush=True)

        yield progress


def _tenths(done: int, more: int, total: int) -> int:
    """How many tenths of the total the last `more` completed."""
    return done * 10 // total - (done - more) * 10 // total
