import pytest

from pipeline.errors import InputError
from pipeline.records.article import Article, Origin
from pipeline.records.prediction import AreaAnswer, Prediction
from pipeline.records.store import read_jsonl, write_jsonl
from pipeline.records.summary import Summary
from pipeline.stages.summarise import main, summarise

ORIGINS = {
    "a": Origin("甲报", "one", "2025-07-01"),
    "b": Origin("乙刊", "two", "2025-07-02"),
    "c": Origin("甲报", "one", "2025-08-03"),
    "d": Origin("甲报", "three", ""),
    "silent": Origin("丙网", "four", "2025-07-01"),
}
AREAS = ("rules", "chips")


def predict(article, number, area="rules", stance="critical"):
    answers = (AreaAnswer(area, stance, {stance: 1.0}),)
    return Prediction(
        article, f"{article}:{number}", 0, 1, "句", "claim", 1.0, "author", 1.0, answers, "m"
    )


def by_key(rows):
    return {(row.unit, row.key, row.period, row.area, row.voice): row for row in rows}


def test_articles_of_one_source_are_counted_together():
    rows = list(summarise(ORIGINS, [predict("c", 0), predict("b", 0), predict("a", 0)], AREAS))
    row = by_key(rows)["source", "甲报", "", "rules", "all"]
    assert (row.critical, row.sentences, set(row.sentence_ids)) == (2, 2, {"a:0", "c:0"})
    assert (row.articles, row.stories) == (2, 1)


def test_months_of_a_source_are_counted_apart_and_undated_articles_in_none():
    rows = by_key(summarise(ORIGINS, [predict(article, 0) for article in "abcd"], AREAS))
    months = {(key, period) for unit, key, period, _, _ in rows if period and unit == "source"}
    assert months == {("甲报", "2025-07"), ("甲报", "2025-08"), ("乙刊", "2025-07")}
    assert rows["source", "甲报", "2025-07", "rules", "all"].sentence_ids == ("a:0",)
    assert rows["source", "甲报", "", "rules", "all"].addressed == 3
    assert all(not period for unit, _, period, _, _ in rows if unit == "article")


def test_article_without_predictions_does_not_count():
    rows = list(summarise(ORIGINS, [predict("a", 0)], AREAS))
    assert {(row.unit, row.key) for row in rows} == {("source", "甲报"), ("article", "a")}


def test_source_and_article_of_the_same_name_stay_apart():
    rows = list(summarise({"x": Origin("x", "x", "")}, [predict("x", 0)], AREAS))
    assert len(rows) == len({(r.unit, r.key, r.area, r.voice) for r in rows}) == 2 * 2 * 3


def test_order_of_predictions_does_not_change_the_counts():
    predictions = [predict("a", 0), predict("b", 0), predict("a", 1, "chips", "supportive")]
    keys = [(r.unit, r.key) for r in summarise(ORIGINS, predictions, AREAS)]
    assert keys == [(r.unit, r.key) for r in summarise(ORIGINS, predictions[::-1], AREAS)]


@pytest.mark.parametrize(
    ("predictions", "message"),
    [
        ([predict("nowhere", 0)], "no article 'nowhere'"),
        ([predict("a", 0, area="old_area")], "'old_area' is not in the policy areas"),
        ([predict("a", 0), predict("a", 0)], "'a:0' was predicted twice"),
    ],
)
def test_files_that_do_not_belong_together_are_named(predictions, message):
    with pytest.raises(InputError, match=message):
        list(summarise(ORIGINS, predictions, AREAS))


def test_main_writes_one_summary_a_line(tmp_path):
    article = Article("a", "a.txt", "utf-8", "plain", "题", "甲报", "", "", "a", "句", ())
    write_jsonl(tmp_path / "articles.jsonl", [article])
    write_jsonl(tmp_path / "predictions.jsonl", [predict("a", 0)])
    (tmp_path / "areas.yaml").write_text(
        "version: v\nareas:\n- {id: rules, zh: 规, en: R, definition_zh: 规, definition_en: r}\n"
    )
    (tmp_path / "params.yaml").write_text("summarise: {estimator: raw}")
    names = (
        "params.yaml", "areas.yaml", "articles.jsonl", "predictions.jsonl", "summaries.jsonl",
    )  # fmt: skip
    main(*(tmp_path / name for name in names))
    rows = read_jsonl(Summary, tmp_path / "summaries.jsonl")
    assert [(r.unit, r.voice, r.critical, r.estimator) for r in rows] == [
        (unit, voice, count, "raw")
        for unit in ("source", "article")
        for voice, count in (("author", 1), ("attributed", 0), ("all", 1))
    ]
