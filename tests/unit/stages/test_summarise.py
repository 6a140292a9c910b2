import pytest

from pipeline.errors import InputError
from pipeline.records.article import Article, Origin
from pipeline.records.held_out import HeldOut
from pipeline.records.labels import STANCES
from pipeline.records.prediction import AreaAnswer, Prediction
from pipeline.records.store import read_jsonl, write_jsonl
from pipeline.records.summary import Summary
from pipeline.stages.summarise import Params, main, summarise

ORIGINS = {
    "a": Origin("甲报", "one", "2025-07-01"),
    "b": Origin("乙刊", "two", "2025-07-02"),
    "c": Origin("甲报", "one", "2025-08-03"),
    "d": Origin("甲报", "three", ""),
    "silent": Origin("丙网", "four", "2025-07-01"),
}
AREAS = ("rules", "chips")
SETTINGS = Params("auto", 5, 20)


def predict(article, number, area="rules", stance="critical"):
    answers = (AreaAnswer(area, stance, {stance: 1.0}),)
    return Prediction(
        article, f"{article}:{number}", 0, 1, "句", "claim", 1.0, "author", 1.0, answers, "m"
    )


def held_out(number, chance=None, article="h", gold="critical", model="m"):
    return HeldOut(
        str(number), article, "留社", article, chance, {"rules": gold}, "author",
        {"rules": "critical"}, "author", model,
    )  # fmt: skip


def summarised(predictions, held=(), settings=SETTINGS, origins=ORIGINS):
    return list(summarise(origins, predictions, held, AREAS, settings))


def by_key(rows):
    return {(row.unit, row.key, row.period, row.area, row.voice): row for row in rows}


def test_articles_of_one_source_are_counted_together():
    rows = summarised([predict("c", 0), predict("b", 0), predict("a", 0)])
    row = by_key(rows)["source", "甲报", "", "rules", "all"]
    assert (row.critical, row.sentences, set(row.sentence_ids)) == (2, 2, {"a:0", "c:0"})
    assert (row.articles, row.stories) == (2, 1)


def test_months_of_a_source_are_counted_apart_and_undated_articles_in_none():
    rows = by_key(summarised([predict(article, 0) for article in "abcd"]))
    months = {(key, period) for unit, key, period, _, _ in rows if period and unit == "source"}
    assert months == {("甲报", "2025-07"), ("甲报", "2025-08"), ("乙刊", "2025-07")}
    assert rows["source", "甲报", "2025-07", "rules", "all"].sentence_ids == ("a:0",)
    assert rows["source", "甲报", "", "rules", "all"].addressed == 3
    assert all(not period for unit, _, period, _, _ in rows if unit == "article")


def test_article_without_predictions_does_not_count():
    rows = summarised([predict("a", 0)])
    assert {(row.unit, row.key) for row in rows} == {("source", "甲报"), ("article", "a")}


def test_source_and_article_of_the_same_name_stay_apart():
    rows = summarised([predict("x", 0)], origins={"x": Origin("x", "x", "")})
    keys = {(r.unit, r.area, r.voice) for r in rows}
    assert len(rows) == len(keys) == len(AREAS) * 3 + 1 * 3


def test_an_article_has_rows_for_the_areas_that_it_addresses_only():
    rows = summarised([predict("a", 0), predict("b", 0, "chips")])
    assert {(r.key, r.area) for r in rows if r.unit == "article"} == {
        ("a", "rules"),
        ("b", "chips"),
    }


def test_order_of_predictions_does_not_change_the_figures():
    predictions = [predict("a", i, stance=s) for i, s in enumerate(STANCES * 4)]
    predictions += [predict("c", i, "chips", s) for i, s in enumerate(STANCES)]
    held = [held_out(i) for i in range(30)]
    there, back = (
        {k: (r.estimates, set(r.sentence_ids)) for k, r in by_key(summarised(p, held)).items()}
        for p in (predictions, predictions[::-1])
    )
    assert there == back


@pytest.mark.parametrize(
    ("setting", "held", "estimator", "note"),
    [
        ("auto", 30, "expected", "no randomly drawn labels"),
        ("expected", 30, "expected", "as set"),
        ("auto", 19, "raw", "19 held-out sentences, 20 wanted"),
        ("auto", 0, "raw", "没有随机抽取的标注"),
        ("raw", 30, "raw", "counts only, as set"),
    ],
)
def test_the_best_estimator_that_the_labels_allow_is_used_and_says_why(
    setting, held, estimator, note
):
    settings = Params(setting, 3, 20)
    rows = summarised([predict("a", 0)], [held_out(i) for i in range(held)], settings)
    row = by_key(rows)["source", "甲报", "", "rules", "all"]
    assert (row.estimator, row.labelled) == (estimator, 0)
    assert note in row.note
    assert (row.estimates["net"].low is None) == (estimator == "raw")


def test_randomly_drawn_labels_of_predicted_sentences_set_the_figures_right():
    predictions = [predict("a", i) for i in range(40)] + [predict("c", i) for i in range(40)]
    held = [
        held_out(p.sentence_id, chance=0.5, article=p.article_id, gold="supportive")
        for p in predictions[::2]
    ]
    rows = by_key(summarised(predictions, held, Params("auto", 10, 20)))
    row = rows["source", "甲报", "", "rules", "author"]
    assert (row.estimator, row.note, row.labelled) == ("ppi", "", 40)
    assert row.critical == 80
    assert row.estimates["supportive"].value == pytest.approx(1.0)
    unsaid = rows["source", "甲报", "", "rules", "attributed"]
    assert unsaid.estimator == "raw"
    assert "0 of the randomly drawn labels" in unsaid.note
    assert rows["article", "a", "", "rules", "author"].labelled == 20


def test_labels_that_were_not_drawn_at_random_are_not_taken_for_a_sample():
    predictions = [predict("a", i) for i in range(40)]
    held = [held_out(p.sentence_id, gold="supportive") for p in predictions]
    row = by_key(summarised(predictions, held, Params("auto", 10, 20)))[
        "source", "甲报", "", "rules", "author"
    ]
    assert (row.estimator, row.labelled) == ("expected", 0)


def test_answers_of_another_model_are_an_error_that_says_what_to_do():
    with pytest.raises(InputError, match="of model old, the predictions of m; run 'dvc repro"):
        summarised([predict("a", 0)], [held_out(0, model="old")])


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
        summarised(predictions)


def test_main_writes_one_summary_a_line(tmp_path):
    article = Article("a", "a.txt", "utf-8", "plain", "题", "甲报", "", "", "a", "句", ())
    write_jsonl(tmp_path / "articles.jsonl", [article])
    write_jsonl(tmp_path / "predictions.jsonl", [predict("a", 0)])
    (tmp_path / "areas.yaml").write_text(
        "version: v\nareas:\n- {id: rules, zh: 规, en: R, definition_zh: 规, definition_en: r}\n"
    )
    (tmp_path / "params.yaml").write_text(
        "summarise: {estimator: auto, least_labels: 5, least_held_out: 5}"
    )
    names = (
        "params.yaml", "areas.yaml", "articles.jsonl", "predictions.jsonl", "none.jsonl",
        "summaries.jsonl",
    )  # fmt: skip
    main(*(tmp_path / name for name in names))
    rows = read_jsonl(Summary, tmp_path / "summaries.jsonl")
    assert [(r.unit, r.voice, r.critical, r.estimator) for r in rows] == [
        (unit, voice, count, "raw")
        for unit in ("source", "article")
        for voice, count in (("author", 1), ("attributed", 0), ("all", 1))
    ]
