"""The agreement of invented annotators, as figures and as a report."""

import json
from typing import Any

import pytest

from pipeline.annotation.agreement_report import Settings, report_agreement
from pipeline.annotation.agreement_text import as_json, as_text
from pipeline.annotation.decisions import last_decisions
from pipeline.errors import InputError
from pipeline.records.annotation import Annotation
from tests.unit.builders import TAXONOMY, annotation, sentence

SETTINGS = Settings(draws=50, bar=0.667, least=3, worst=5)
SENTENCES = {
    f"{article}-{n}": sentence(f"{article}-{n}", article) for article in "abcd" for n in range(5)
}


def answers(name: str, **changed: dict[str, Any]) -> list[Annotation]:
    """An answer to every sentence: the first of an article supports, the others address nothing."""
    found = []
    for sentence_id in SENTENCES:
        areas = {"export_controls": "supportive"} if sentence_id.endswith("0") else {}
        own = {"areas": areas, "voice": "author" if areas else None}
        own |= changed.get(sentence_id.replace("-", ""), {})
        found.append(annotation(sentence_id, annotator=name, **own))
    return found


def report(*lines: list[Annotation], **changed: Any) -> Any:
    blind = last_decisions([a for own in lines for a in own])
    settings = Settings(**(vars(SETTINGS) | changed))
    return report_agreement(blind, SENTENCES, TAXONOMY.ids, settings)


CRITIC = {"areas": {"export_controls": "critical"}, "voice": "attributed"}


def test_a_question_is_measurable_when_alpha_reaches_the_bar_on_enough_units() -> None:
    found = report(answers("wu"), answers("zhou")).questions
    assert found["export_controls"].not_measurable == ""
    assert found["export_controls"].agreement.alpha.value == 1
    assert found["export_controls"].addressed == 4


def test_too_few_addressed_units_say_nothing_however_many_are_not_addressed() -> None:
    found = report(answers("wu"), answers("zhou"), least=5).questions["export_controls"]
    assert found.agreement.units == 20
    assert found.not_measurable == "only 4 units with two answers address it, 5 are wanted"
    nobody = report(answers("wu"), answers("zhou")).questions["open_source"]
    assert nobody.not_measurable.startswith("only 0 units")


def test_alpha_under_the_bar_is_marked_with_its_value() -> None:
    found = report(answers("wu"), answers("zhou", a0=CRITIC, b0=CRITIC, c0=CRITIC))
    area = found.questions["export_controls"]
    assert area.agreement.alpha.value < 0.667
    assert area.not_measurable == f"alpha {area.agreement.alpha.value:.3f} is below 0.667"
    assert f"not measurable yet: {area.not_measurable} |" in as_text(found)


def test_answers_that_are_all_alike_measure_nothing() -> None:
    found = report(answers("wu"), answers("zhou")).questions["stance"]
    assert found.not_measurable == "all answers are alike"


def test_every_two_annotators_with_a_sentence_in_common_are_a_pair() -> None:
    found = report(answers("wu"), answers("zhou")[:10], answers("li", a0=CRITIC)[:5])
    assert [(p.first, p.second, p.sentences) for p in found.pairs] == [
        ("li", "wu", 5),
        ("li", "zhou", 5),
        ("wu", "zhou", 10),
    ]
    assert found.pairs[0].questions["stance"].observed.value == 0
    assert found.pairs[2].questions["stance"].observed.value == 1


def test_the_figures_are_json_without_nan() -> None:
    found = as_json(report(answers("wu"), answers("zhou", a0=CRITIC)))
    read = json.loads(json.dumps(found, allow_nan=False))
    assert read["questions"]["open_source"]["alpha"]["value"] is None
    assert read["questions"]["stance"]["observed"]["value"] == 0.75
    assert read["questions"]["stance"]["units"] == 4
    assert read["ceiling"]["role_f1"]["value"] == 1
    assert read["worst"][0]["answers"]["zhou"]["areas"] == {"export_controls": "critical"}


def test_the_report_names_every_answer_to_what_is_contested() -> None:
    text = as_text(report(answers("wu"), answers("zhou", a0=CRITIC)))
    assert "`a-0`, 2 answers differ: 芯片管制收紧。" in text
    assert "- wu: export_controls supportive; voice author; role claim" in text
    assert "- zhou: export_controls critical; voice attributed; role claim" in text
    assert "`b-0`" not in text


def test_answers_given_with_a_prediction_in_view_are_counted() -> None:
    seen = [annotation(i, annotator="li", saw_prediction=True) for i in ("a-0", "a-1")]
    found = report(answers("wu"), answers("zhou"), seen)
    assert (found.prefilled, found.answers) == (2, 42)


def test_without_double_coding_there_is_nothing_to_measure() -> None:
    with pytest.raises(InputError, match="no sentence has two blind answers"):
        report(answers("wu"))
