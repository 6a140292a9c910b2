"""Near-duplicates and repeated phrases."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.likeness import near_duplicates, repeated_runs

LONG = "该计划要求各部门在九十天内清理阻碍创新的规则并公布清单"


def test_a_sentence_with_one_word_changed_is_a_near_duplicate() -> None:
    pairs = list(
        near_duplicates([LONG, LONG.replace("清单", "名录"), "完全不同的另一句话在此"], 0.8)
    )
    assert [(i, j) for i, j, _ in pairs] == [(0, 1)]


def test_punctuation_and_spaces_do_not_hide_a_duplicate() -> None:
    assert list(near_duplicates([LONG, "，".join(LONG) + "。"], 0.8))[0][2] == 1


@given(st.lists(st.text("甲乙丙丁", min_size=5, max_size=12), max_size=8))
def test_likeness_is_that_of_the_definition(texts: list[str]) -> None:
    def grams(text: str) -> set[str]:
        return {text[i : i + 5] for i in range(len(text) - 4)}

    expected = {
        (i, j)
        for j in range(len(texts))
        for i in range(j)
        if len(grams(texts[i]) & grams(texts[j])) / len(grams(texts[i]) | grams(texts[j])) > 0.5
    }
    assert {(i, j) for i, j, _ in near_duplicates(texts, 0.5)} == expected


def test_a_phrase_in_too_many_articles_is_found_once_an_article() -> None:
    texts = [LONG, LONG, LONG, "别的话"]
    found = repeated_runs(texts, ["a", "a", "b", "c"], 12, 1, ())
    assert found and all(count == 2 for _, count in found)
    assert not repeated_runs(texts, ["a", "a", "b", "c"], 12, 2, ())


def test_titles_and_latin_names_are_no_phrases() -> None:
    texts = ["《赢得竞赛：美国人工智能行动计划》", "《赢得竞赛：美国人工智能行动计划》说"]
    assert not repeated_runs(texts, ["a", "b"], 8, 1, ())


def test_a_long_name_may_recur():
    texts = ["山水机关与协调委员会负责此事。", "昨天山水机关与协调委员会没有回应。"]
    assert repeated_runs(texts, ["a", "b"], 8, 1, ())
    assert not repeated_runs(texts, ["a", "b"], 8, 1, ["山水机关与协调委员会"])
