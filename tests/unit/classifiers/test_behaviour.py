import numpy as np
import pytest

from pipeline.classifiers.behaviour import pass_rates, pass_table, read_alone
from pipeline.errors import InputError
from pipeline.records.pair import Pair
from pipeline.records.scores import Scores
from tests.unit.builders import TAXONOMY


class Reader:
    """Takes 没 for criticism, "说" for a quotation, and 管制 for the first area."""

    name = "reader"

    def fit(self, examples, taxonomy):
        raise AssertionError("a behaviour test trains nothing")

    def score(self, sentences):
        areas, voice = np.zeros((len(sentences), 2, 4)), np.zeros((len(sentences), 2))
        for i, s in enumerate(sentences):
            areas[i, 0, (1 if "没" in s.text else 0) if "管制" in s.text else 3] = 1
            areas[i, 1, 3] = 1
            voice[i, int("说" in s.text)] = 1
        return Scores(areas, voice, np.full((len(sentences), 3), 1 / 3))


PAIRS = [
    Pair("n-1", "negation", "管制有效。", "管制没有效。", "export_controls", "stance", ("supportive", "critical")),
    Pair("n-2", "negation", "管制有效。", "管制并非有效。", "export_controls", "stance", ("supportive", "critical")),
    Pair("q-1", "quotation", "管制有效。", "他说管制有效。", "export_controls", "voice", ("author", "attributed")),
    Pair("s-1", "script", "管制没有效。", "管制沒有效。", "export_controls", "same", ()),
    Pair("s-2", "script", "管制有效。", "封锁有效。", "export_controls", "same", ()),
]  # fmt: skip


def test_pairs_pass_when_both_answers_are_as_expected():
    rates = pass_rates(PAIRS, Reader(), TAXONOMY, 0.5)
    assert [(r.kind, r.pairs, r.passed, r.failed) for r in rates] == [
        ("negation", 2, 1, ("n-2",)),
        ("quotation", 1, 1, ()),
        ("script", 2, 1, ("s-2",)),
    ]
    assert "| all | 5 | 60% |" in pass_table(rates)


def test_a_sentence_alone_is_read_as_an_article_is():
    assert (
        read_alone("該計劃(huà)要求監(jiān)管部門發(fā)布標(biāo)準(zhǔn)。")
        == "该计划要求监管部门发布标准。"
    )


def test_a_pair_about_an_unknown_area_is_an_error():
    pair = Pair("x", "negation", "一。", "二。", "tariffs", "stance", ("supportive", "critical"))
    with pytest.raises(InputError, match="tariffs"):
        pass_rates([pair], Reader(), TAXONOMY, 0.5)
