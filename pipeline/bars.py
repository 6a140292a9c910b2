"""Progress of long work on standard error: a bar for a person, lines for a log."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn


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
