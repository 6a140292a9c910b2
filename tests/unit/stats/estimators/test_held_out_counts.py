from pipeline.records.held_out import HeldOut
from pipeline.stats.estimators.held_out_counts import held_out_counts


def answer(number, story, source, gold, voice, given, given_voice="author"):
    return HeldOut(str(number), story, source, story, None, gold, voice, given, given_voice, "m")


ANSWERS = [
    answer(0, "x", "甲", {"rules": "critical"}, "author", {"rules": "supportive"}),
    answer(1, "x", "甲", {}, None, {"chips": "neutral"}),
    answer(2, "y", "乙", {"rules": "critical"}, "attributed", {"rules": "critical"}),
]


def test_held_out_answers_are_counted_by_story_area_truth_and_answer():
    found = held_out_counts(ANSWERS, ("rules", "chips"), "all")
    assert found.counts.shape == (2, 2, 4, 4)
    assert found.counts[0, 0, 1, 0] == 1  # critical answered as supportive
    assert found.counts[0, 0, 3, 3] == 1 and found.counts[0, 1, 3, 2] == 1
    assert found.counts[1, 0, 1, 1] == 1
    assert found.counts.sum() == len(ANSWERS) * 2
    assert len(set(found.outlet.tolist())) == 2


def test_what_another_voice_says_is_not_addressed():
    found = held_out_counts(ANSWERS, ("rules",), "author").counts.sum(axis=(0, 1))
    assert found[1, 0] == 1  # the author's
    assert found[3, 1] == 1  # said by another, answered as the author's
