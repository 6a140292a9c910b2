from pipeline.pages.versions import versions
from pipeline.records.anchor import Anchor, AnchorAnswer, AnchorRecord

ANCHORS = [Anchor(f"a{i}", f"a{i}", "句", "", "") for i in range(6)]


def record(model, stance="supportive"):
    answers = {a.sentence_id: AnchorAnswer({"rules": stance}, "author") for a in ANCHORS}
    return AnchorRecord(model, "v1", "c0de", ("rules",), answers)


def test_one_version_moves_nothing():
    assert versions(ANCHORS, []) is None
    assert versions(ANCHORS, [record("old"), record("old")]) is None


def test_the_last_two_versions_that_differ_are_compared():
    history = [record("older"), record("old"), record("new", "critical"), record("new", "critical")]
    found = versions(ANCHORS, history)
    assert (found.before, found.now) == ("old · v1 · c0de", "new · v1 · c0de")
    (moved,) = found.moved
    assert (moved.net_before, moved.net_after, moved.changed, moved.sure) == (1.0, -1.0, 6, True)


def test_a_version_that_answers_alike_moves_nothing_surely():
    (moved,) = versions(ANCHORS, [record("old"), record("new")]).moved
    assert (moved.changed, moved.shift.value, moved.sure) == (0, 0.0, False)
