"""Do intervals hold the truth as often as they say: every estimator on invented sources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.bars import counting_bar
from pipeline.commands.benchmark import Bench, Request
from pipeline.config import STRICT, build, load_yaml
from pipeline.records.world import World
from pipeline.stats.estimators.best import Best
from pipeline.stats.estimators.cell import (
    COVERAGE,
    LOWEST,
    NET,
    SHARES,
    SPAN,
    Cell,
    Floats,
    Guess,
)
from pipeline.stats.estimators.expected import Expected
from pipeline.stats.estimators.ppi import LEAST_ADDRESSED, Ppi
from pipeline.stats.estimators.raw import Raw
from pipeline.stats.estimators.wilson import wilson
from pipeline.stats.scores import MISSING
from pipeline.stats.simulation import Drawn, draw

METHODS = ("raw", "expected", "ppi", "default")
KINDS = {"net": slice(NET, COVERAGE), "shares": slice(SHARES), "coverage": slice(COVERAGE, None)}
"""Which of FIGURES are averaged for the table."""
COLUMNS = (*((method, "net") for method in METHODS), ("default", "shares"), ("default", "coverage"))
"""What of it all the table shows."""
ROUNDING = 1e-9


@dataclass(frozen=True)
class Settings:
    """The `worlds`, how often each is drawn, and what the summarise stage is set to."""

    __pydantic_config__ = STRICT

    repeats: int
    least_labels: int
    worlds: tuple[World, ...]


@dataclass(frozen=True)
class Worth:
    """What intervals are worth: the share that hold the truth, with its Monte-Carlo `error`, their
    mean width and bias, and the share of cells for which one was `given`."""

    covered: float
    error: float
    width: float
    bias: float
    given: float

    def text(self, with_bias: bool) -> str:
        """A cell of the table."""
        if not self.given:
            return "–"
        bias = f"; {self.bias:+.2f}" if with_bias else ""
        return f"{self.covered:.1%} ± {self.error:.1%}; {self.width:.2f}{bias}"


def coverage(request: Request) -> Bench:
    """Nominal 95 % intervals on sources whose truth is known. Raises InputError on bad settings."""
    path = request.project.coverage_settings
    settings = build(Settings, load_yaml(path), str(path))
    rows: list[list[str]] = []
    metrics: dict[str, float] = {}
    with counting_bar("coverage", len(settings.worlds) * settings.repeats) as advance:
        for world in settings.worlds:
            found = []
            for seed in range(settings.repeats):
                found.append(tried(draw(world, seed), settings))
                advance(1)
            worth = {
                (method, kind): summed([one[method][..., KINDS[kind]] for one in found])
                for method in METHODS
                for kind in KINDS
            }
            cells = [worth[m, k].text(k == "net") for m, k in COLUMNS]
            rows.append([world.name, *cells])
            metrics |= figures_by_name(world.name, worth)
    head = ["scenario", *(f"{kind}: {method}" for method, kind in COLUMNS)]
    return Bench("What 95 % intervals hold", head, rows, metrics, notes(settings))


def tried(drawn: Drawn, settings: Settings) -> dict[str, Floats]:
    """Every method on a drawn world: [cells, 3, 5] held (1, 0), width and error of each figure.

    nan where no interval is given, or where there is no truth.
    """
    ppi = Ppi.pooled(drawn.cells, settings.least_labels)
    expected = Expected.learnt(drawn.held, drawn.cells)
    default = Best((ppi, expected))
    found: dict[str, list[Floats]] = {method: [] for method in METHODS}
    for cell, truth in zip(drawn.cells, drawn.truth, strict=True):
        guesses: dict[str, Guess | str] = {
            "raw": usual(cell),
            "expected": expected.estimate(cell),
            "ppi": ppi.estimate(cell),
            "default": default.estimate(cell)[0],
        }
        for method, guess in guesses.items():
            found[method].append(held(guess, truth))
    return {method: np.array(of) for method, of in found.items()}


def usual(cell: Cell) -> Guess:
    """Counted shares with the interval that they usually get: Wilson's, a sentence a draw."""
    value = Raw().estimate(cell).value
    addressed = max(1, int((cell.given != MISSING).sum()))
    n = np.array([addressed] * COVERAGE + [len(cell.given)])
    low, high = wilson((value - LOWEST) / SPAN, n)
    return Guess(value, LOWEST + SPAN * low, LOWEST + SPAN * high)


def held(guess: Guess | str, truth: Floats) -> Floats:
    """[3, 5]: whether the interval holds the truth, how wide it is, how far its value is off."""
    if isinstance(guess, str):
        return np.full((3, len(truth)), np.nan)
    inside = (guess.low - ROUNDING <= truth) & (truth <= guess.high + ROUNDING)
    width = guess.high - guess.low
    known = ~np.isnan(truth + width)
    return np.where(known, [inside, width, guess.value - truth], np.nan)


def summed(repeats: Sequence[Floats]) -> Worth:
    """Over repeats of [cells, 3, k]; repeats, not cells, are independent."""
    all_cells = np.concatenate(repeats)
    known = ~np.isnan(all_cells)
    if not known.any():
        return Worth(np.nan, np.nan, np.nan, np.nan, 0.0)
    covered, width, bias = np.nanmean(all_cells, axis=(0, 2))
    each = [float(np.nanmean(one[:, 0])) for one in repeats if not np.isnan(one[:, 0]).all()]
    error = np.std(each, ddof=1) / np.sqrt(len(each)) if len(each) > 1 else float("nan")
    return Worth(float(covered), float(error), float(width), float(bias), float(known.mean()))


def figures_by_name(world: str, worth: Mapping[tuple[str, str], Worth]) -> dict[str, float]:
    """Every figure as MLflow can hold it."""
    name = world.replace(",", "").replace(" ", "_")
    return {
        f"{name}.{method}.{kind}.{figure}": value
        for (method, kind), of in worth.items()
        for figure, value in vars(of).items()
        if not np.isnan(value)
    }


def notes(settings: Settings) -> list[str]:
    """What a reader of the table must know."""
    return [
        "Share of nominal 95 % intervals that hold the truth ± Monte-Carlo error; mean width; mean "
        f"bias of the net stance. {settings.repeats} draws of each scenario.",
        "raw: counts with the usual interval, which is never published; default: ppi where "
        f"{settings.least_labels} labels were drawn at random and {LEAST_ADDRESSED} of them "
        "address the area, else expected. The invented classifier has one probability an answer.",
        "Expected counts can't know of errors that the held-out outlets do not show: the last "
        "scenario is the price of no labels.",
    ]
