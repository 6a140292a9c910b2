"""What annotators score against each other: the ceiling that a classifier's scores are read by."""

from collections.abc import Mapping
from functools import partial

import numpy as np

from pipeline.annotation.questions import ALL_AREAS, ROLE, STANCE, VOICE, Question
from pipeline.stats.compare import Figure, figure
from pipeline.stats.paired import mean_over_pairs, paired
from pipeline.stats.scores import CLASSES, MISSING, f1, sample_weights


def ceiling(given: Mapping[str, Question], draws: int) -> dict[str, Figure]:
    """The scores of METRICS, one annotator taken for the truth and another for the classifier.

    Mean over all pairs of annotators, a pair weighing the answers of both; F1 is the same whoever
    of the two is taken for the truth. Intervals resample whole articles. three_way_f1 is over what
    both found addressed: one who found an area not addressed names no stance, where a classifier
    names its likeliest. A score is left out where no two answered. A classifier is scored against
    the consensus of annotators, which errs less than one of them: it may come to lie above.
    """
    articles = np.unique(given[ROLE].groups[given[ROLE].shared])
    found: dict[str, Figure] = {}
    if not len(articles):
        return found
    weights = sample_weights(len(articles), draws if len(articles) > 1 else 0)
    for metric, question in _by_metric(given).items():
        kept = question.shared
        if not kept.any():
            continue
        groups = np.searchsorted(articles, question.groups[kept])
        pairs = paired(question.codes[kept], CLASSES[metric], groups)
        found[metric] = figure(mean_over_pairs(pairs, weights, partial(f1, metric)))
    return found


def _by_metric(given: Mapping[str, Question]) -> dict[str, Question]:
    """What each of METRICS asks; "addressed" is 1, as in the evaluation."""
    every = given[ALL_AREAS]
    addressed = np.where(every.codes < 0, every.codes, every.codes != MISSING).astype(np.int8)
    return {
        "detection_f1": Question(("not addressed", "addressed"), addressed, every.groups),
        "four_way_f1": every,
        "three_way_f1": given[STANCE],
        "voice_f1": given[VOICE],
        "role_f1": given[ROLE],
    }


def ceiling_table(found: Mapping[str, Figure]) -> str:
    """A Markdown table of one row."""
    return (
        f"| {' | '.join(found)} |\n|{' --- |' * len(found)}\n"
        f"| {' | '.join(map(str, found.values()))} |\n"
    )
