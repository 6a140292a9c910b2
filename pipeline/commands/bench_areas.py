"""Leave areas out: how well is one answered that was never trained on."""

import numpy as np
from sklearn.metrics import average_precision_score

from pipeline.classifiers.base import targets
from pipeline.classifiers.blend import with_new
from pipeline.classifiers.keywords import Keywords
from pipeline.commands.benchmark import Bench, Request
from pipeline.commands.trainings import Folded
from pipeline.records.scores import Scores, Targets
from pipeline.stats.scores import MISSING, decide
from pipeline.tracking import tracked

FOLD = 0
GROUPS = 4
"""So many trainings, each without a quarter of the areas: one each would take hours."""

THRESHOLD = 0.5


def areas(request: Request) -> Bench:
    """Each area left out of one training, scored on a fold of outlets that were left out as well:
    found by its keywords, with the network's stance, as new areas are published.

    Beside it the training that knew all areas, and the keyword baseline. Finished trainings are
    kept. Raises InputError when the labelled sentences are missing.
    """
    data = Folded.of(request.project)
    kept, asked = data.parts(FOLD)
    kept += data.contrasts
    ids = data.taxonomy.ids
    gold = targets(asked, data.taxonomy)
    keywords = Keywords()
    keywords.fit(kept, data.taxonomy)
    methods = {"keywords": keywords.score(asked)}
    texts = [example.text for example in asked]
    left_out = np.zeros((len(asked), len(ids), MISSING + 1), np.float32)
    with tracked("bench", "areas", {"groups": GROUPS}, {}) as run:
        methods["trained"] = data.scores(FOLD, kept, asked, run)
        for k in range(GROUPS):
            columns = list(range(k, len(ids), GROUPS))
            found = data.scores(FOLD, kept, asked, run, [ids[c] for c in columns])
            published = with_new(found, texts, data.taxonomy.areas, columns)
            left_out[:, columns] = published.areas[:, columns]
    methods["left out"] = Scores(left_out, methods["trained"].voice, methods["trained"].role)
    rows: list[list[str]] = []
    metrics: dict[str, float] = {}
    for column, area in enumerate(ids):
        cells = {name: _figures(scores, gold, column) for name, scores in methods.items()}
        rows.append([area, *(f"{value:.2f}" for name in cells for value in cells[name].values())])
        metrics |= {
            f"{name.replace(' ', '_')}.{area}.{kind}": value
            for name, found in cells.items()
            for kind, value in found.items()
        }
    head = [f"{name}: {kind}" for name in methods for kind in ("F1", "AP", "stance")]
    notes = [
        f"Fold {FOLD}, {len(asked)} sentences. Detection F1 at p {THRESHOLD}, average precision, "
        "and the share of right stances among the sentences that address the area."
    ]
    return Bench("Areas left out of training", ["area", *head], rows, metrics, notes)


def _figures(scores: Scores, gold: Targets, column: int) -> dict[str, float]:
    true = gold.areas[:, column] != MISSING
    given = decide(scores.areas, THRESHOLD)[:, column] != MISSING
    if not true.any():
        return dict.fromkeys(("f1", "average_precision", "stance"), float("nan"))
    p = 1 - scores.areas[:, column, MISSING]
    stance = scores.areas[true, column, :MISSING].argmax(-1)
    return {
        "f1": 2 * float((true & given).sum()) / float(true.sum() + given.sum()),
        "average_precision": float(average_precision_score(true, p)),
        "stance": float(np.mean(stance == gold.areas[true, column])),
    }
