import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records.summary import Estimate
from pipeline.templates import assets
from pipeline.templates.formats import interval, percent, probability, signed
from tests.house.imports import ROOT

VENDOR = ROOT / "pipeline/templates/vendor"
BUILT = "2119b545f27a9895968a28af0f939be96e2236740519f1999e3659833d4e44cc"


def test_the_chart_library_is_the_one_that_make_charts_builds():
    content = (VENDOR / "echarts.js").read_bytes()
    version = json.loads((VENDOR / "package.json").read_text())["dependencies"]["echarts"]
    assert sha256(content).hexdigest() == BUILT, "build anew with 'make charts', or restore it"
    assert f"Apache ECharts {version} (Apache-2.0)" in content[:200].decode()
    assert f'"{version}"'.encode() in content
    assert len(content) < 1_000_000


def test_the_library_is_locked_with_its_hashes():
    lock = json.loads((VENDOR / "package-lock.json").read_text())
    packages = {name: p for name, p in lock["packages"].items() if name}
    assert all(p["integrity"].startswith("sha512-") for p in packages.values())
    assert "resolved" not in json.dumps(lock)


def test_a_site_takes_the_licences_of_the_library_with_it():
    names = {name for name, _ in assets()}
    assert {"vendor/echarts.js", "vendor/LICENSE.echarts", "vendor/NOTICE.echarts"} <= names
    assert not any("package" in name or name.endswith("charts.js/") for name in names)


def test_no_asset_names_another_machine():
    for name, content in assets():
        if not name.startswith("vendor/"):
            assert "http" not in content.replace("http://www.w3.org/2000/svg", ""), name


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.5, "+0.50"), (-0.254, "−0.25"), (0.0, "0.00"), (-0.001, "0.00"), (1.0, "+1.00"),
     (0.125, "+0.13"), (-0.125, "−0.13")],
)  # fmt: skip
def test_a_net_stance_is_shown_with_its_sign(value, shown):
    assert signed(value) == shown


def test_halves_are_rounded_up_as_the_pages_scripts_do():
    assert (percent(0.125), percent(0.005), percent(1)) == ("13%", "<1%", "100%")
    assert probability(0.625) == "0.63"


@given(st.floats(0, 1))
def test_a_share_that_is_not_nothing_is_not_shown_as_nothing(share):
    assert (percent(share) == "0%") == (share == 0)


def test_an_interval_that_is_not_known_is_not_shown():
    assert interval(Estimate(0.2)) == ""
    assert interval(Estimate(0.2, -0.1, 0.5)) == "[−0.10, +0.50]"
