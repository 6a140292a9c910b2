import json
from pathlib import Path

import pytest

from pipeline.annotation.consensus import DAWID_SKENE, MAJORITY
from pipeline.errors import InputError
from pipeline.records.annotation import read_annotations
from pipeline.records.example import LabelledExample
from pipeline.records.store import read_jsonl, write_json, write_jsonl
from pipeline.stages.collect import Collected, collect, main
from tests.unit.builders import TAXONOMY, annotation, article, sentence

SENTENCES = {"a-1": sentence("a-1"), "a-2": sentence("a-2", text="天气很好。")}
ARTICLES = {"a": article("a", source="甲报", story="s1")}


def collected(*annotations, rule=MAJORITY) -> Collected:
    rows = [(f"f.jsonl:{i}", a) for i, a in enumerate(annotations, 1)]
    return collect(rows, SENTENCES, ARTICLES, TAXONOMY, rule)


def test_an_annotation_becomes_an_example_with_its_outlet_and_story():
    found = collected(annotation("a-1"))
    assert not found.rejects
    example = found.examples[0]
    assert example.areas == {"export_controls": "supportive"}
    assert (example.source, example.story, example.annotators) == ("甲报", "s1", 1)


def test_an_unknown_policy_area_is_a_reject_that_names_the_area_and_the_line():
    found = collected(annotation("a-1", areas={"weather": "supportive"}))
    assert not found.examples
    assert found.rejects[0].where == "f.jsonl:1"
    reason = found.rejects[0].reason
    assert "weather" in reason and "export_controls" in reason


def test_an_annotation_of_a_vanished_sentence_is_a_reject():
    rejects = collected(annotation("gone-1")).rejects
    assert rejects[0].sentence_id == "gone-1"
    assert "no such sentence" in rejects[0].reason


@pytest.mark.parametrize(("areas", "voice"), [({}, "author"), ({"open_source": "neutral"}, None)])
def test_voice_and_areas_must_fit(areas, voice):
    rejects = collected(annotation("a-1", areas=areas, voice=voice)).rejects
    assert "voice" in rejects[0].reason


def test_the_last_decision_of_an_annotator_counts():
    found = collected(
        annotation("a-1", created_at="2026-01-01"),
        annotation("a-1", created_at="2026-01-02", areas={"open_source": "critical"}),
    )
    assert [e.areas for e in found.examples] == [{"open_source": "critical"}]


def test_what_decided_is_counted_and_an_annotator_who_adjudicates_stays_a_blind_one():
    found = collected(
        annotation("a-1"),
        annotation("a-1", annotator="wu", role="none"),
        annotation("a-1", provenance="adjudicated", role="none"),
        annotation("a-2"),
    )
    assert found.decided_by == {"adjudicated": 1, "majority": 1}
    assert [(e.role, e.annotators) for e in found.examples] == [("none", 2), ("claim", 1)]


def test_a_malformed_line_is_named_and_the_others_are_read(tmp_path):
    write_jsonl(tmp_path / "x.jsonl", [annotation()])
    with (tmp_path / "x.jsonl").open("ab") as file:
        file.write(b'{"sentence_id": 3}\n\xff\xfe\n')
    good, bad = read_annotations(tmp_path)
    assert len(good) == 1
    assert [reject.where for reject in bad] == ["x.jsonl:2", "x.jsonl:3"]


def test_a_folder_without_annotations_is_an_error(tmp_path):
    with pytest.raises(InputError, match="no annotation file"):
        read_annotations(tmp_path)


def written(folder: Path, annotations) -> list[Path]:
    (folder / "annotations").mkdir()
    write_jsonl(folder / "annotations/x.jsonl", annotations)
    write_jsonl(folder / "articles.jsonl", ARTICLES.values())
    write_jsonl(folder / "sentences.jsonl", SENTENCES.values())
    write_json(
        folder / "params.yaml", {"collect": {"max_reject_share": 0.5, "consensus": MAJORITY}}
    )
    areas = [{"id": a.id, "zh": a.zh, "en": a.en, "definition_zh": "", "definition_en": ""}
             for a in TAXONOMY.areas]  # fmt: skip
    write_json(folder / "areas.yaml", {"version": "v1", "areas": areas})
    names = ("params.yaml", "areas.yaml", "annotations", "articles.jsonl", "sentences.jsonl",
             "labelled.jsonl", "report.json")  # fmt: skip
    return [folder / name for name in names]


def test_rejects_are_counted_and_printed(tmp_path, capsys):
    main(*written(tmp_path, [annotation("a-1"), annotation("gone-1")]))
    assert len(read_jsonl(LabelledExample, tmp_path / "labelled.jsonl")) == 1
    assert "rejected annotation x.jsonl:2" in capsys.readouterr().err


def test_too_many_rejects_stop_the_stage_and_leave_no_output(tmp_path):
    with pytest.raises(InputError, match="2 of 3 annotations are unusable"):
        main(*written(tmp_path, [annotation("a-1"), annotation("x"), annotation("y")]))
    assert not (tmp_path / "labelled.jsonl").exists()


@pytest.mark.parametrize("rule", [MAJORITY, DAWID_SKENE])
def test_the_rule_is_a_setting_and_what_it_could_not_decide_is_told(tmp_path, capsys, rule):
    several = [annotation("a-1", annotator=name) for name in ("li", "wu", "zhou")]
    paths = written(tmp_path, [*several, annotation("a-2")])
    write_json(paths[0], {"collect": {"max_reject_share": 0.5, "consensus": rule}})
    main(*paths)
    told = capsys.readouterr().out
    if rule == MAJORITY:
        assert "Dawid" not in told
        counts = {"majority": 2}
    else:
        assert "decided 1 sentences; the majority 1, which fewer than 3" in told
        counts = {"dawid_skene": 1, "majority": 1}
    assert json.loads(paths[-1].read_text(encoding="utf-8"))["decided_by"] == counts


def test_an_unknown_rule_is_an_error(tmp_path):
    paths = written(tmp_path, [annotation("a-1")])
    write_json(paths[0], {"collect": {"max_reject_share": 0.5, "consensus": "best"}})
    with pytest.raises(InputError, match="collect: consensus: .*'majority' or 'dawid_skene'"):
        main(*paths)


def test_an_answer_under_the_codebook_in_use_supersedes_an_older_one(tmp_path, capsys):
    old = annotation("a-1", taxonomy_version="v0", areas={"gone": "critical"})
    carried = annotation("a-1", provenance="migrated:authored")
    main(*written(tmp_path, [old, carried]))
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["superseded"], report["rejects"], report["examples"]) == (1, [], 1)
    assert "rejected" not in capsys.readouterr().err


def test_rejects_of_one_reason_are_one_line_and_all_named_in_the_report(tmp_path, capsys):
    old = [annotation(f"a-{i}", taxonomy_version="v0") for i in (1, 2)]
    current = [annotation(f"a-{i}", annotator="wu") for i in (1, 2)]
    gone = [annotation(f"gone-{i}") for i in range(3)]
    main(*written(tmp_path, [*gone, *old, *current]))
    assert "rejected annotation x.jsonl:1 and 2 more: no such sentence" in capsys.readouterr().err
    report = json.loads((tmp_path / "report.json").read_text())
    assert [r["where"] for r in report["rejects"]] == ["x.jsonl:1", "x.jsonl:2", "x.jsonl:3"]


def test_answers_of_an_older_codebook_alone_stop_the_stage_and_say_what_to_do(tmp_path):
    with pytest.raises(InputError, match="codebook v0, this is v1: 'lichang labels migrate'"):
        main(*written(tmp_path, [annotation("a-1", taxonomy_version="v0")]))


def test_the_chance_of_a_random_draw_is_kept_beside_other_annotations(tmp_path):
    chosen = annotation("a-1", annotator="li", created_at="2026-01-01", sampling_p=None)
    drawn = annotation("a-1", annotator="wu", created_at="2026-02-01", sampling_p=0.2)
    main(*written(tmp_path, [chosen, drawn, annotation("a-2", sampling_p=None)]))
    found = read_jsonl(LabelledExample, tmp_path / "labelled.jsonl")
    assert [(e.sampling_p, e.drawn_at) for e in found] == [(0.2, "2026-02-01"), (None, "")]
