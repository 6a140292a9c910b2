import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records.article import Origin
from pipeline.records.held_out import HeldOut
from pipeline.records.labels import STANCES, VOICES
from pipeline.records.prediction import AreaAnswer, Prediction
from pipeline.records.summary import VOICE_SCOPES
from pipeline.stats.corpus import gather, groups
from pipeline.stats.estimators.best import Best
from pipeline.stats.shares import summaries

AREAS = ("rules", "chips")
ORIGINS = {"a": Origin("甲报", "one", ""), "b": Origin("甲报", "one", "")}


def predict(number, voice, areas, article="a"):
    answers = tuple(AreaAnswer(area, stance, {stance: 1.0}) for area, stance in areas.items())
    name = f"{article}:{number}"
    return Prediction(article, name, 0, 1, "句", "none", 1.0, voice, 1.0, answers, "m")


def count(predictions, unit="source"):
    corpus = gather(predictions, (), ORIGINS, AREAS)
    units = groups(corpus, predictions, ORIGINS)
    rows = summaries(corpus, units, AREAS, dict.fromkeys(VOICE_SCOPES, Best(())))
    return {(row.area, row.voice): row for row in rows if row.unit == unit}


def test_voices_are_counted_apart_and_together():
    rows = count(
        [
            predict(0, "author", {"rules": "critical"}),
            predict(1, "attributed", {"rules": "supportive", "chips": "neutral"}),
            predict(2, "author", {"rules": "critical"}),
            predict(3, "author", {}),
        ]
    )
    author, attributed, both = (rows["rules", v] for v in ("author", "attributed", "all"))
    assert (author.supportive, author.critical, author.neutral) == (0, 2, 0)
    assert (attributed.supportive, attributed.critical, attributed.neutral) == (1, 0, 0)
    assert (both.supportive, both.critical, both.neutral) == (1, 2, 0)
    assert (author.net, attributed.net, both.net) == (-1.0, 1.0, -0.3333)
    assert (author.coverage, attributed.coverage, both.coverage) == (0.5, 0.25, 0.75)
    assert author.sentence_ids == ("a:0", "a:2")


def test_area_that_no_article_of_a_source_addresses_has_a_row_of_zeros():
    row = count([predict(0, "author", {"rules": "neutral"})])["chips", "all"]
    assert (row.addressed, row.coverage, row.net, row.sentence_ids) == (0, 0.0, 0.0, ())
    assert row.sentences == 1


def test_reprints_weigh_as_one_article_and_are_counted_as_they_are():
    predictions = [
        predict(0, "author", {"rules": "critical"}),
        predict(0, "author", {"rules": "critical"}, "b"),
    ]
    corpus = gather(predictions, (), ORIGINS, AREAS)
    source = groups(corpus, predictions, ORIGINS)[0]
    assert source.weight.tolist() == [0.5, 0.5]
    assert source.cluster.tolist() == [0, 0]
    row = count(predictions)["rules", "all"]
    assert (row.critical, row.articles, row.stories) == (2, 2, 1)


def test_labels_chosen_before_a_draw_count_where_there_was_one_and_nowhere_else():
    origins = {"a": Origin("甲报", "one", ""), "b": Origin("乙报", "two", "")}
    predictions = [predict(i, "author", {}, article) for article in "ab" for i in range(3)]
    labels = [
        HeldOut(f"{article}:{i}", article, origins[article].source, "", p, {}, None, {}, "author",
                "m")
        for article, i, p in (("a", 0, 0.5), ("a", 1, None), ("b", 0, None))
    ]  # fmt: skip
    corpus = gather(predictions, labels, origins, AREAS)
    assert corpus.chance.tolist() == [0.5, 1.0, 0.0, 0.0, 0.0, 0.0]


def test_of_several_draws_the_latest_stands_for_the_rest():
    predictions = [predict(i, "author", {}, "a") for i in range(4)]
    drawn = ((0.5, "2026-02-03"), (0.2, "2026-03-01"), (0.5, "2026-02-01"), (0.2, "2026-04-01"))
    labels = [
        HeldOut(f"a:{i}", "a", "甲报", "", p, {}, None, {}, "author", "m", when)
        for i, (p, when) in enumerate(drawn)
    ]
    corpus = gather(predictions, labels, {"a": Origin("甲报", "one", "")}, AREAS)
    assert corpus.chance.tolist() == [1.0, 0.2, 1.0, 0.2]


def test_in_an_article_every_sentence_stands_for_itself():
    predictions = [predict(i, "author", {"rules": "critical"}) for i in range(3)]
    corpus = gather(predictions, (), ORIGINS, AREAS)
    article = groups(corpus, predictions, ORIGINS)[-1]
    assert article.unit == "article"
    assert article.cluster.tolist() == [0, 1, 2]


answers = st.dictionaries(st.sampled_from(AREAS), st.sampled_from(STANCES))


@given(st.lists(st.tuples(st.sampled_from(VOICES), answers), min_size=1, max_size=20))
def test_counts_add_up_and_every_number_has_its_sentences(drawn):
    predictions = [predict(i, voice, areas) for i, (voice, areas) in enumerate(drawn)]
    rows = count(predictions)
    assert len(rows) == len(AREAS) * 3
    for area in AREAS:
        author, attributed, both = (rows[area, v] for v in ("author", "attributed", "all"))
        assert author.addressed + attributed.addressed == both.addressed
        assert both.addressed == sum(area in areas for _, areas in drawn)
        assert len(set(both.sentence_ids)) == both.addressed
        assert set(author.sentence_ids) | set(attributed.sentence_ids) == set(both.sentence_ids)
        assert both.coverage == pytest.approx(both.addressed / len(drawn), abs=1e-4)
        if both.addressed:
            assert both.net == pytest.approx(
                (both.supportive - both.critical) / both.addressed, abs=1e-4
            )
