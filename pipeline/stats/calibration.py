"""Do probabilities mean what they say."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.records.reliability import Bin
from pipeline.records.scores import Scores, Targets
from pipeline.stats.scores import MISSING


def reliability(p: NDArray[Any], true: NDArray[np.bool_], bins: int = 10) -> list[Bin]:
    """Non-empty bins of equal width over 0..1."""
    index = np.minimum((p * bins).astype(int), bins - 1)
    return [
        Bin(int(at.sum()), float(p[at].mean()), float(true[at].mean()))
        for b in range(bins)
        if (at := index == b).any()
    ]


def calibration_error(bins: list[Bin]) -> float:
    """Expected calibration error (Naeini et al., 2015): mean gap, weighted by count."""
    total = sum(b.count for b in bins)
    return sum(b.count * abs(b.mean_p - b.share_true) for b in bins) / total if total else 0.0


def reliabilities(scores: Scores, gold: Targets) -> dict[str, list[Bin]]:
    """Bins of each question: of p(addressed), and of the likeliest stance, voice and role."""
    addressed, voiced = gold.areas != MISSING, gold.voice >= 0
    stance = scores.areas[addressed][:, :MISSING]
    stance = stance / np.maximum(stance.sum(-1, keepdims=True), 1e-9)
    likeliest = {
        "stance": (stance, gold.areas[addressed]),
        "voice": (scores.voice[voiced], gold.voice[voiced]),
        "role": (scores.role, gold.role),
    }
    bins = {"addressed": reliability(1 - scores.areas[..., MISSING].ravel(), addressed.ravel())}
    return bins | {k: reliability(p.max(-1), p.argmax(-1) == g) for k, (p, g) in likeliest.items()}


def error_table(meant: Mapping[str, Mapping[str, list[Bin]]]) -> str:
    """A Markdown table: expected calibration error, a row a kind, a column a question."""
    questions = list(meant["raw"])
    rows = ["| probabilities | " + " | ".join(questions) + " |", "| --- |" + " ---: |" * 4]
    for kind, of in meant.items():
        cells = (f"{calibration_error(of[question]):.3f}" for question in questions)
        rows.append(f"| {kind} | " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"
