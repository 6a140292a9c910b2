import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotation.answers import read_answer, to_results
from pipeline.errors import InputError
from pipeline.records.labels import ROLES, STANCES, VOICES
from pipeline.records.taxonomy import load_taxonomy
from tests.house.imports import ROOT

TAXONOMY = load_taxonomy(ROOT / "configs/policy_areas.yaml")
AREAS = st.dictionaries(st.sampled_from(TAXONOMY.ids), st.sampled_from(STANCES))


@given(AREAS, st.sampled_from(VOICES), st.sampled_from(ROLES), st.booleans())
def test_an_answer_comes_back_from_its_results_as_it_was(areas, voice, role, unsure):
    answer = read_answer(to_results(areas, voice, role, unsure), TAXONOMY)
    assert (answer.areas, answer.role, answer.unsure) == (areas, role, unsure)
    assert answer.voice == (voice if areas else None)


@given(AREAS, st.sampled_from(ROLES), st.data())
def test_what_is_missing_or_doubled_is_refused_and_never_filled_in(areas, role, data):
    whole = to_results(areas, "author", role)
    cut = data.draw(st.integers(0, len(whole) - 1))
    if len(areas) < 2 or cut >= len(areas):
        with pytest.raises(InputError):
            read_answer(whole[:cut] + whole[cut + 1 :], TAXONOMY)
    other = {"value": {"choices": ["something else"]}}
    with pytest.raises(InputError, match="two answers to"):
        read_answer([*whole, whole[cut] | other], TAXONOMY)


@pytest.mark.parametrize("results", [None, "text", [1], [{"from_name": "role"}], [{"value": {}}]])
def test_what_is_no_list_of_choices_is_refused(results):
    with pytest.raises(InputError):
        read_answer(results, TAXONOMY)
