import json
from dataclasses import asdict, replace

import pytest

from pipeline.errors import InputError
from pipeline.records.article import Article, Block
from pipeline.records.page import ArticlePage, EvidencePage, IndexPage, Quality, SiteName
from pipeline.records.prediction import AreaAnswer, Prediction
from pipeline.records.store import write_jsonl
from pipeline.records.summary import Estimate
from pipeline.records.taxonomy import PolicyArea, Taxonomy
from pipeline.stages.render import build_site, main, read_quality
from pipeline.stages.summarise import Params, summarise
from pipeline.templates import page_writer

TAXONOMY = Taxonomy(
    "v9",
    (
        PolicyArea("rules", "规则", "Rules", "规则", "rules"),
        PolicyArea("chips", "芯片", "Chips", "芯片", "chips"),
    ),
)


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
    return list(summarise(origins, predictions, (), TAXONOMY.ids, Params("auto", 50, 100, 10)))


def build(articles=ARTICLES, predictions=PREDICTIONS, rows=None, quality=None):
    rows = summaries(articles, predictions) if rows is None else rows
    return dict(
        build_site(
            articles, predictions, rows, quality or Quality(), TAXONOMY, SiteName("立 <场>", "Site")
        )
    )


def of(kind, pages):
    return [page for page in pages.values() if isinstance(page, kind)]


def test_site_has_an_article_page_an_evidence_page_an_area_and_a_front_page():
    pages = build()
    assert [len(of(kind, pages)) for kind in (ArticlePage, EvidencePage, IndexPage)] == [1, 2, 1]


def test_article_without_predictions_is_counted_as_left_out():
    index = build()["index.html"]
    assert (len(index.cards), index.left_out) == (1, 1)
    assert "另有 1 篇没有预测结果" in page_writer().html(index)


def test_every_link_of_the_front_page_leads_to_a_page_of_the_site():
    pages = build()
    index = pages["index.html"]
    linked = {card.href for card in index.cards}
    linked |= {
        figure.href
        for matrix in index.matrices
        for row in matrix.rows
        for figure in row.figures
        if figure.summary.addressed
    }
    assert linked == set(pages) - {"index.html"}


def test_words_of_an_article_never_become_markup():
    nasty = "</span><script>x</script>\"'{{ 1 }}"
    source = article("one", nasty, title=nasty, source=nasty)
    predictions = [predict("one", 0, len(nasty), "rules", "critical")]
    writer = page_writer()
    pages = build([source], predictions, quality=Quality({nasty: nasty}, {"chips": nasty}))
    for page in pages.values():
        html = writer.html(page)
        assert "<script>x" not in html
        assert "&lt;script&gt;x&lt;/script&gt;&#34;&#39;{{ 1 }}" in html


def test_every_page_bears_the_name_of_the_site():
    writer = page_writer()
    for page in build().values():
        assert "<b>立 &lt;场&gt;</b>" in writer.html(page)


def test_figures_say_that_they_are_raw_counts():
    writer = page_writer()
    for page in build().values():
        assert "原始计数" in writer.html(page)


@pytest.mark.parametrize(
    ("net", "heat"),
    [(1, "supportive-3"), (0.34, "supportive-2"), (-0.01, "critical-1"), (0, "even")],
)
def test_colour_follows_the_net_stance(net, heat):
    figure = of(EvidencePage, build())[0].figures[-1]
    estimates = figure.summary.estimates | {"net": Estimate(net)}
    assert replace(figure, summary=replace(figure.summary, estimates=estimates)).heat == heat


def test_stale_summaries_are_an_error():
    with pytest.raises(InputError, match="summarise again"):
        build(rows=summaries(predictions=PREDICTIONS[:1]))


def test_summaries_of_a_source_that_was_renamed_are_an_error():
    renamed = [replace(a, source="改名报") for a in ARTICLES]
    with pytest.raises(InputError, match="'甲报' do not count its articles"):
        build(renamed, rows=summaries())


def test_predictions_of_an_unknown_article_are_an_error():
    with pytest.raises(InputError, match="'one', which is not among the articles"):
        build([article("silent")], rows=summaries())


def test_missing_quality_figures_say_so(tmp_path):
    assert read_quality(tmp_path / "none.json") == Quality()
    assert "尚未评估" in page_writer().html(build()["index.html"])


def test_quality_figures_stand_on_the_front_page(tmp_path):
    path = tmp_path / "metrics.json"
    path.write_text(
        json.dumps({"headline": {"macro F1": 0.61249, "sentences": 40, "kappa": None}, "more": []})
    )
    html = page_writer().html(build(quality=read_quality(path))["index.html"])
    assert '>macro F1</th><td class="num">0.612</td>' in html
    assert ">40</td>" in html
    assert ">–</td>" in html


def test_an_area_that_is_not_reliable_is_marked_with_the_reason(tmp_path):
    path = tmp_path / "metrics.json"
    rows = [
        {"area": "rules", "not_reliable": "F1 0.31 is below 0.60"},
        {"area": "chips", "not_reliable": ""},
    ]
    path.write_text(json.dumps({"headline": {"f1": 0.5}, "areas": rows}))
    html = page_writer().html(build(quality=read_quality(path))["index.html"])
    assert html.count("尚不可靠") == 1 + html.count('class="matrix"')
    assert "F1 0.31 is below 0.60" in html


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"headline": 3}', '{"areas": [{"area": "rules"}]}', '{"areas": 1}']
)
def test_broken_quality_figures_are_named(tmp_path, content):
    path = tmp_path / "metrics.json"
    path.write_text(content)
    with pytest.raises(InputError, match=r"cannot read quality figures from .*metrics\.json"):
        read_quality(path)


def files(tmp_path, predictions):
    write_jsonl(tmp_path / "a", ARTICLES)
    write_jsonl(tmp_path / "p", predictions)
    write_jsonl(tmp_path / "s", summaries())
    (tmp_path / "t").write_text(json.dumps(asdict(TAXONOMY)))
    (tmp_path / "params").write_text("render: {title_zh: 立场, title_en: Lichang}")
    return [tmp_path / name for name in ("params", "t", "a", "p", "s", "m", "site")]


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
