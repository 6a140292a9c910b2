"""Which annotations count under the codebook in use."""

from pipeline.annotation.versions import by_version
from tests.unit.builders import annotation

OLD = annotation(created_at="2026-01-01")
CARRIED = annotation(
    created_at="2026-01-01", taxonomy_version="v2", provenance="migrated:adjudicated"
)
AGAIN = annotation(created_at="2026-02-01", taxonomy_version="v2", provenance="label_studio")


def sorted_out(*annotations):
    return by_version([(f"f:{i}", a) for i, a in enumerate(annotations, 1)], "v2")


def test_a_carried_answer_has_the_provenance_that_it_was_given_under():
    found = sorted_out(CARRIED)
    assert [(where, a.provenance) for where, a in found.current] == [("f:1", "adjudicated")]
    assert not found.superseded and not found.outdated


def test_an_old_answer_is_superseded_where_its_sentence_has_a_current_one():
    found = sorted_out(OLD, CARRIED)
    assert found.superseded == [("f:1", OLD)]
    assert not found.outdated


def test_an_old_answer_alone_is_outdated_and_says_what_to_do():
    found = sorted_out(OLD, annotation("a-2", taxonomy_version="v2"))
    assert [(r.where, r.sentence_id) for r in found.outdated] == [("f:1", "a-1")]
    assert "made with codebook v1, this is v2: 'lichang labels migrate'" in found.outdated[0].reason
    assert not found.superseded


def test_a_new_answer_comes_after_the_carried_one_wherever_it_stands():
    for order in ((AGAIN, CARRIED), (CARRIED, AGAIN)):
        assert sorted_out(*order).current[-1][1] == AGAIN
