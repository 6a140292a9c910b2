import json
import math

import pytest

from pipeline.errors import InputError
from pipeline.records.page import Doubt
from pipeline.records.quality import Quality, read_quality

FIGURE = {"value": 0.6, "low": 0.5, "high": 0.7}


def read(folder, least=0.667):
    return read_quality(folder / "m.json", folder / "l.json", folder / "t.json", least)


def test_nothing_was_measured_where_no_report_is_there(tmp_path):
    assert read(tmp_path) == Quality()


def test_an_area_below_the_bar_is_in_doubt_with_the_reason_in_both_languages(tmp_path):
    areas = [
        {"area": "rules", "not_reliable": "few", "not_reliable_zh": "太少"},
        {"area": "old", "not_reliable": "few"},
        {"area": "chips", "not_reliable": ""},
    ]
    (tmp_path / "m.json").write_text(json.dumps({"areas": areas, "worst": [1]}))
    assert read(tmp_path).doubts == {"rules": Doubt("太少", "few"), "old": Doubt("few", "few")}


def test_an_area_on_which_people_do_not_agree_is_in_doubt(tmp_path):
    row = {"units": 9, "alpha": FIGURE, "ac1": FIGURE, "observed": FIGURE}
    (tmp_path / "l.json").write_text(json.dumps({"agreement": {"rules": row}, "coverage": []}))
    assert (
        read(tmp_path).doubts["rules"].en == "two blind readings agree with alpha 0.60, below 0.667"
    )
    assert read(tmp_path, least=0.6).doubts == {}


def test_what_could_not_be_measured_is_no_number_and_raises_no_doubt(tmp_path):
    row = {"units": 1, "alpha": dict.fromkeys(FIGURE), "ac1": FIGURE, "observed": FIGURE}
    (tmp_path / "l.json").write_text(json.dumps({"agreement": {"rules": row}}))
    found = read(tmp_path)
    assert math.isnan(found.labels.agreement["rules"].alpha.value)
    assert found.doubts == {}


@pytest.mark.parametrize("content", ["{", "[]", '{"headline": 3}', '{"areas": [{"f1": 1}]}'])
def test_a_broken_report_is_named(tmp_path, content):
    (tmp_path / "m.json").write_text(content)
    with pytest.raises(InputError, match=r"cannot read quality figures from .*m\.json"):
        read(tmp_path)
