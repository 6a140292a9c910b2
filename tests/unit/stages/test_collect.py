from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.records.annotation import read_annotations
from pipeline.records.example import LabelledExample
from pipeline.records.store import read_jsonl, write_json, write_jsonl
from pipeline.stages.collect import collect, consensus, main
from tests.unit.builders import TAXONOMY, annotation, article, sentence

SENTENCES = {"a-1": sentence("a-1"), "a-2": sentence("a-2", text="天气很好。")}
ARTICLES = {"a": article("a", source="甲报", story="s1")}


def collected(*annotations):
    rows = [(f"f.jsonl:{i}", a) for i, a in enumerate(annotations, 1)]
    return collect(rows, SENTENCES, ARTICLES, TAXONOMY)


def test_an_annotation_becomes_an_example_with_its_outlet_and_story():
    examples, rejects = collected(annotation("a-1"))
    assert not rejects
    assert examples[0].areas == {"export_controls": "supportive"}
    assert (examples[0].source, examples[0].story, examples[0].annotators) == ("甲报", "s1", 1)


def test_an_unknown_policy_area_is_a_reject_that_names_the_area_and_the_line():
    examples, rejects = collected(annotation("a-1", areas={"weather": "supportive"}))
    assert not examples
    assert rejects[0].where == "f.jsonl:1"
    assert "weather" in rejects[0].reason and "export_controls" in rejects[0].reason


def test_an_annotation_of_a_vanished_sentence_is_a_reject():
    _, rejects = collected(annotation("gone-1"))
    assert rejects[0].sentence_id == "gone-1"
    assert "no such sentence" in rejects[0].reason


@pytest.mark.parametrize(("areas", "voice"), [({}, "author"), ({"open_source": "neutral"}, None)])
def test_voice_and_areas_must_fit(areas, voice):
    _, rejects = collected(annotation("a-1", areas=areas, voice=voice))
    assert "voice" in rejects[0].reason


def test_the_last_decision_of_an_annotator_counts():
    examples, _ = collected(
        annotation("a-1", created_at="2026-01-01"),
        annotation("a-1", created_at="2026-01-02", areas={"open_source": "critical"}),
    )
    assert [e.areas for e in examples] == [{"open_source": "critical"}]


def test_the_majority_decides_and_disagreement_is_kept():
    decisions = [
        annotation(annotator="a", areas={"export_controls": "critical"}),
        annotation(annotator="b", areas={"export_controls": "supportive"}),
        annotation(annotator="c", areas={"export_controls": "supportive"}, role="premise"),
    ]
    agreed = consensus(decisions, TAXONOMY)
    assert agreed["areas"] == {"export_controls": "supportive"}
    assert agreed["role"] == "claim"
    assert agreed["disagreement"] == pytest.approx(2 / 9)  # 1 of 6 area answers, 1 of 3 roles


def test_a_tie_goes_to_the_earliest_decision():
    late = annotation(annotator="a", created_at="2026-02-01", areas={}, voice=None)
    early = annotation(annotator="b", created_at="2026-01-01")
    assert consensus([late, early], TAXONOMY)["areas"] == {"export_controls": "supportive"}


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
    write_json(folder / "params.yaml", {"collect": {"max_reject_share": 0.5}})
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


def test_an_adjudicated_decision_counts_alone_and_the_blind_answers_differ_from_it() -> None:
    blind = [annotation(annotator=name, role="premise") for name in ("zhou", "wu")]
    decided = annotation(annotator="li", provenance="adjudicated", role="none")
    agreed = consensus([*blind, decided], TAXONOMY)
    assert agreed["role"] == "none" and agreed["annotators"] == 2
    assert agreed["disagreement"] == pytest.approx(2 / (2 * 3))


def test_a_hard_case_counts_when_half_of_the_annotators_name_it() -> None:
    first = annotation(annotator="zhou", hard=("irony", "negation"))
    others = [annotation(annotator=name, hard=("irony",)) for name in ("wu", "li")]
    assert consensus([first, *others], TAXONOMY)["hard"] == ("irony",)


def test_the_chance_of_a_random_draw_is_kept_beside_other_annotations() -> None:
    chosen = annotation(annotator="a", created_at="2026-01-01", sampling_p=None)
    drawn = annotation(annotator="b", created_at="2026-02-01", sampling_p=0.2)
    assert consensus([chosen, drawn], TAXONOMY)["sampling_p"] == 0.2
    assert consensus([chosen], TAXONOMY)["sampling_p"] is None
