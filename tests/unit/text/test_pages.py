from pathlib import Path

import pytest

from tests.pages import load_pages, score
from tests.unit.text.rules import cleaned

PAGES = Path(__file__).parents[2] / "data" / "pages"
MOST_LOST = 0.02
MOST_LEAKED = 0.05


@pytest.mark.parametrize("folder", sorted(p for p in PAGES.glob("*") if p.is_dir()))
def test_invented_pages_keep_their_sentences_and_lose_their_furniture(folder):
    scores = [score(page, cleaned(page.raw)) for page in load_pages(folder)]
    lost = [text for s in scores for text in s.lost]
    leaked = [text for s in scores for text in s.leaked]
    assert len(lost) <= MOST_LOST * sum(s.sentences for s in scores), lost
    assert len(leaked) <= MOST_LEAKED * sum(s.others for s in scores), leaked
