"""Counts every number of a site anew, from predictions alone and without the pipeline's counting.

`python -m tests.e2e.recount SITE ARTICLES PREDICTIONS` does it for any site.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

from lxml import html

from pipeline.pages.names import area_href, article_href, evidence_href, source_href
from pipeline.records.article import Article
from pipeline.records.prediction import Prediction
from pipeline.records.store import read_jsonl

STANCES = ("supportive", "critical", "neutral")
SCOPES = ("author", "attributed", "all")


class Recount:
    """A site's folder, and the answers that its numbers should be made of."""

    def __init__(self, folder: Path, articles: list[Article], predictions: list[Prediction]):
        self.folder = folder
        self.articles = {a.article_id: a for a in articles}
        self.predictions = predictions
        self.checked = 0

    def answers(self, *, source=None, article=None, area=None, voice="all", month=None):
        """(prediction, answer) pairs that fit."""
        for p in self.predictions:
            a = self.articles[p.article_id]
            if source not in (None, a.source) or article not in (None, p.article_id):
                continue
            if month not in (None, a.date[:7]) or voice not in ("all", p.voice):
                continue
            for answer in p.areas:
                if area in (None, answer.area):
                    yield p, answer

    def counts(self, **wanted) -> dict[str, int]:
        found = Counter(answer.stance for _, answer in self.answers(**wanted))
        return {stance: found[stance] for stance in STANCES}

    def same(self, shown, counted, where: str) -> None:
        assert shown == counted, f"{where}: shows {shown!r}, counted {counted!r}"
        self.checked += 1

    def near(self, shown: float, counted: float, where: str, most: float = 0.0001) -> None:
        """Summaries are rounded to four digits, the net stance on a page to two."""
        assert abs(shown - counted) <= most, f"{where}: shows {shown!r}, counted {counted!r}"
        self.checked += 1

    def page(self, href: str):
        text = (self.folder / href).read_text(encoding="utf-8")
        return html.document_fromstring(text.removeprefix("<!doctype html>"))

    def row(self, element, where: str, sentences: int, **wanted) -> None:
        """A table row's counts, its links' texts, and, where it is raw, its net and coverage."""
        row = json.loads(element.get("data-row"))
        counted = self.counts(**wanted)
        self.same({s: row[s] for s in STANCES}, counted, where)
        self.same(row["sentences"], sentences, where)
        for link in element.iter("a"):
            if link.get("data-number") in STANCES:
                self.same(int(link.text_content()), counted[link.get("data-number")], where)
        total = sum(counted.values())
        if row["estimator"] == "raw" and total:
            net = (counted["supportive"] - counted["critical"]) / total
            self.near(row["net"], net, where)
            self.near(row["coverage"], total / sentences, where)
            (shown,) = (a for a in element.iter("a") if a.get("data-number") == "net")
            number = shown.text_content().split()[-1].replace("−", "-")
            self.near(float(number), net, where, 0.0051)

    def tables(self, page, where: str, sentences: int, key: str, **wanted) -> None:
        """All scoped tables of a page; rows of `key` that are not there must count nothing."""
        for scope in SCOPES:
            rows = page.xpath(f"//div[@data-scope='{scope}']//tr[@data-key]")
            for row in rows:
                about = {**wanted, key: row.get("data-key"), "voice": scope}
                whole = self.body(row.get("data-key")) if key == "source" else sentences
                self.row(row, f"{where} {about}", whole, **about)
            shown = sum(sum(json.loads(r.get("data-row"))[s] for s in STANCES) for r in rows)
            self.same(shown, sum(self.counts(**wanted, voice=scope).values()), f"{where} {scope}")

    def body(self, source: str) -> int:
        """Body sentences of a source."""
        return sum(self.articles[p.article_id].source == source for p in self.predictions)

    def check(self) -> int:
        """Every page; returns how many numbers were compared."""
        for name in {p.article_id for p in self.predictions}:
            self.article(name)
        self.overview()
        sources = sorted({self.articles[p.article_id].source for p in self.predictions})
        areas = sorted({a.area for p in self.predictions for a in p.areas})
        for source in sources:
            self.source(source)
            for area in areas:
                if sum(self.counts(source=source, area=area).values()):
                    self.evidence(source, area)
        for area in areas:
            self.area(area)
        self.lists(sources)
        return self.checked

    def article(self, name: str) -> None:
        page = self.page(article_href(name))
        own = [p for p in self.predictions if p.article_id == name]
        addressed = sum(bool(p.areas) for p in own)
        (shown,) = page.xpath("//header[@class='head']//a[@data-number='addressed']")
        self.same(int(shown.text_content()), addressed, name)
        data = json.loads(page.get_element_by_id("data").text)
        answers = data["answers"]
        self.same(len(data["sentences"]), len(own), name)
        self.same(
            [
                (s["id"], s["voice"], s["role"],
                 [(a["area"], a["stance"], a["p"]) for a in s["areas"]])
                for s in data["sentences"]
            ],
            [
                (p.sentence_id, [p.voice, p.voice_p], [p.role, p.role_p],
                 [(a.area, a.stance, [a.p.get(n, 0.0) for n in answers]) for a in p.areas])
                for p in sorted(own, key=lambda p: p.start)
            ],
            name,
        )  # fmt: skip
        strip = page.xpath("//svg[@id='strip']//rect")
        pairs = {(p.sentence_id, a.stance) for p in own for a in p.areas}
        self.same(len(strip), len(pairs), name)
        self.tables(page, name, len(own), "area", article=name)

    def source(self, source: str) -> None:
        page = self.page(source_href(source))
        self.tables(page, source, self.body(source), "area", source=source)
        self.facts(page, f"source {source}", source=source)

    def area(self, area: str) -> None:
        page = self.page(area_href(area))
        self.tables(page, area, 0, "source", area=area)
        self.facts(page, f"area {area}", area=area)

    def facts(self, page, where: str, **wanted) -> None:
        (shown,) = page.xpath("//dd[@data-fact='addressed']")
        counted = len({p.sentence_id for p, _ in self.answers(**wanted)})
        self.same(number(shown), counted, where)
        for small in page.xpath("//small[@data-strongest]"):
            stance, voice = small.get("data-strongest").split("-")
            counted = len(
                {p.sentence_id for p, a in self.answers(**wanted, voice=voice) if a.stance == stance}
            )  # fmt: skip
            self.same(number(small), counted, f"{where} {stance} {voice}")
        quoted = sum(
            sum(json.loads(row.get("data-row"))[s] for s in STANCES)
            for row in page.xpath("//table[contains(@class, 'quoted')]//tr[@data-row]")
        )
        attributed = sum(self.counts(**wanted, voice="attributed").values())
        self.same(quoted <= attributed, True, f"{where}: quoted")
        self.months(json.loads(page.get_element_by_id("data").text), where, **wanted)

    def months(self, data, where: str, **wanted) -> None:
        for area, scope, month, *shown in data["counts"]:
            about = {**wanted, "area": area, "voice": scope, "month": data["months"][month]}
            self.same(
                dict(zip(STANCES, shown, strict=True)), self.counts(**about), f"{where} {about}"
            )
        shown = sum(sum(counts) for _, scope, _, *counts in data["counts"] if scope == "all")
        dated = [p for p, _ in self.answers(**wanted) if self.articles[p.article_id].date]
        self.same(shown, len(dated), f"{where} months")

    def evidence(self, source: str, area: str) -> None:
        href = evidence_href(source, area)
        page = self.page(href)
        where = f"{source} {area}"
        counted = [p for p, _ in self.answers(source=source, area=area)]
        items = len(page.xpath("//li[contains(@class, 's')]"))
        (text,) = page.xpath("//ol[@data-total]")
        self.same(int(text.get("data-total")), len(counted), where)
        for name in text.get("data-chunks").split():
            chunk = (self.folder / href).parent / name
            inside = re.fullmatch(r"\s*lichang\.chunk\((.*)\);\s*", chunk.read_text(), re.DOTALL)
            items += json.loads(inside[1]).count("<li ")
        self.same(items, len(counted), where)
        for row in page.xpath("//tr[@data-key]"):
            scope = row.get("data-key")
            self.row(row, where, self.body(source), source=source, area=area, voice=scope)

    def overview(self) -> None:
        text = (self.folder / "overview.js").read_text(encoding="utf-8")
        data = json.loads(text.strip().removeprefix("lichang.overview = ").removesuffix(";"))
        for name, _, _, articles, sentences, addressed in data["sources"]:
            own = [p for p in self.predictions if self.articles[p.article_id].source == name]
            counted = [len({p.article_id for p in own}), len(own), sum(bool(p.areas) for p in own)]
            self.same([articles, sentences, addressed], counted, f"overview {name}")
        for source, area, scope, *shown in data["cells"]:
            name = data["sources"][source][0]
            about = {"source": name, "area": data["areas"][area]["id"], "voice": SCOPES[scope]}
            counted = self.counts(**about)
            self.same(dict(zip(STANCES, shown, strict=False)), counted, f"overview {about}")
            if shown[8] == "raw":
                total = sum(counted.values())
                net = (counted["supportive"] - counted["critical"]) / total
                self.near(shown[3], net, f"{about}")
                self.near(shown[6], total / self.body(name), f"{about}")
        for scope in SCOPES:
            shown = sum(sum(c[3:6]) for c in data["cells"] if SCOPES[c[2]] == scope)
            self.same(shown, sum(self.counts(voice=scope).values()), f"overview {scope}")
        self.months(data, "overview")

    def lists(self, sources: list[str]) -> None:
        page = self.page("index.html")
        facts = {
            "sources": len(sources),
            "articles": len({p.article_id for p in self.predictions}),
            "sentences": len(self.predictions),
            "addressed": sum(bool(p.areas) for p in self.predictions),
        }
        for name, counted in facts.items():
            (shown,) = page.xpath(f"//*[@data-fact='{name}']")
            self.same(number(shown), counted, f"index {name}")
        for row in page.xpath("//table[contains(@class, 'contests')]//tr[@data-row]"):
            shown = json.loads(row.get("data-row"))
            counted = self.counts(area=shown["area"], voice=shown["voice"])
            self.same({s: shown[s] for s in STANCES}, counted, f"contest {shown['area']}")
        rows = self.page("articles.html").xpath("//tbody/tr")
        self.same(len(rows), facts["articles"], "articles.html")
        self.same(sum(int(r[3].text_content()) for r in rows), facts["sentences"], "articles.html")
        self.same(sum(int(r[4].text_content()) for r in rows), facts["addressed"], "articles.html")


def number(element) -> int:
    """The first number of an element's text."""
    return int(re.search(r"\d[\d,]*", element.text_content())[0].replace(",", ""))


if __name__ == "__main__":
    site, articles, predictions = map(Path, sys.argv[1:])
    counted = Recount(site, read_jsonl(Article, articles), read_jsonl(Prediction, predictions))
    print(f"{counted.check()} numbers are as counted anew")
