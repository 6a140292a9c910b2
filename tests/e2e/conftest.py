"""An invented corpus of three articles, its site, and a real browser."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from pipeline.pages.names import stem
from pipeline.records.article import Article, Block
from pipeline.records.labels import ANSWERS
from pipeline.records.prediction import AreaAnswer, Prediction, Words
from pipeline.records.store import read_jsonl, write_jsonl
from pipeline.records.summary import Summary
from pipeline.stages import render, summarise
from tests.e2e import extras, small_project
from tests.e2e.label_studio_fixtures import cutting_proxy, label_studio  # noqa: F401

CONFIGS = Path(__file__).parents[2] / "configs"
TAXONOMY = CONFIGS / "policy_areas.yaml"
PARAMS = CONFIGS / "params.yaml"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

HOSTILE = (
    '<script>window.pwned = 1; alert("x")</script><img src=x onerror="window.pwned = 2">'
    "“引号”'单引号' {{ 7 * 7 }} {% raw %} &amp; \x00 \u202e倒写 --></p></article>"
)
LONG = "很长的一行" * 10_000
STANCE = {"+": "supportive", "-": "critical", "=": "neutral"}
NORMALISED = {"國會議員表示，政府應資助公共算力。": "国会议员表示，政府应资助公共算力。"}

# An article: (id, title, source, date, blocks); a block: (kind, sentences);
# a sentence: (text, "role voice area+ area- area="), without labels outside the body.
CORPUS = [
    (
        "river-01",
        "电网先行：一份虚构的评论",
        "江畔评论",
        "2025-08-01",
        [
            ("boilerplate", [("编者按：本文为虚构。",)]),
            (
                "body",
                [
                    (
                        "该计划提出加快数据中心的审批。",
                        "premise attributed compute_energy+ deregulation+",
                    ),
                    ("我们认为电网扩容是当务之急。", "claim author compute_energy+"),
                    ("会议于周二举行。", "none author"),
                ],
            ),
            ("heading", [("二、放松监管的代价",)]),
            (
                "body",
                [
                    ("放松监管埋下了安全隐患。", "claim author deregulation- risk_governance+"),
                    ("批评者说，红队测试被取消了。", "premise attributed risk_governance-"),
                    ("出口管制条款共有九条。", "premise author export_controls="),
                ],
            ),
            (
                "body",
                [
                    ("收紧管制并未奏效，反而刺激了替代。", "claim author export_controls-"),
                    ("有分析人士主张继续收紧。", "premise attributed export_controls+"),
                    ("因此，管制的设计需要重来。", "claim author export_controls-"),
                ],
            ),
        ],
    ),
    (
        "harbour/../02",
        "开源的港湾",
        "港口周刊",
        "2025-07-15",
        [
            ("heading", [("开源的港湾",)]),
            (
                "body",
                [
                    ("开源模型让更多实验室受益。", "claim author open_source+"),
                    ("國會議員表示，政府應資助公共算力。", "premise attributed research_industry+"),
                    ("出口管制拖累了盟友。", "claim author export_controls-"),
                ],
            ),
        ],
    ),
    (
        "hostile",
        "javascript:alert(1)/../../<script>window.pwned=3</script>",
        '"><script>window.pwned=4</script>',
        "",
        [
            (
                "body",
                [(HOSTILE, "claim author ideology_speech-"), ("随后一切照旧。", "none author")],
            ),
            ("body", [(LONG, "premise attributed ideology_speech+")]),
            ("boilerplate", [("<style>body{display:none}</style>",)]),
        ],
    ),
]


def build_article(article_id, title, source, date, blocks) -> tuple[Article, list[Prediction]]:
    """Lay the blocks out as lines of a raw text and predict their sentences as told."""
    text, spans, predictions = "", [], []
    for kind, sentences in blocks:
        start = len(text)
        for number, (words, *labels) in enumerate(sentences):
            text += "　　" if kind == "body" and not number else ""
            if labels:
                predictions.append(predict(article_id, len(text), words, labels[0]))
            text += words
        spans.append(Block(kind, start, len(text), "test"))
        text += "\n"
    article = Article(
        article_id=article_id,
        file=f"{article_id}.txt",
        encoding="utf-8",
        markup="plain",
        title=title,
        source=source,
        author="",
        date=date,
        story=article_id,
        text=text,
        blocks=tuple(spans),
    )
    return article, predictions


def predict(article_id, start, words, labels) -> Prediction:
    """The prediction that `labels` spell out."""
    role, voice, *areas = labels.split()
    return Prediction(
        article_id=article_id,
        sentence_id=f"{article_id}:{start}",
        start=start,
        end=start + len(words),
        text=NORMALISED.get(words, words),
        role=role,
        role_p=0.8,
        voice=voice,
        voice_p=0.9,
        areas=tuple(answer(a[:-1], STANCE[a[-1]], words) for a in areas),
        model="invented-1",
    )


def answer(area, stance, words) -> AreaAnswer:
    """Likely 0.7, carried by the first two characters where it takes a side."""
    p = {**dict.fromkeys(ANSWERS, 0.1), stance: 0.7}
    carried = () if stance == "neutral" else (Words(words[:2], 0, 2, 0.31),)
    return AreaAnswer(area, stance, p, carried)


@dataclass(frozen=True)
class Site:
    folder: Path
    articles: dict[str, Article]
    predictions: list[Prediction]

    def uri(self, href: str) -> str:
        return (self.folder / href).as_uri()

    def article(self, article_id: str, folder: str = "articles") -> str:
        (found,) = (self.folder / folder).glob(f"{stem(article_id)}.html")
        return found.as_uri()

    def one_of_each(self) -> list[Path]:
        """A page of each kind."""
        kinds = [*self.folder.glob("*.html")]
        for name in ("areas", "articles", "evidence", "single", "sources"):
            kinds += sorted((self.folder / name).glob("*.html"))[:1]
        return kinds


def build_site(work: Path, corpus, estimate=None) -> Site:
    """Run the last two stages on an invented corpus, with all that a page may show beside it.

    `estimate` changes the summaries between the two.
    """
    built = [build_article(*parts) for parts in corpus]
    articles = [article for article, _ in built]
    predictions = [prediction for _, group in built for prediction in group]
    inputs = extras.inputs(work, predictions)
    write_jsonl(inputs.articles, articles)
    write_jsonl(inputs.predictions, predictions)
    made = (inputs.articles, inputs.predictions, work / "missing.jsonl", inputs.summaries)
    summarise.main(PARAMS, TAXONOMY, *made)
    if estimate:
        rows = [estimate(row) for row in read_jsonl(Summary, inputs.summaries)]
        write_jsonl(inputs.summaries, rows)
    render.render(PARAMS, inputs, work / "pages")
    return Site(work / "pages", {a.article_id: a for a in articles}, predictions)


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Site:
    return build_site(tmp_path_factory.mktemp("site"), CORPUS)


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory) -> Site:
    return build_site(tmp_path_factory.mktemp("empty"), [])


@pytest.fixture(scope="session")
def sure_site(tmp_path_factory) -> Site:
    """Sources whose net stances have intervals: three for open source, one against, one unsure."""
    work = tmp_path_factory.mktemp("sure")
    return build_site(work, extras.OUTLETS, extras.with_interval)


@pytest.fixture(scope="session")
def long_site(tmp_path_factory) -> Site:
    """One source with more sentences on one area than a page shows at once."""
    return build_site(tmp_path_factory.mktemp("long"), extras.MANY)


@pytest.fixture(scope="session")
def project(tmp_path_factory) -> Path:
    """A project of ten articles whose graph has run once."""
    root = tmp_path_factory.mktemp("project")
    small_project.build(root)
    return root


def find_chromium() -> str | None:
    """The browser named by CHROMIUM, or the first one on the path."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        reason = "no Chromium: apt-get install chromium fonts-noto-cjk, or set CHROMIUM to its path"
        if os.environ.get("LICHANG_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@dataclass
class Watched:
    """A page with everything it asked for, printed or popped up."""

    page: Page
    requests: list[str]
    dialogs: list[str]
    errors: list[str]


@pytest.fixture
def watched(browser) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(30_000)
    seen = Watched(page, [], [], [])
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("console", lambda message: seen.errors.append(message.text))
    yield seen
    context.close()
