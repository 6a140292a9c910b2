"""The annotators' guide has its examples for every area and every hard case, with valid answers."""

import re

import pytest

from pipeline.records.hard_case import load_hard_cases
from pipeline.records.labels import ROLES, STANCES, VOICES
from pipeline.records.taxonomy import load_taxonomy
from tests.house.imports import ROOT

AREAS = load_taxonomy(ROOT / "configs/policy_areas.yaml").ids
TAGS = tuple(case.id for case in load_hard_cases(ROOT / "configs/hard_cases.yaml"))
TEXT = (ROOT / "labels/codebook.zh.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(
    r"^- (反?例)：「([^」]+)」→ `([^`]+)` · `([^`]+)` · `([^`]+)` — \S", re.MULTILINE
)


def examples(name: str) -> list[tuple[str, ...]]:
    found = re.search(rf"^#+ {name} [^\n]+\n(.*?)(?=^#|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    return EXAMPLE.findall(found[1]) if found else []


@pytest.mark.parametrize("name", [*AREAS, *TAGS])
def test_a_section_has_two_examples_and_a_counter_example_with_valid_answers(name: str) -> None:
    given = examples(name)
    assert [kind for kind, *_ in given] == ["例", "例", "反例"]
    for _, _, areas, voice, role in given:
        assert role in ROLES
        if areas == "（未涉及）":
            assert voice == "—"
        else:
            assert voice in VOICES
            for pair in areas.split(", "):
                area, stance = pair.split(": ")
                assert area in AREAS and stance in STANCES


@pytest.mark.parametrize("name", AREAS)
def test_an_area_is_addressed_by_its_examples_and_not_by_its_counter_example(name: str) -> None:
    addressed = [f"{name}: " in areas for _, _, areas, *_ in examples(name)]
    assert addressed == [True, True, False]


def test_no_example_stands_twice() -> None:
    sentences = [sentence for _, sentence, *_ in EXAMPLE.findall(TEXT)]
    assert len(sentences) == len(set(sentences)) == 3 * len(AREAS + TAGS)
