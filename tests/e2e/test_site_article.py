"""An article's page in a real browser: the panel of a sentence, arguments, both texts."""

import pytest

from tests.e2e.extras import TASK

pytestmark = pytest.mark.browser
SENTENCE = "我们认为电网扩容是当务之急。"


@pytest.fixture
def page(watched):
    return watched.page


def panel(page, text: str) -> str:
    page.locator(".s", has_text=text).locator(".t").click()
    return page.inner_text("#panel")


def test_a_sentence_shows_its_probabilities_and_the_words_that_carried_it(site, page):
    page.goto(site.article("river-01"))
    said = panel(page, SENTENCE)
    assert "＋ 算力与能源基建：支持" in said
    shown = page.locator("#panel .chances").inner_text().split()
    assert shown == ["支持", "0.70", "批评", "0.10", "中立", "0.10", "未涉及", "0.10"]
    assert "“我们” −0.31" in said
    assert page.locator("#panel mark").all_inner_texts() == ["我们"]
    assert "作者 p 0.90 · 主张 p 0.80" in said


def test_people_s_answers_stand_beside_the_model_s(site, page):
    page.goto(site.article("river-01"))
    panel(page, SENTENCE)
    people = page.locator("#panel .people li").all_inner_texts()
    assert people == [
        "甲：＋算力与能源基建 · 作者 · 主张 与模型一致",
        "<b>乙</b>：没有涉及的领域 · 主张 · 存疑 与模型不同",
    ]
    assert "标注" not in panel(page, "会议于周二举行。")


def test_a_sentence_with_a_task_links_to_label_studio(site, page):
    page.goto(site.article("river-01"))
    panel(page, SENTENCE)
    link = page.get_by_role("link", name="在 Label Studio 里更正 ↗")
    assert link.get_attribute("href") == TASK
    assert "Label Studio" not in panel(page, "会议于周二举行。")


def test_the_panel_opens_and_closes_by_keyboard_and_gives_the_focus_back(site, page):
    page.goto(site.article("river-01"))
    mark = page.locator("button.m").nth(1)
    mark.focus()
    page.keyboard.press("Enter")
    assert page.locator("#panel").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert not page.locator("#panel").is_visible()
    assert mark.evaluate("(m) => m === document.activeElement")
    page.keyboard.press("j")
    assert page.locator("#panel h2").inner_text() == "第 1 句"
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible()


def test_claims_stand_with_the_premises_around_them_and_lead_back_to_the_text(site, page):
    page.goto(site.article("river-01"))
    page.check("#view-argument")
    cards = page.locator(".argument article")
    first, last = cards.first.inner_text(), cards.last.inner_text()
    assert SENTENCE in first
    assert "该计划提出加快数据中心的审批。" in first
    assert "因此，管制的设计需要重来。" in last
    assert cards.count() == 4
    cards.first.get_by_text("该计划提出").click()
    assert page.locator("#text").is_visible()
    assert page.locator(".s.chosen .t").inner_text() == "该计划提出加快数据中心的审批。"


def test_the_normalised_text_stands_beside_the_original_with_its_changes_marked(site, page):
    page.goto(site.article("harbour/../02"))
    assert not page.locator(".norm").count()
    page.check("#view-side")
    shown = page.locator(".norm").last
    assert shown.inner_text().startswith(
        "开源模型让更多实验室受益。国会议员表示，政府应资助公共算力。"
    )
    assert "".join(shown.locator("mark").all_inner_texts()) == "国会议员应资"
    original = page.locator(".block p").last.inner_text()
    assert "國會議員表示，政府應資助公共算力。" in original


def test_english_is_shown_on_demand_and_remembered(site, page):
    page.goto(site.article("river-01"))
    page.click("#language")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "Stances in this article" in page.inner_text("aside")
    tags = page.locator(".s", has_text=SENTENCE).locator(".tags").inner_text()
    assert " ".join(tags.split()) == "＋ supportive Compute and energy infrastructure author claim"
    assert "Annotations" in panel(page, SENTENCE)
    page.goto(site.uri("index.html"))
    assert page.inner_text("h1") == "What policy articles support and criticise"
    page.click("#language")
    assert page.inner_text("h1") == "政策文章支持什么、批评什么"


def test_the_strip_leads_to_the_sentence_that_is_clicked(site, page):
    page.goto(site.article("river-01"))
    box = page.locator("#strip").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.99, box["y"] + 20)
    assert page.locator(".s.chosen .t").inner_text() == "因此，管制的设计需要重来。"


def test_a_self_contained_file_works_alone(site, watched, tmp_path):
    alone = tmp_path / "one.html"
    (found,) = (site.folder / "single").glob("river-01-*.html")
    alone.write_bytes(found.read_bytes())
    watched.page.goto(alone.as_uri())
    assert SENTENCE in panel(watched.page, SENTENCE)
    watched.page.click("#language")
    assert "Filter sentences" in watched.page.inner_text("aside")
    hrefs = watched.page.eval_on_selector_all(
        "a", "(links) => links.map((a) => a.getAttribute('href'))"
    )
    assert [h for h in hrefs if not h.startswith("#") and h != TASK] == []
    assert [url for url in watched.requests if url not in (alone.as_uri(), "data:,")] == []
    assert watched.errors == []
