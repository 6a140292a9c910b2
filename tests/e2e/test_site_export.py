"""What a reader takes along: tables as CSV and JSON, charts as SVG, pages on paper."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from pipeline.pages.names import area_href, source_href

pytestmark = pytest.mark.browser


@pytest.fixture
def page(watched):
    return watched.page


def saved(page, button) -> tuple[str, str]:
    with page.expect_download() as waiting:
        button.click()
    return waiting.value.suggested_filename, waiting.value.path().read_text(encoding="utf-8")


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_the_matrix_is_saved_whole_in_every_voice(site, page):
    page.goto(site.uri("index.html"))
    name, text = saved(page, page.locator("#matrix [data-export=json]"))
    rows = json.loads(text)
    assert name == "lichang-matrix.json"
    counted = sum(row[s] for row in rows if row["voice"] == "all"
                  for s in ("supportive", "critical", "neutral"))  # fmt: skip
    assert counted == sum(len(p.areas) for p in site.predictions)
    _, text = saved(page, page.locator("#matrix [data-export=csv]"))
    assert [row["source"] for row in rows_of(text)] == [
        row["source"] if not row["source"].startswith("=") else f"'{row['source']}" for row in rows
    ]
    assert [float(row["net"]) for row in rows_of(text)] == [row["net"] for row in rows]


def test_every_table_can_be_saved(site, page):
    for path in site.one_of_each():
        page.goto(path.as_uri())
        for place in range(page.locator("[data-export] >> visible=true").count()):
            page.goto(path.as_uri())  # Chromium drops some of a dozen downloads from one page
            name, text = saved(page, page.locator("[data-export] >> visible=true").nth(place))
            assert json.loads(text) if name.endswith(".json") else rows_of(text), name


def test_a_text_that_begins_like_a_formula_is_no_formula_in_a_spreadsheet(site, page):
    page.goto(site.uri("articles.html"))
    page.locator(".cards td:first-child bdi").first.evaluate(
        "(e) => { e.textContent = '=1+1, \"x\"'; }"
    )
    _, text = saved(page, page.locator("[data-export=csv]"))
    assert rows_of(text)[0]["title"] == '\'=1+1, "x"'


@pytest.mark.parametrize("where", ["index.html", "compare.html", "source", "area", "article"])
def test_every_chart_is_saved_as_a_drawing_that_stands_alone(site, page, where):
    uri = {
        "source": site.uri(source_href("江畔评论")),
        "area": site.uri(area_href("export_controls")),
        "article": site.article("river-01"),
    }.get(where) or site.uri(where)
    page.goto(uri)
    page.locator("[data-scope], .chart, #strip").first.wait_for(state="attached")
    button = page.locator("[data-svg]")
    button.scroll_into_view_if_needed()
    name, text = saved(page, button)
    root = ElementTree.fromstring(text)
    assert name.endswith(".svg")
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert len(list(root.iter())) > 5
    assert "var(" not in text
    assert "http://" not in text.replace("http://www.w3.org/", "")


def test_on_paper_the_text_stays_and_the_controls_go(site, page):
    page.goto(site.article("river-01"))
    page.emulate_media(media="print")
    assert page.locator(".text .t").first.is_visible()
    assert page.locator(".tags").first.is_visible()
    for control in (".filters", ".tools", ".bar nav", "#language"):
        assert page.locator(f"{control} >> visible=true").count() == 0, control
