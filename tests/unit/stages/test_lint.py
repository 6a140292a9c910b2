"""What the lint of the labels finds."""

from typing import Any

from pipeline.annotation.agreed import agreement_table
from pipeline.annotation.consensus import MAJORITY
from pipeline.records.annotation import Annotation
from pipeline.records.fold import Fold
from pipeline.records.hard_case import HardCase
from pipeline.stages.collect import collect
from pipeline.stages.lint import LabelReport, Params, lint, report_text
from pipeline.stats.coverage import Wanted
from tests.unit.builders import TAXONOMY, annotation, article, sentence

NOTHING = Wanted(0, 0, 0, 0, 0, 0, 0.0, 0.0)
CASES = (HardCase("irony", "反讽", "irony"),)
FOLDS = [Fold("a", 0, False), Fold("b", 1, False)]


def report(
    annotations: list[Annotation],
    texts: dict[str, str],
    wanted: Wanted = NOTHING,
    sources: tuple[str, str] = ("甲报", "乙报"),
) -> LabelReport:
    sentences = {i: sentence(i, i[0], text) for i, text in texts.items()}
    articles = {"a": article("a", sources[0]), "b": article("b", sources[1])}
    placed = [(f"file:{n}", a) for n, a in enumerate(annotations, 1)]
    found = collect(placed, sentences, articles, TAXONOMY, MAJORITY)
    params = Params(0.8, 12, 6, (), 50, wanted)
    return lint(placed, [], found.examples, sentences, FOLDS, TAXONOMY, CASES, params)


def problems(*annotations: Annotation, **settings: Any) -> str:
    texts = settings.pop("texts", {a.sentence_id: a.text for a in annotations})
    return "\n".join(report(list(annotations), texts, **settings).problems)


def test_clean_labels_have_no_problem() -> None:
    assert problems(annotation("a-1"), annotation("b-1", text="开放权重的模型。")) == ""


def test_each_fault_is_named_with_its_place() -> None:
    assert "file:1: the text is not that" in problems(annotation(), texts={"a-1": "别的句子。"})
    assert "file:1: unknown hard case 'odd'" in problems(annotation(hard=("odd",)))
    assert "made with codebook v0, this is v1" in problems(annotation(taxonomy_version="v0"))
    assert "file:2: zhou gave this answer at file:1" in problems(annotation(), annotation())
    assert not problems(annotation(), annotation(created_at="2026-01-02T00:00:00Z"))
    assert "unknown policy area 'tax'" in problems(annotation(areas={"tax": "neutral"}))
    assert "no such sentence" in problems(annotation(), texts={})


def test_near_duplicates_are_named() -> None:
    same = "管制措施收紧之后各家企业都在另寻出路"
    found = problems(annotation("a-1", text=same), annotation("b-1", text=same + "了"))
    assert "a-1 and b-1 are nearly the same" in found


def test_an_outlet_in_two_folds_is_a_leak() -> None:
    both = (annotation("a-1"), annotation("b-1", text="开放权重的模型。"))
    assert "source '甲报' stands in more than one fold" in problems(*both, sources=("甲报", "甲报"))


def test_short_coverage_is_a_problem_and_marked_in_the_table() -> None:
    wanted = Wanted(1, 1, 0, 0, 1, 0, 0.0, 0.0)
    found = report([annotation()], {"a-1": "芯片管制收紧。"}, wanted)
    assert "coverage: export_controls critical: 0 of 1" in found.problems
    assert "coverage: hard case irony: 0 of 1" in found.problems
    assert "coverage: sentences: 1 of 1" not in found.problems
    assert "| export_controls critical | 0 | 1 | short |" in report_text(found, [])


def test_agreement_is_of_blind_answers_only() -> None:
    first = annotation(annotator="zhou")
    second = annotation(annotator="wu", areas={"export_controls": "critical"})
    decided = annotation(annotator="li", provenance="adjudicated")
    alone = report([first, decided], {"a-1": first.text})
    both = report([first, second, decided], {"a-1": first.text})
    assert not alone.agreement
    assert not alone.ceiling
    assert both.agreement["export_controls"].observed.value == 0
    assert both.agreement["role"].observed.value == 1
    assert both.ceiling["role_f1"].value == 1
    assert both.ceiling["four_way_f1"].value < 1
    assert "| export_controls | 1 |" in agreement_table(both.agreement)
