"""`lichang labels audit` on answers that a model pulled, by as much as the test says."""

import json
import random

import pytest

from pipeline.commands.audit import audit, audit_table
from pipeline.errors import InputError
from pipeline.records.annotation import Annotation, Prefill
from pipeline.records.store import write_jsonl
from tests.unit.builders import annotation, article
from tests.unit.commands.small import EACH, small_project, write_corpus

ARTICLES = [f"x{i}" for i in range(40)]
RIGHT, WRONG = {"export_controls": "supportive"}, {"open_source": "critical"}


@pytest.fixture
def project(tmp_path):
    made = small_project(tmp_path)
    write_corpus(made, [article(i) for i in ARTICLES])
    return made


def annotators(sentence_id: str, chance: random.Random) -> list[Annotation]:
    """One who may see a model that errs in four of ten and then yields in half, and one blind."""
    model = WRONG if chance.random() < 0.4 else RIGHT
    shown = chance.random() < 0.5
    yields = shown and model is WRONG and chance.random() < 0.5
    first = annotation(
        sentence_id, annotator="zhou", areas=model if yields else RIGHT,
        prefill=Prefill("m-1", shown, model, "author", "claim"), saw_prediction=shown,
        seconds=chance.uniform(4, 6) + (0 if shown else 5),
    )  # fmt: skip
    return [first, annotation(sentence_id, annotator="wu", areas=RIGHT)]


def annotate(project, *changed: Annotation) -> None:
    chance = random.Random(0)
    lines = [a for x in ARTICLES for i in range(EACH) for a in annotators(f"{x}-{i}", chance)]
    write_jsonl(project.annotations / "x.jsonl", [*lines, *changed])


def test_the_pull_of_the_model_is_measured(project):
    annotate(project)
    report = audit(project)
    assert (report.answers, report.articles, report.models) == (EACH * 40, 40, ("m-1",))
    pull, corrected = report.agreement["areas"], report.corrections["areas"]
    assert pull.shown_n + pull.hidden_n == report.answers
    assert pull.difference.low < 0.4 * 0.5 < pull.difference.high
    assert corrected.shown.low < 0.5 < corrected.shown.high and corrected.hidden.value == 1
    assert report.agreement["role"].difference.value == 0
    assert report.seconds.difference.low < -5 < report.seconds.difference.high


def test_the_report_is_kept_as_json_and_shown_as_a_table(project):
    annotate(project, annotation("gone-1", prefill=Prefill("m-1", True, RIGHT, "author", "claim")))
    report = audit(project)
    kept = json.loads((project.audit / "audit.json").read_text(encoding="utf-8"))
    assert (
        kept["agreement"]["areas"]["difference"]["value"]
        == report.agreement["areas"].difference.value
    )
    assert kept["corrections"]["voice"] is None
    table = audit_table(report)
    assert f"| seconds a sentence (median) | {report.seconds.shown_n} |" in table
    assert "| model wrong, answer differs: voice | | | nothing to compare | | |" in table
    assert "1 answers left out" in table and "too narrow" not in table


@pytest.mark.parametrize(
    ("shown", "message"),
    [
        ((), "nothing to audit: no annotation holds a prefill"),
        ((True, True), "the prefill of all 2 answers was shown"),
        ((False, False), "the prefill of all 2 answers was hidden"),
    ],
)
def test_with_nothing_to_compare_it_says_what_to_do(project, shown, message):
    lines = [annotation("x0-0", annotator="wu")]
    lines += [
        annotation(f"x0-{i}", prefill=Prefill("m", s, {}, None, None)) for i, s in enumerate(shown)
    ]
    write_jsonl(project.annotations / "x.jsonl", lines)
    with pytest.raises(InputError, match=message):
        audit(project)
    assert not project.audit.exists()


def test_few_articles_are_said_to_be_few(project):
    lines = [
        annotation(f"x0-{i}", prefill=Prefill("m", i % 2 == 0, {}, None, None)) for i in range(9)
    ]
    write_jsonl(project.annotations / "x.jsonl", lines)
    assert "fewer than 20 articles" in audit_table(audit(project))
