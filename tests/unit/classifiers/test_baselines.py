import numpy as np
import pytest

from pipeline.classifiers.baselines import baseline_scores
from pipeline.classifiers.keywords import Keywords
from pipeline.classifiers.majority import Majority
from pipeline.classifiers.tfidf import Tfidf
from pipeline.stats.scores import decide
from tests.unit.builders import TAXONOMY, example

TRAIN = [
    example("1", text="出口管制漏洞太多", areas={"export_controls": "critical"}, voice="author",
            role="claim"),
    example("2", text="芯片管制必须收紧", areas={"export_controls": "critical"}, voice="author",
            role="claim"),
    example("3", text="开源模型惠及众人", areas={"open_source": "supportive"},
            voice="attributed", role="premise"),
    example("4", text="昨日天气晴朗", role="none"),
]  # fmt: skip


@pytest.mark.parametrize("method", [Majority(), Keywords(), Tfidf()], ids=lambda m: m.name)
def test_probabilities_sum_to_one(method):
    method.fit(TRAIN, TAXONOMY)
    scores = method.score(TRAIN)
    for part, classes in ((scores.areas, 4), (scores.voice, 2), (scores.role, 3)):
        assert part.shape[-1] == classes
        assert np.allclose(part.sum(-1), 1, atol=1e-5)


def test_keywords_find_the_area_whose_word_stands_in_the_sentence():
    method = Keywords()
    method.fit(TRAIN, TAXONOMY)
    found = decide(
        method.score([example("5", text="芯片又涨价了"), example("6", text="下雨了")]).areas, 0.5
    )
    assert found.tolist() == [[1, 3], [3, 3]]


def test_tfidf_tells_apart_what_it_was_shown():
    method = Tfidf()
    method.fit(TRAIN, TAXONOMY)
    assert method.score(TRAIN).role.argmax(-1).tolist() == [0, 0, 1, 2]


def test_every_baseline_answers_for_every_sentence():
    scores = baseline_scores(TRAIN, TRAIN[:2], TAXONOMY)
    assert list(scores) == ["majority", "keywords", "tfidf"]
    assert all(len(s.areas) == 2 for s in scores.values())


def test_no_sentence_is_no_answer_and_no_error():
    method = Keywords()
    method.fit(TRAIN, TAXONOMY)
    assert method.score([]).areas.shape == (0, 2, 4)
