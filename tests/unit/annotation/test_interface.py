from dataclasses import replace
from xml.etree import ElementTree

import pytest

from pipeline.annotation.interface import keyless, labeling_config
from pipeline.errors import InputError
from pipeline.records.labels import STANCES
from pipeline.records.taxonomy import PolicyArea, Taxonomy, load_taxonomy
from tests.house.imports import ROOT

TAXONOMY = load_taxonomy(ROOT / "configs/policy_areas.yaml")


def many(count: int) -> Taxonomy:
    areas = tuple(PolicyArea(f"area_{i}", f"领域{i}", f"Area {i}", "甲", "a") for i in range(count))
    return Taxonomy("v1", areas)


def test_the_committed_screen_is_that_of_the_policy_areas():
    committed = (ROOT / "labels/label_studio.xml").read_text(encoding="utf-8")
    assert committed == labeling_config(TAXONOMY), "run 'lichang labels interface'"


def test_every_answer_has_a_key_and_no_key_serves_twice():
    tree = ElementTree.fromstring(labeling_config(many(12)))
    keys = [choice.get("hotkey") for choice in tree.iter("Choice")]
    assert None not in keys
    assert len(set(keys)) == len(keys) == 12 * 3 + 2 + 3 + 2


def test_areas_past_the_twelfth_are_asked_without_a_key():
    taxonomy = many(15)
    tree = ElementTree.fromstring(labeling_config(taxonomy))
    assert keyless(taxonomy) == ("area_12", "area_13", "area_14")
    for question in tree.iter("Choices"):
        if question.get("name") in taxonomy.ids:
            stored = [choice.get("alias") for choice in question.iter("Choice")]
            assert stored == list(STANCES)
    assert sum(choice.get("hotkey") is None for choice in tree.iter("Choice")) == 9


def test_names_of_areas_with_markup_stay_text():
    area = replace(TAXONOMY.areas[0], zh='<b>"监管"</b> & 其他')
    tree = ElementTree.fromstring(labeling_config(Taxonomy("v1", (area,))))
    assert area.zh in [header.get("value") for header in tree.iter("Header")]


@pytest.mark.parametrize("wrong", ["role", "no_area", "export-controls", "1st", ""])
def test_an_area_that_cannot_name_a_question_is_an_error(wrong):
    area = replace(TAXONOMY.areas[0], id=wrong)
    with pytest.raises(InputError, match="can't name a question"):
        labeling_config(Taxonomy("v1", (area,)))


def test_title_and_outlet_stand_in_the_folded_panel_only():
    tree = ElementTree.fromstring(labeling_config(TAXONOMY))
    folded = {text.get("name") for text in tree.find("Collapse").iter("Text")}
    assert folded == {"title", "source"}
    everywhere = [text.get("name") for text in tree.iter("Text")]
    assert everywhere.count("title") == everywhere.count("source") == 1
