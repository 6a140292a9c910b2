"""The site in a real browser: what a reader sees, what the numbers link to, what never runs."""

from collections import Counter
from urllib.parse import unquote

import pytest

pytestmark = pytest.mark.browser

SHOWN = """() => [...document.querySelectorAll("[data-text] .s")]
    .filter((s) => s.getClientRects().length && getComputedStyle(s).display !== "none")
    .map((s) => s.querySelector(".t").textContent)"""
LIT = """() => [...document.querySelectorAll("[data-text] .s:not(.off) .t")].map((s) => s.textContent)"""
FOCUSED = "() => document.activeElement.querySelector('.t').textContent"


@pytest.fixture
def page(watched):
    return watched.page


def expected(site, *, source=None, article=None, area=None, stance=None, voice=None) -> list[str]:
    """The raw words of predictions that fit, recounted without the pipeline's own counting."""
    return [
        site.articles[p.article_id].text[p.start : p.end]
        for p in site.predictions
        for answer in p.areas
        if source in (None, site.articles[p.article_id].source)
        and article in (None, p.article_id)
        and area in (None, answer.area)
        and stance in (None, answer.stance)
        and voice in (None, "all", p.voice)
    ]


def clean(texts) -> list[str]:
    return [text.replace("\0", "\N{REPLACEMENT CHARACTER}") for text in texts]


def test_every_page_asks_only_for_files_of_the_site(site, watched):
    for path in sorted(site.folder.rglob("*.html")):
        watched.page.goto(path.as_uri())
        watched.page.click("#language")
    allowed = (site.folder.as_uri() + "/", "data:,")
    assert [url for url in watched.requests if not url.startswith(allowed)] == []
    for name in ("site.js", "site.css", "vendor/echarts.js", "overview.js"):
        assert site.uri(name) in watched.requests
    assert watched.errors == []


def test_hostile_text_is_shown_and_never_runs(site, watched):
    for uri in (
        site.article("hostile"),
        site.uri("index.html"),
        site.uri("articles.html"),
        site.article("hostile", "single"),
        *(path.as_uri() for path in (site.folder / "evidence").glob("*ideology*.html")),
        *(path.as_uri() for path in (site.folder / "areas").glob("ideology*.html")),
    ):
        watched.page.goto(uri)
        assert watched.page.evaluate("window.pwned") is None
        assert "<script>window.pwned" in watched.page.inner_text("main")
    assert watched.dialogs == []
    assert watched.errors == []


def test_inline_script_is_blocked_even_if_it_got_into_a_page(site, watched):
    watched.page.goto(site.uri("index.html"))
    watched.page.evaluate(
        """() => { const s = document.createElement("script"); s.textContent = "window.pwned = 5";
        document.body.append(s); document.body.insertAdjacentHTML("beforeend",
        "<img src='data:,' onerror='window.pwned = 6'>"); }"""
    )
    watched.page.wait_for_timeout(200)
    assert watched.page.evaluate("window.pwned") is None
    assert any("Content Security Policy" in error for error in watched.errors)


def test_right_to_left_mark_does_not_reverse_the_next_sentence(site, page):
    page.goto(site.article("hostile"))
    left = page.evaluate(
        """() => { const node = [...document.querySelectorAll(".s .t")][1].firstChild;
        return [0, 1].map((i) => { const r = document.createRange();
          r.setStart(node, i); r.setEnd(node, i + 1);
          return r.getBoundingClientRect().left; }); }"""
    )
    assert left[0] < left[1]


@pytest.mark.parametrize("article_id", ["river-01", "hostile"])
def test_article_page_shows_the_raw_words_with_their_headings(site, page, article_id):
    page.goto(site.article(article_id))
    article = site.articles[article_id]
    shown = page.evaluate(
        """() => [...document.querySelectorAll("[data-text] .block > p, [data-text] .block > h2")]
        .map((b) => { const copy = b.cloneNode(true);
        copy.querySelectorAll(".tags, .m").forEach((t) => t.remove());
        return [b.tagName, copy.textContent]; })"""
    )
    tags = {"body": "P", "heading": "H2"}
    assert shown == [
        [tags[block.kind], *clean([article.text[block.start : block.end]])]
        for block in article.blocks
        if block.kind in tags
    ]


def test_sentence_shows_its_areas_stances_voice_and_role_in_words(site, page):
    page.goto(site.article("river-01"))
    tags = page.locator(".s", has_text="放松监管埋下了安全隐患。").locator(".tags")
    words = " ".join(tags.inner_text().split())
    assert words == "－ 批评 放松监管 ＋ 支持 安全与风险治理 作者 主张"


def test_marks_differ_by_shape_for_stance_voice_and_role(site, page):
    page.goto(site.article("river-01"))
    marks = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".s:has(.m)")].map((s) => {
        const look = getComputedStyle(s.querySelector(".m"));
        return [s.querySelector(".t").textContent, [s.querySelector(".m").textContent,
          look.boxShadow !== "none", look.borderRadius]]; }))"""
    )
    author, quoted = "我们认为电网扩容是当务之急。", "有分析人士主张继续收紧。"
    assert marks[author] == ["＋", False, "0px"]
    assert marks[quoted] == ["＋", True, "50%"]
    assert marks["出口管制条款共有九条。"][0] == "○"
    assert marks["放松监管埋下了安全隐患。"][0] == "±"
    assert marks["批评者说，红队测试被取消了。"][0] == "－"


def test_boilerplate_is_folded(site, page):
    page.goto(site.article("river-01"))
    notice = page.get_by_text("编者按：本文为虚构。")
    assert not notice.is_visible()
    page.locator("summary").press("Enter")
    assert notice.is_visible()


def test_matrix_numbers_agree_with_a_recount(site, page):
    page.goto(site.uri("index.html"))
    seen = Counter()
    for scope in ("author", "attributed", "all"):
        page.check(f"#scope-{scope}")
        for row in page.locator("#matrix-table tr[data-source]").all():
            source = row.get_attribute("data-source")
            for cell in row.locator("td:has(a)").all():
                area = cell.get_attribute("data-area")
                found = expected(site, source=source, area=area, voice=scope)
                net = sum(
                    len(expected(site, source=source, area=area, voice=scope, stance=s)) * sign
                    for s, sign in (("supportive", 1), ("critical", -1))
                ) / len(found)  # fmt: skip
                assert cell.locator("[data-number=addressed]").text_content() == str(len(found))
                shown = cell.locator(".net").inner_text().split()[1].replace("−", "-")
                assert float(shown) == pytest.approx(net, abs=0.005)
                seen[scope] += len(found)
    assert seen["author"] + seen["attributed"] == seen["all"] == len(expected(site))


def test_matrix_number_leads_to_its_sentences(site, page):
    page.goto(site.uri("index.html"))
    hrefs = []
    for scope in ("author", "attributed", "all"):
        page.check(f"#scope-{scope}")
        hrefs += page.eval_on_selector_all(
            ".matrix td a",
            """(links) => links.map((a) => [a.href, a.closest("tr").dataset.source,
            a.closest("td").dataset.area, lichang.scope()])""",
        )
    assert len(hrefs) > 10
    for href, source, area, scope in hrefs:
        page.goto("about:blank")
        page.goto(href)
        found = expected(site, source=source, area=area, voice=scope)
        assert page.evaluate(SHOWN) == clean(found)


def test_article_number_leads_to_its_sentences(site, page):
    page.goto(site.article("river-01"))
    page.check("#scope-all")
    links = page.locator("tr[data-key] a[data-number]").all()
    checked = 0
    for link in links:
        area, number, scope = link.evaluate(
            """(a) => [a.closest("tr").dataset.key, a.dataset.number,
            a.closest("[data-scope]").dataset.scope]"""
        )
        stance = None if number in ("net", "coverage") else number
        found = expected(site, article="river-01", area=area, stance=stance, voice=scope)
        if stance:
            assert link.text_content() == str(len(found))
        page.check(f"#scope-{scope}")
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.activeElement.matches('.s')")
        assert page.evaluate(LIT) == found
        assert page.evaluate(FOCUSED) == found[0]
        checked += 1
    assert checked == len(links) > 20


@pytest.mark.parametrize(
    ("field", "value", "fits"),
    [
        ("area", "export_controls", lambda p: any(a.area == "export_controls" for a in p.areas)),
        ("area", "*", lambda p: bool(p.areas)),
        ("stance", "critical", lambda p: any(a.stance == "critical" for a in p.areas)),
        ("voice", "attributed", lambda p: bool(p.areas) and p.voice == "attributed"),
        ("role", "claim", lambda p: p.role == "claim"),
    ],
)
def test_filter_hides_and_shows_the_right_sentences(site, page, field, value, fits):
    page.goto(site.article("river-01"))
    everything = [p.text for p in site.predictions if p.article_id == "river-01"]
    found = [p.text for p in site.predictions if p.article_id == "river-01" and fits(p)]
    assert 0 < len(found) < len(everything)
    page.select_option(f"select[name={field}]", value)
    assert page.evaluate(LIT) == found
    assert page.evaluate(SHOWN) == everything
    page.check("[name=only]")
    assert page.evaluate(SHOWN) == found
    assert page.inner_text("output").startswith(f"{len(found)} / {len(everything)} ")
    page.click("button[type=reset]")
    page.wait_for_function("() => !document.querySelector('.s.off')")
    assert page.evaluate(SHOWN) == everything


def test_stance_filter_looks_at_the_chosen_area_only(site, page):
    page.goto(site.article("river-01"))
    page.select_option("select[name=area]", "risk_governance")
    page.select_option("select[name=stance]", "critical")
    assert page.evaluate(LIT) == ["批评者说，红队测试被取消了。"]


def test_filter_works_by_keyboard_and_survives_a_reload(site, page):
    page.goto(site.article("river-01"))
    page.focus("select[name=role]")
    page.keyboard.press("ArrowDown")
    claims = [p.text for p in site.predictions if p.article_id == "river-01" and p.role == "claim"]
    assert page.evaluate(LIT) == claims
    page.reload()
    assert page.evaluate(LIT) == claims
    page.focus("[data-step='1']")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == claims[1]


def test_evidence_leads_back_to_the_sentence_in_its_article(site, page):
    page.goto(site.uri("index.html"))
    page.check("#scope-all")
    page.click("tr[data-source='港口周刊'] [data-area=export_controls] a >> visible=true")
    page.click(".evidence a")
    page.wait_for_url("**/articles/**")
    assert page.evaluate("() => document.querySelector(':target .t').textContent") == (
        "出口管制拖累了盟友。"
    )
    assert "articles/harbour-02-" in unquote(page.url)


def test_voice_switch_shows_one_table_and_is_remembered(site, page):
    page.goto(site.article("river-01"))
    for scope in ("attributed", "all", "author", "attributed"):
        page.check(f"#scope-{scope}")
        shown = page.locator("[data-scope] >> visible=true").all()
        assert [table.get_attribute("data-scope") for table in shown] == [scope]
    page.goto(site.uri("index.html"))
    assert page.is_checked("#scope-attributed")


def test_search_narrows_the_article_list(site, page):
    page.goto(site.uri("articles.html"))
    page.fill("[data-search]", "港湾 2025-07")
    titles = page.locator(".cards td:first-child >> visible=true").all_inner_texts()
    assert titles == ["开源的港湾"]
    assert page.inner_text("[data-said]") == "1 篇"


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_is_wider_than_the_window(site, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    for path in sorted(site.folder.rglob("*.html")):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name


def test_without_script_all_sentences_and_tables_are_there(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.article("river-01"))
    assert page.locator(".text .s >> visible=true").count() == 9
    page.check("#scope-all")
    assert page.locator("[data-scope=all]").is_visible()
    assert page.locator(".js-only >> visible=true").count() == 0
    page.goto(site.uri("index.html"))
    hrefs = page.eval_on_selector_all("noscript a", "(links) => links.map((a) => a.href)")
    assert site.uri("index.html") not in hrefs
    assert len(hrefs) == 3 + 12
    context.close()


def test_empty_corpus_has_a_page_that_says_so(empty_site, page):
    page.goto(empty_site.uri("index.html"))
    assert "没有一篇文章有预测结果" in page.inner_text("main")
    assert page.locator(".matrix, .contests, .cards").count() == 0
