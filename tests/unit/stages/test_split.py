from hypothesis import given
from hypothesis import strategies as st

from pipeline.records.source import Source
from pipeline.stages.split import held_out_names, split
from tests.unit.builders import example


def rows(*placed):
    return [
        example(f"{article}-1", article, source=source, story=story)
        for article, source, story in placed
    ]


NONE: frozenset[str] = frozenset()


def test_articles_of_one_outlet_share_a_fold():
    folds = split(rows(("a", "甲报", "1"), ("b", "甲报", "2"), ("c", "甲报", "3")), NONE, 5)
    assert len({f.fold for f in folds}) == 1


def test_a_reprint_goes_where_the_first_article_of_its_story_went():
    outlets = [f"报{i}" for i in range(20)]
    alone = {s: split(rows((f"a{s}", s, s)), NONE, 5)[0].fold for s in outlets}
    other = next(s for s in outlets if alone[s] != alone["报0"])
    folds = {
        f.article_id: f.fold for f in split(rows(("a", "报0", "s"), ("b", other, "s")), NONE, 5)
    }
    assert folds["a"] == folds["b"] == alone["报0"]


def test_a_story_of_a_held_out_outlet_is_held_out_everywhere():
    folds = split(rows(("a", "甲报", "s"), ("b", "乙报", "s"), ("c", "甲报", "t")), {"乙报"}, 5)
    assert {f.article_id: f.held_out for f in folds} == {"a": True, "b": True, "c": False}


def test_held_out_outlets_are_named_in_sources():
    assert held_out_names([Source("甲报", held_out=True), Source("乙报")]) == {"甲报"}


names = st.text("甲乙丙丁", min_size=1, max_size=3)


@given(st.dictionaries(names, names, min_size=1), names, names)
def test_a_new_article_moves_no_other(placed, article, source):
    before = split(rows(*((f"x{a}", s, f"x{a}") for a, s in placed.items())), NONE, 5)
    more = [(f"x{a}", s, f"x{a}") for a, s in placed.items()] + [(f"y{article}", source, "new")]
    after = split(rows(*more), NONE, 5)
    assert [f for f in after if f.article_id[0] == "x"] == before
