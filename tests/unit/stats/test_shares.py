from hypothesis import given
from hypothesis import strategies as st

from pipeline.records.labels import STANCES, VOICES
from pipeline.records.prediction import AreaAnswer, Prediction
from pipeline.stats.shares import count_unit

AREAS = ("rules", "chips")


def predict(number, voice, areas):
    answers = tuple(AreaAnswer(area, stance, {stance: 1.0}) for area, stance in areas.items())
    return Prediction("a", f"a:{number}", 0, 1, "句", "none", 1.0, voice, 1.0, answers, "m")


def count(predictions):
    return {
        (s.area, s.voice): s for s in count_unit("article", "a", "", predictions, {"a": "a"}, AREAS)
    }


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
    assert (author.net, attributed.net, both.net) == (-1.0, 1.0, -1 / 3)
    assert (author.coverage, attributed.coverage, both.coverage) == (0.5, 0.25, 0.75)
    assert author.sentence_ids == ("a:0", "a:2")


def test_area_that_nobody_addresses_has_a_row_of_zeros():
    row = count([predict(0, "author", {"rules": "neutral"})])["chips", "all"]
    assert (row.addressed, row.coverage, row.net, row.sentence_ids) == (0, 0.0, 0.0, ())
    assert row.sentences == 1


def test_unit_without_sentences_divides_by_nothing():
    assert {(row.coverage, row.net) for row in count([]).values()} == {(0.0, 0.0)}


answers = st.dictionaries(st.sampled_from(AREAS), st.sampled_from(STANCES))


@given(st.lists(st.tuples(st.sampled_from(VOICES), answers), max_size=20))
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
        assert -1 <= both.net <= 1
        assert 0 <= both.coverage <= 1
