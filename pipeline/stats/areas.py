"""How well each policy area is answered, and whether well enough to be published."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.records.scores import Scores, Targets
from pipeline.stats.scores import MISSING, decide


@dataclass(frozen=True)
class AreaQuality:
    """Held-out quality of one area: how many `sentences` address it in truth, detection's
    precision, recall and F1, the share of right stances among them, and why it is `not_reliable`
    yet, in English and in Chinese ("" when it is)."""

    area: str
    sentences: int
    precision: float
    recall: float
    f1: float
    stance: float
    not_reliable: str
    not_reliable_zh: str


def area_quality(
    scores: Scores,
    gold: Targets,
    areas: Sequence[str],
    threshold: float,
    bar: float,
    least: int,
) -> list[AreaQuality]:
    """One a policy area; reliable from detection F1 `bar` on, shown on `least` sentences."""
    given = decide(scores.areas, threshold)
    likeliest = scores.areas[..., :MISSING].argmax(-1)
    found = []
    for column, area in enumerate(areas):
        true, answered = gold.areas[:, column] != MISSING, given[:, column] != MISSING
        hits, count, answers = (int(x.sum()) for x in (true & answered, true, answered))
        right = likeliest[true, column] == gold.areas[true, column]
        f1 = 2 * hits / max(1, count + answers)
        reason, zh = "", ""
        if count < least:
            reason = f"only {count} held-out sentences address it, {least} are wanted"
            zh = f"测试集里只有 {count} 句涉及它，至少要 {least} 句"
        elif f1 < bar:
            reason = f"held-out detection F1 {f1:.2f} is below {bar:.2f}"
            zh = f"在没见过的媒体上，识别 F1 为 {f1:.2f}，低于 {bar:.2f}"
        found.append(
            AreaQuality(
                area,
                count,
                round(hits / max(1, answers), 4),
                round(hits / max(1, count), 4),
                round(f1, 4),
                round(float(np.mean(right)) if count else 0.0, 4),
                reason,
                zh,
            )
        )
    return found


def area_table(rows: Sequence[AreaQuality]) -> str:
    """A Markdown table, a row an area."""
    lines = [
        "| area | held-out sentences | precision | recall | F1 | stance right | reliable |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for row in rows:
        figures = (row.precision, row.recall, row.f1, row.stance)
        cells = [row.area, str(row.sentences), *(f"{x:.2f}" for x in figures)]
        lines.append("| " + " | ".join([*cells, row.not_reliable or "yes"]) + " |")
    return "\n".join(lines) + "\n"
