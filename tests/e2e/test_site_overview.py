"""The overview, profiles and comparison: what is certain, what is ranked, what is in doubt."""

import pytest
from playwright.sync_api import expect

from pipeline.pages.names import area_href, source_href

pytestmark = pytest.mark.browser


@pytest.fixture
def page(watched):
    return watched.page


def cell(page, source: str, area: str):
    return page.locator(f"#matrix-table tr[data-source='{source}'] td[data-area={area}]")


def test_only_an_interval_on_one_side_of_zero_is_called_supportive_or_critical(
    site, sure_site, page
):
    page.goto(sure_site.uri("index.html"))
    looks = {
        name: cell(page, name, "open_source").inner_text().split()[0]
        for name in ("甲报", "丁报", "戊报")
    }
    assert looks == {"甲报": "＋", "丁报": "－", "戊报": "≈"}
    page.goto(site.uri("index.html"))
    assert cell(page, "港口周刊", "open_source").inner_text().split()[0] == "?"


def test_sources_are_ranked_only_where_their_intervals_are_apart(sure_site, page):
    page.goto(sure_site.uri("index.html"))
    page.get_by_role("button", name="按开源与开放模型排序").click()
    rows = page.locator("#matrix-table tbody tr")
    names = rows.evaluate_all("(rows) => rows.map((r) => [r.dataset.source, r.className])")
    assert [name for name, _ in names] == ["丙报", "甲报", "乙报", "戊报", "丁报"]
    assert [name for name, look in names if "parted" in look] == ["戊报", "丁报"]


def test_an_area_page_parts_the_groups_in_the_same_way(sure_site, page):
    page.goto(sure_site.uri(area_href("open_source")))
    rows = page.locator("[data-scope=author] tbody tr")
    names = rows.evaluate_all("(rows) => rows.map((r) => [r.dataset.key, r.className])")
    assert [name for name, look in names if "parted" in look] == ["戊报", "丁报"]
    page.get_by_role("button", name="来源").first.click()
    assert rows.locator(".parted").count() == 0
    page.get_by_role("button", name="净立场").first.click()
    assert page.locator("[data-scope=author] tr.parted").count() == 2


def test_an_area_with_sources_on_both_sides_is_disputed_and_comes_first(sure_site, page):
    page.goto(sure_site.uri("index.html"))
    first = page.locator("[data-scope=author] .contests tbody tr").first
    assert first.get_attribute("data-area") == "open_source"
    assert "有争议" in first.inner_text()
    assert first.locator(".names.supportive a").count() == 3
    assert first.locator(".names.critical").inner_text().strip() == "－丁报"
    assert page.locator("tr.disputed >> visible=true").count() == 1


def test_matrix_is_filtered_by_source_area_count_and_certainty(sure_site, page):
    page.goto(sure_site.uri("index.html"))
    rows = page.locator("#matrix-table tbody tr")
    assert rows.count() == 5
    page.fill("#matrix-find", "丁")
    assert rows.count() == 1
    page.fill("#matrix-find", "")
    page.check("#matrix-sure")
    assert rows.count() == 4
    page.select_option("#matrix-area", "export_controls")
    assert rows.count() == 0
    page.select_option("#matrix-area", "open_source")
    page.select_option("#matrix-least", "5")
    assert rows.count() == 0


def test_an_area_in_doubt_is_marked_with_the_reason_in_both_languages(site, page):
    page.goto(site.uri("index.html"))
    heads = page.locator("#matrix-table th.doubtful")
    assert heads.count() == 2
    assert "尚不可靠：两次独立标注的一致性 α 为 0.50，低于 0.667" in heads.first.text_content()
    assert "尚不可靠：只有 4 句" in heads.last.text_content()
    page.click("#language")
    assert "not reliable yet: only 4 held-out sentences" in heads.last.text_content()
    page.goto(site.uri(area_href("ideology_speech")))
    assert "only 4 held-out sentences" in page.inner_text("main")


def test_quality_stands_beside_the_human_ceiling_with_versions(site, page):
    page.goto(site.uri("index.html"))
    shown = " ".join(page.inner_text("#quality").split())
    for part in ("0.81 [0.79, 0.83] 0.95 [0.94, 0.96]", "10,027", "0.006", "invented-1", "abc123",
                 "ffffffffffff", "775 句、30 篇"):  # fmt: skip
        assert part in shown, part


def test_right_answers_are_drawn_against_the_probabilities_given(site, page):
    page.goto(site.uri("quality.html"))
    charts = page.locator("#reliability-charts figure")
    assert charts.all_inner_texts() and charts.count() == 1
    drawn = charts.locator("[role=img]")
    expect(drawn).to_have_attribute(
        "aria-label", "是否涉及领域: 校准后: 0.10 → 0.10, 0.90 → 0.80; 校准前: 0.20 → 0.40"
    )
    assert drawn.locator("svg path").count() > 3


def test_what_a_new_version_changes_by_itself_is_shown(site, page):
    page.goto(site.uri("quality.html"))
    row = page.locator("#versions tbody tr").inner_text().split()
    assert row == ["开源与开放模型", "6", "6", "+1.00", "−1.00", "−2.00", "[−2.00,", "−2.00]", "是"]


def test_two_sources_differ_only_where_their_intervals_are_apart(sure_site, page):
    page.goto(sure_site.uri("compare.html"))
    page.select_option("#side-a", label="甲报")
    page.select_option("#side-b", label="丁报")
    verdict = page.locator("tr[data-area=open_source] .verdict")
    assert verdict.inner_text() == "甲报 更支持"
    page.click("#swap")
    assert verdict.inner_text() == "甲报 更支持"
    page.select_option("#side-a", label="乙报")
    page.select_option("#side-b", label="甲报")
    assert verdict.inner_text() == "区间重叠，不能说有差别"
    assert page.locator("tr[data-area=federal_state] .verdict").inner_text() == "不能比较"
    page.reload()
    assert page.locator("#side-a option:checked").inner_text() == "乙报"
    page.locator("#compare-chart svg").wait_for()


def test_a_source_page_leads_to_the_comparison_with_it_chosen(sure_site, page):
    page.goto(sure_site.uri(source_href("丁报")))
    page.click("text=与另一来源比较")
    assert page.locator("#side-a option:checked").inner_text() == "丁报"


def test_strongest_sentences_are_split_by_voice_and_stance(site, page):
    page.goto(site.uri(source_href("江畔评论")))
    shown = {
        small.get_attribute("data-strongest"): small.locator("xpath=../..").locator(".t").all_inner_texts()
        for small in page.locator("[data-strongest]").all()
    }  # fmt: skip
    assert set(shown) == {f"{s}-{v}" for s in ("supportive", "critical") for v in ("author", "attributed")}  # fmt: skip
    assert shown["critical-attributed"] == ["批评者说，红队测试被取消了。"]
    assert shown["supportive-author"] == [
        "我们认为电网扩容是当务之急。",
        "放松监管埋下了安全隐患。",
    ]


def test_a_quoted_speaker_is_named_and_leads_to_the_sentence(site, page):
    page.goto(site.uri(source_href("江畔评论")))
    row = page.locator(".quoted tbody tr", has_text="批评者")
    assert "安全与风险治理" in row.inner_text()
    row.get_by_text("看原文").click()
    page.wait_for_url("**/articles/**")
    assert page.evaluate("() => document.querySelector(':target .t').textContent") == (
        "批评者说，红队测试被取消了。"
    )


def test_months_are_charted_with_what_they_count(site, page):
    page.goto(site.uri("index.html"))
    page.check("#scope-all")
    charts = page.locator("#trend-charts .chart:visible")
    assert charts.count() == 6
    said = page.locator("#trend-charts figure", has_text="出口管制").locator(".chart")
    said.scroll_into_view_if_needed()
    said.locator("svg").wait_for()
    assert "2025-08 ＋ 1　－ 2　○ 1" in said.get_attribute("aria-label")


def test_more_sentences_than_a_page_shows_come_when_they_are_asked_for(long_site, watched):
    page = watched.page
    (found,) = (long_site.folder / "evidence").glob("*.html")
    page.goto(found.as_uri())
    shown = page.locator(".evidence li >> visible=true")
    assert shown.count() == 100
    assert page.inner_text("output") == "250 / 250 句"
    page.click("#more")
    expect(shown).to_have_count(200)
    page.click("#more")
    expect(shown).to_have_count(250)
    assert not page.locator("#more").is_visible()
    page.goto("about:blank")
    page.goto(found.as_uri() + "#stance=critical")
    page.wait_for_function("() => document.querySelector('output').textContent === '85 / 250 句'")
    texts = shown.locator(".t").all_inner_texts()
    assert len(texts) == len(set(texts)) == 85
    assert watched.errors == []
