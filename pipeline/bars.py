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
            if not sys.stderr.isatty() and step * 10 // steps > (step - 1) * 10 // steps:
                print(f"{what}: step {step} of {steps}, loss {loss:.2f}", flush=True)

        yield progress


@contextmanager
def bar(what: str, total: int) -> Iterator[Callable[[], None]]:
    """A function to call after each of `total` steps; a person sees a bar, a log nothing."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal) as bars:
        task = bars.add_task(what, total=total)
        yield lambda: bars.advance(task)
