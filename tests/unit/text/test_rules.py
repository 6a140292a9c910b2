import pytest

from pipeline.config import load_yaml
from pipeline.errors import InputError
from pipeline.text.rules import parse_rules
from tests.unit.text.rules import CLEANING


def test_a_misspelt_key_is_named():
    data = load_yaml(CLEANING) | {"headings": []}
    with pytest.raises(InputError, match="cleaning.yaml: headings"):
        parse_rules(data, "cleaning.yaml")


def test_a_broken_pattern_is_named():
    data = load_yaml(CLEANING) | {"number_alone": "(["}
    with pytest.raises(InputError, match="pattern"):
        parse_rules(data, "cleaning.yaml")
