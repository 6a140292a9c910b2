"""The project's own folds by outlet: the classifier beside the baselines."""

from pipeline.commands.benchmark import Bench, Request
from pipeline.commands.crossval import crossval
from pipeline.stats.scores import METRICS

SEEDS = 5


def folds(request: Request) -> Bench:
    """Cross-validation with five seeds, a seed a fold; finished trainings are kept."""
    found = crossval(request.project, SEEDS)
    rows = [
        [name, *(str(figures[m]) for m in METRICS)]
        for table in (found.scores, {f"margin over {k}": v for k, v in found.margins.items()})
        for name, figures in table.items()
    ]
    metrics = {f"{n}.{m}": f.value for n, fs in found.scores.items() for m, f in fs.items()}
    notes = [f"Out-of-fold, {SEEDS} seeds; value and 95 % interval, outlets as clusters."]
    return Bench("Folds by outlet", ["method", *METRICS], rows, metrics, notes)
