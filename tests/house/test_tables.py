import json

import pytest

from tests.house.cleaning import SCORES, all_scores
from tests.house.imports import ROOT
from tests.house.tables import DOCUMENTS, filled


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_table_of_the_documents_is_up_to_date(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert filled(text) == text, "run 'make docs'"


def test_the_figures_of_the_cleaning_are_those_of_today() -> None:
    assert json.loads(SCORES.read_text(encoding="utf-8")) == all_scores(), "run 'make docs'"


def test_both_readmes_hold_the_same_tables_and_commands() -> None:
    def skeleton(name: str) -> list[str]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        kept = ("<!-- begin", "make ", "lichang ", "![")
        found = [line for line in lines if line.startswith(kept)]
        return [line.split("#")[0].split("](")[-1].strip() for line in found]

    assert skeleton("README.md") == skeleton("README.zh.md")
    assert len(skeleton("README.md")) > 8
