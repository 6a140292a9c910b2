import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.pages.context import Context
from pipeline.pages.site import build_site
from pipeline.records.article import Article, Block
from pipeline.records.page import Doubt, SiteName
from pipeline.records.page_article import ArticlePage, Known
from pipeline.records.page_overview import IndexPage
from pipeline.records.page_profile import EvidenceChunk, EvidencePage, ProfilePage
from pipeline.records.prediction import AreaAnswer, Prediction
from pipeline.records.quality import Metrics, Quality
from pipeline.records.store import write_jsonl
from pipeline.records.summary import Estimate
from pipeline.records.taxonomy import PolicyArea, Taxonomy
from pipeline.stages.render import Inputs, main, render
from pipeline.stages.summarise import Params, summarise
from pipeline.templates import page_writer

TAXONOMY = Taxonomy(
    "v9",
    (
        PolicyArea("rules", "规则", "Rules", "规则", "rules"),
        PolicyArea("chips", "芯片", "Chips", "芯片", "chips"),
    ),
)
NAME = SiteName("立 <场>", "Site")


def article(article_id, text="规则有害。芯片有用。", title="题目", source="甲报"):
    blocks = (Block("body", 0, len(text), "r"),)
    return Article(
        article_id, "f", "utf-8", "plain", title, source, "", "2025-01-02", "", text, blocks
    )


def predict(article_id, start, end, area, stance):
    answers = (AreaAnswer(area, stance, {stance: 0.8}),)
    return Prediction(
        article_id, f"{article_id}:{start}", start, end, "句", "claim", 0.7, "author", 0.6,
        answers, "m-1",
    )  # fmt: skip


ARTICLES = [article("one"), article("silent")]
PREDICTIONS = [predict("one", 0, 5, "rules", "critical"), predict("one", 5, 10, "chips", "neutral")]


def summaries(articles=ARTICLES, predictions=PREDICTIONS):
    origins = {a.article_id: a.origin for a in articles}
    return list(summarise(origins, predictions, (), TAXONOMY.ids, Params("auto", 50, 100)))


def build(articles=ARTICLES, predictions=PREDICTIONS, rows=None, **context):
    rows = summaries(articles, predictions) if rows is None else rows
    return dict(build_site(articles, predictions, rows, Context(TAXONOMY, NAME, **context)))


def of(kind, pages):
    return [page for page in pages.values() if isinstance(page, kind)]


def test_site_has_a_page_for_each_article_source_area_and_pair_of_them():
    pages = build()
    kinds = (ArticlePage, EvidencePage, ProfilePage, IndexPage)
    assert [len(of(kind, pages)) for kind in kinds] == [1, 2, 1 + 2, 1]
    assert {"compare.html", "articles.html", "quality.html", "overview.js"} <= set(pages)


def test_article_without_predictions_is_counted_as_left_out():
    index = build()["index.html"]
    assert (index.articles, index.left_out) == (1, 1)
    assert "另有 1 篇没有预测结果" in page_writer().text(index)


def test_every_link_of_a_page_leads_to_a_file_of_the_site(tmp_path):
    from lxml import html

    paths = files(tmp_path, PREDICTIONS)
    render(paths[0], Inputs(*paths[1:-1], single=True), paths[-1])
    site = paths[-1]
    for page in site.rglob("*.html"):
        document = html.document_fromstring(page.read_bytes())
        for element in document.iter("a", "link", "script"):
            target = element.get("href") or element.get("src")
            if target and not target.startswith(("#", "data:")):
                assert (page.parent / target.split("#")[0]).is_file(), (page.name, target)


def test_words_of_an_article_never_become_markup():
    nasty = "</span><script>x</script>\"'{{ 1 }}"
    source = article("one", nasty, title=nasty, source=nasty)
    predictions = [predict("one", 0, len(nasty), "rules", "critical")]
    writer = page_writer()
    doubts = {"chips": Doubt(nasty, nasty)}
    pages = build([source], predictions, quality=Quality(doubts=doubts))
    seen = 0
    for page in pages.values():
        text = writer.text(page)
        assert "<script>x" not in text
        seen += "&lt;script&gt;x&lt;/script&gt;&#34;&#39;{{ 1 }}" in text
    assert seen >= 6


def test_every_page_bears_the_name_of_the_site():
    writer = page_writer()
    for href, page in build().items():
        if href.endswith(".html"):
            assert "<b>立 &lt;场&gt;</b>" in writer.text(page)


def test_figures_say_how_they_were_estimated():
    writer = page_writer()
    pages = build()
    for page in (*of(ArticlePage, pages), *of(ProfilePage, pages)):
        assert "估计方法：原始计数" in writer.text(page)


@pytest.mark.parametrize(
    ("low", "high", "direction"),
    [(0.1, 0.9, "supportive"), (-0.9, -0.1, "critical"), (0.0, 0.4, "open"),
     (None, None, "unknown")],
)  # fmt: skip
def test_a_direction_is_given_only_where_the_interval_leaves_out_zero(low, high, direction):
    figure = of(EvidencePage, build())[0].figures[-1]
    around = {**figure.summary.estimates, "net": Estimate(0.2, low, high)}
    changed = replace(figure, summary=replace(figure.summary, estimates=around))
    assert changed.direction == direction


def test_stale_summaries_are_an_error():
    with pytest.raises(InputError, match="summarise again"):
        build(rows=summaries(predictions=PREDICTIONS[:1]))


def test_predictions_that_were_never_summarised_are_an_error():
    with pytest.raises(InputError, match="'one' do not count its predictions"):
        build(rows=[])


def test_summaries_of_a_source_that_was_renamed_are_an_error():
    renamed = [replace(a, source="改名报") for a in ARTICLES]
    with pytest.raises(InputError, match="'甲报' do not count its articles"):
        build(renamed, rows=summaries())


def test_predictions_of_an_unknown_article_are_an_error():
    with pytest.raises(InputError, match="'one', which is not among the articles"):
        build([article("silent")], rows=summaries())


def test_predictions_in_another_order_than_the_articles_are_an_error():
    others = [article(name) for name in ("a", "b")]
    predictions = [predict(name, 0, 5, "rules", "critical") for name in ("b", "a")]
    with pytest.raises(InputError, match="follow the articles' order"):
        build(others, predictions)


def test_an_article_that_addresses_nothing_has_its_page_all_the_same():
    silent = replace(predict("one", 0, 5, "rules", "critical"), areas=())
    pages = build([article("one")], [silent])
    (page,) = of(ArticlePage, pages)
    assert (len(page.sentences), page.addressed) == (1, 0)
    assert "本文没有涉及任何政策领域的句子" in page_writer().text(page)
    assert pages["index.html"].articles == 1


def test_more_sentences_than_a_page_holds_go_into_files_beside_it():
    text = "规" * 230
    predictions = [predict("one", i, i + 1, "rules", "critical") for i in range(230)]
    pages = build([article("one", text)], predictions)
    (page,) = of(EvidencePage, pages)
    chunks = of(EvidenceChunk, pages)
    assert (page.total, len(page.items), [len(c.items) for c in chunks]) == (230, 100, [100, 30])
    shown = [i.sentence.prediction.start for part in (page, *chunks) for i in part.items]
    assert shown == list(range(230))
    assert [f"evidence/{name}" for name in page.chunks] == [
        href for href, part in pages.items() if isinstance(part, EvidenceChunk)
    ]


def test_no_file_leaves_the_site_whatever_an_article_is_called(tmp_path):
    names = ["../../../escape", "/etc/passwd", "a\0b", "..", "CON", "x" * 300, "<script>", "\u202e"]
    articles = [article(name, title=name, source=name) for name in names]
    predictions = [predict(name, 0, 5, "rules", "critical") for name in names]
    paths = files(tmp_path / "in/side", predictions, articles)
    main(*paths)
    assert {p.name for p in tmp_path.iterdir()} == {"in"}
    assert {p.name for p in (tmp_path / "in").iterdir()} == {"side"}
    assert len(list((paths[-1] / "articles").iterdir())) == len(names)


def test_quality_that_was_not_measured_says_so():
    assert "尚未评估" in page_writer().text(build()["index.html"])


def test_quality_figures_stand_on_the_front_page():
    headline = {"macro F1": 0.61249, "sentences": 40, "kappa": None}
    html = page_writer().text(build(quality=Quality(Metrics(headline)))["index.html"])
    assert '>macro F1</th><td class="num">0.61</td>' in html
    assert ">40</td>" in html
    assert ">–</td>" in html


def files(folder: Path, predictions, articles=ARTICLES):
    folder.mkdir(parents=True, exist_ok=True)
    write_jsonl(folder / "a", articles)
    write_jsonl(folder / "p", predictions)
    write_jsonl(folder / "s", summaries(articles, predictions))
    (folder / "t").write_text(json.dumps(asdict(TAXONOMY)))
    (folder / "params").write_text(
        "render: {title_zh: 立场, title_en: Lichang, least_alpha: 0.667}"
    )
    names = (
        "params",
        "t",
        "a",
        "p",
        "s",
        "m",
        "l",
        "training",
        "annotations",
        "anchors",
        "answers",
        "site",
    )
    return [folder / name for name in names]


def test_site_is_the_same_on_every_build(tmp_path):
    paths = files(tmp_path, PREDICTIONS)
    contents = []
    for _ in range(2):
        main(*paths)
        site = paths[-1]
        contents.append({p.relative_to(site): p.read_bytes() for p in site.rglob("*.*")})
    assert contents[0] == contents[1]
    assert {"index.html", "site.css", "site.js"} <= {str(p) for p in contents[0]}


def test_failed_build_leaves_the_old_site(tmp_path):
    paths = files(tmp_path, PREDICTIONS)
    main(*paths)
    write_jsonl(paths[3], PREDICTIONS[:1])
    with pytest.raises(InputError):
        main(*paths)
    assert (paths[-1] / "index.html").exists()


def test_a_single_file_is_written_for_each_article_only_when_it_is_asked_for(tmp_path):
    paths = files(tmp_path, PREDICTIONS)
    inputs = Inputs(*paths[1:-1])
    render(paths[0], inputs, paths[-1])
    assert not (paths[-1] / "single").exists()
    render(paths[0], replace(inputs, single=True), paths[-1])
    (alone,) = (paths[-1] / "single").iterdir()
    text = alone.read_text(encoding="utf-8")
    assert "<style>" in text
    assert "src=" not in text
    assert "sha256-" in text


def test_an_area_that_was_never_learnt_is_in_doubt(tmp_path):
    paths = files(tmp_path, PREDICTIONS)
    render(paths[0], Inputs(*paths[1:-1], unlearnt=("chips",)), paths[-1])
    page = (paths[-1] / "index.html").read_text(encoding="utf-8")
    assert "模型没有学过它，只凭关键词查找" in page


def test_people_s_answers_reach_the_page_of_their_sentence():
    from tests.unit.builders import annotation

    known = Known({"one:5": (annotation("one:5", annotator="周"),)}, {"one:5": "http://ls/7"})
    (page,) = of(ArticlePage, build(known=known))
    first, second = page.data["sentences"]
    assert "people" not in first
    assert [person["name"] for person in second["people"]] == ["周"]
    assert second["task"] == "http://ls/7"
