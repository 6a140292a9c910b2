import pytest

from pipeline.errors import InputError
from pipeline.records.article import Article
from pipeline.records.prediction import AreaAnswer, Prediction
from pipeline.records.store import read_jsonl, write_jsonl
from pipeline.records.summary import Summary
from pipeline.stages.summarise import main, summarise

SOURCES = {"a": "甲报", "b": "乙刊", "c": "甲报", "silent": "丙网"}
AREAS = ("rules", "chips")


def predict(article, number, area="rules", stance="critical"):
    answers = (AreaAnswer(area, stance, {stance: 1.0}),)
    return Prediction(
        article, f"{article}:{number}", 0, 1, "句", "claim", 1.0, "author", 1.0, answers, "m"
    )


def test_articles_of_one_source_are_counted_together():
    rows = list(summarise(SOURCES, [predict("c", 0), predict("b", 0), predict("a", 0)], AREAS))
    by_key = {(row.unit, row.key, row.area, row.voice): row for row in rows}
    row = by_key["source", "甲报", "rules", "all"]
    assert (row.critical, row.sentences, set(row.sentence_ids)) == (2, 2, {"a:0", "c:0"})


def test_article_without_predictions_does_not_count():
    rows = list(summarise(SOURCES, [predict("a", 0)], AREAS))
    assert {(row.unit, row.key) for row in rows} == {("source", "甲报"), ("article", "a")}


def test_source_and_article_of_the_same_name_stay_apart():
    rows = list(summarise({"x": "x"}, [predict("x", 0)], AREAS))
    assert len(rows) == len({(r.unit, r.key, r.area, r.voice) for r in rows}) == 2 * 2 * 3


def test_order_of_predictions_does_not_change_the_counts():
    predictions = [predict("a", 0), predict("b", 0), predict("a", 1, "chips", "supportive")]
    keys = [(r.unit, r.key) for r in summarise(SOURCES, predictions, AREAS)]
    assert keys == [(r.unit, r.key) for r in summarise(SOURCES, predictions[::-1], AREAS)]


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
        list(summarise(SOURCES, predictions, AREAS))


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
