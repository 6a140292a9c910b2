"""`lichang labels sample` on a small project."""

import pytest

from pipeline.commands.sample import sample, sampled_table
from pipeline.errors import InputError
from pipeline.records.drawn import Drawn, read_batches
from pipeline.records.store import read_jsonl, write_jsonl
from tests.unit.builders import annotation, area_answer, article, example, prediction
from tests.unit.commands.small import EACH, OUTLETS, sentences_of, small_project, write_corpus


@pytest.fixture
def project(tmp_path):
    return small_project(tmp_path)


def draw(project, name, size=30, seed=None, again=False):
    sample(project, name, size, seed, again)
    return read_jsonl(Drawn, project.batches / f"{name}.jsonl")


def ids(drawn):
    return {d.sentence_id for d in drawn}


def test_a_batch_shows_what_an_annotator_needs(project):
    line = next(d for d in draw(project, "one") if d.sentence_id == "a-1" or d.context[0])
    where = {s.sentence_id: s for a in OUTLETS for s in sentences_of(a)}[line.sentence_id]
    assert (line.text, line.context) == (where.text, (where.before, where.after))
    assert (line.article_id, line.source, line.title) == (
        where.article_id,
        OUTLETS[where.article_id],
        "标题",
    )
    assert line.taxonomy_version == "v1"


def test_sentences_that_test_are_drawn_once_and_kept(project):
    first = draw(project, "one")
    test = read_batches(project.batches)["test"]
    assert {(d.reason, d.source, d.sampling_p) for d in test} == {("test", "丙报", 6 / EACH)}
    later = draw(project, "two", seed=5, again=True)
    write_corpus(project, [article(i, OUTLETS.get(i, "丙报")) for i in [*OUTLETS, "e"]])
    later += draw(project, "three", size=90)
    assert read_batches(project.batches)["test"] == test
    assert not ids(test) & ids([*first, *later])


def test_what_is_annotated_or_drawn_is_drawn_again_only_when_asked(project):
    write_jsonl(project.annotations / "x.jsonl", [annotation(f"a-{i}") for i in range(EACH)])
    batches = [draw(project, name) for name in ("one", "two")]
    assert not ids(batches[0]) & ids(batches[1])
    assert not {f"a-{i}" for i in range(EACH)} & ids([*batches[0], *batches[1]])
    again = draw(project, "three", again=True)
    assert ids(again) & (ids(batches[0]) | {f"a-{i}" for i in range(EACH)})


def test_probabilities_are_shares_of_what_was_open(project):
    write_jsonl(project.annotations / "x.jsonl", [annotation(f"a-{i}") for i in range(EACH)])
    at_random = [d for d in draw(project, "one") if d.reason == "random"]
    assert len(at_random) == 12
    assert {(d.source, d.sampling_p) for d in at_random} == {
        ("甲报", 4 / EACH), ("乙报", 4 / EACH), ("丙报", 4 / (EACH - 6)),
    }  # fmt: skip


def test_predictions_and_labels_guide_what_is_chosen(project):
    rest = [prediction(s.sentence_id) for a in "abc" for s in sentences_of(a)]
    rare = prediction("c-9", role_p=0.99, voice_p=0.99, areas=(area_answer("open_source", p=0.99),))
    unsure = prediction("b-7", role_p=0.35)
    write_jsonl(project.predictions, [*rest, rare, unsure])
    labels = [example(f"x-{i}", areas={"export_controls": "neutral"}) for i in range(2)]
    write_jsonl(project.labelled, labels)
    reason = {d.sentence_id: d.reason for d in draw(project, "one", size=20)}
    assert (reason["b-7"], reason["c-9"]) == ("uncertain", "rare_area:open_source")


@pytest.mark.parametrize(
    ("name", "message"),
    [("one", "already"), ("test", "drawn once"), ("../x", "letters"), ("", "letters")],
)
def test_a_name_that_is_taken_or_no_name_is_refused(project, name, message):
    before = draw(project, "one")
    with pytest.raises(InputError, match=message):
        sample(project, name, 10, None, False)
    assert read_jsonl(Drawn, project.batches / "one.jsonl") == before


def test_when_nothing_is_left_it_says_so_and_writes_nothing(project):
    sample(project, "all", 500, None, False)
    with pytest.raises(InputError, match="every sentence is annotated or drawn"):
        sample(project, "more", 5, None, False)
    assert set(read_batches(project.batches)) == {"all", "test"}


def test_before_the_graph_ran_it_says_what_to_run(project):
    project.sentences.unlink()
    with pytest.raises(InputError, match="dvc repro segment"):
        sample(project, "one", 5, None, False)


def test_a_malformed_annotation_is_named_before_anything_is_drawn(project):
    project.annotations.mkdir(parents=True)
    (project.annotations / "x.jsonl").write_text("{}\n")
    with pytest.raises(InputError, match=r"x\.jsonl:1"):
        sample(project, "one", 5, None, False)


def test_the_table_counts_strategies_and_sources(project):
    table = sampled_table(sample(project, "one", 40, None, False))
    assert "| random | 16 | 16 |" in table
    assert f"| 丙报 | {EACH - 6} | 5 | {5 / (EACH - 6):.4f} | 0 | 6 |" in table
    assert "no predictions: 'dvc repro predict'" in table
    assert (
        "stayed" not in table
        and "no random sentence" not in table
        and "no sentence tests" not in table
    )
    few = sampled_table(sample(project, "few", 4, None, False))
    assert "1 of 3 sources: no random sentence" in few
    more = sampled_table(sample(project, "two", 500, None, False))
    assert "places stayed empty" in more
