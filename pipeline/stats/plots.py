"""Pictures of the evaluation, as SVG files that are the same for the same figures."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.records.reliability import Bin
from pipeline.stats.compare import Comparison, Figure
from pipeline.stats.scores import METRICS


def _figure(width: float, height: float, panels: int = 1) -> tuple[Any, Any]:
    from matplotlib import rcParams
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    rcParams["svg.hashsalt"] = "lichang"
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasSVG(figure)
    return figure, figure.subplots(1, panels)


def _save(figure: Any, path: Path) -> None:
    figure.savefig(path, format="svg", metadata={"Date": None})


def confusion_plot(counts: NDArray[Any], names: Sequence[str], path: Path) -> None:
    """Shares of answers by truth, each cell with its count."""
    figure, axes = _figure(5, 4.4)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (row, column), count in np.ndenumerate(counts):
        dark = shares[row, column] > 0.5
        axes.text(column, row, str(count), ha="center", va="center", color="w" if dark else "k")
    axes.set_xticks(range(len(names)), names, rotation=20)
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("answer")
    axes.set_ylabel("truth")
    _save(figure, path)


def reliability_plot(meant: Mapping[str, Mapping[str, Sequence[Bin]]], path: Path) -> None:
    """Share of right answers against the probability given, a panel a question, a line a kind."""
    questions = list(next(iter(meant.values())))
    figure, panels = _figure(3 * len(questions), 3.2, len(questions))
    for axes, question in zip(np.atleast_1d(panels), questions, strict=True):
        axes.plot([0, 1], [0, 1], color="grey", linestyle=":")
        for kind, of in meant.items():
            bins = of[question]
            axes.plot(
                [b.mean_p for b in bins], [b.share_true for b in bins], marker="o", label=kind
            )
        axes.set_title(question)
        axes.set_xlabel("probability given")
    np.atleast_1d(panels)[0].set_ylabel("share right in truth")
    np.atleast_1d(panels)[0].legend()
    _save(figure, path)


def method_plot(comparison: Comparison, path: Path) -> None:
    """Every method's scores with their intervals."""
    figure, axes = _figure(8, 4)
    width = 0.8 / len(comparison.scores)
    for i, (name, figures) in enumerate(comparison.scores.items()):
        values = np.array([figures[m].value for m in METRICS])
        low = values - [figures[m].low for m in METRICS]
        high = [figures[m].high for m in METRICS] - values
        where = np.arange(len(METRICS)) + i * width
        axes.bar(where, values, width, yerr=np.maximum([low, high], 0), label=name)
    axes.set_xticks(np.arange(len(METRICS)) + 0.3, METRICS)
    axes.set_ylim(0, 1)
    axes.legend()
    _save(figure, path)


def curve_plot(points: Mapping[int, Mapping[str, Figure]], path: Path) -> None:
    """Each metric against the number of training sentences, with its interval."""
    figure, axes = _figure(6, 4)
    sizes = list(points)
    for metric in METRICS:
        found = [points[size][metric] for size in sizes]
        axes.plot(sizes, [f.value for f in found], marker="o", label=metric)
        axes.fill_between(sizes, [f.low for f in found], [f.high for f in found], alpha=0.15)
    axes.set_xscale("log")
    axes.set_xticks(sizes, [str(size) for size in sizes])
    axes.minorticks_off()
    axes.set_xlabel("annotated sentences")
    axes.set_ylim(0, 1)
    axes.legend(loc="lower right")
    _save(figure, path)
