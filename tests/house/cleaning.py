"""Scores the cleaning on all invented pages: `python -m tests.house.cleaning` writes the figures."""

import json
from pathlib import Path

from tests.house.imports import ROOT
from tests.pages import load_pages, score
from tests.unit.text.rules import cleaned

PAGES = ROOT / "tests/data/pages"
SCORES = ROOT / "experiments/2026-11-22-cleaning-of-unseen-pages/scores.json"


def folder_score(folder: Path) -> dict[str, float]:
    pages = load_pages(folder)
    scores = [score(page, cleaned(page.raw)) for page in pages]
    sentences, others = sum(s.sentences for s in scores), sum(s.others for s in scores)
    return {
        "pages": len(pages),
        "sentences": sentences,
        "recall": round(1 - sum(len(s.lost) for s in scores) / sentences, 4),
        "others": others,
        "leak": round(sum(len(s.leaked) for s in scores) / others, 4),
    }


def all_scores() -> dict[str, dict[str, float]]:
    return {p.name: folder_score(p) for p in sorted(PAGES.iterdir()) if p.is_dir()}


if __name__ == "__main__":
    SCORES.write_text(json.dumps(all_scores(), indent=2) + "\n", encoding="utf-8")
