"""What an article says of itself: title, source, author and date, or "" where it is silent."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.records.source import Source
from pipeline.text.byline import Place, find_author
from pipeline.text.lines import SHORT_CREDIT, Line
from pipeline.text.rules import CleaningRules
from pipeline.text.spelling import simplified
from pipeline.text.title import find_title

Published = Callable[[Place], str]
"""The characters of a place as the page has them."""

_STOP = r"\s，。；|｜丨(（【\[）)】\]"
_SOURCE = re.compile(
    rf"(?:文章来源|稿件来源|新闻来源|消息来源|信息来源|内容来源|本文来源|(?<![图片像面料据材])来源|稿源|转自|转载自|摘自|原载)"
    rf"\s?[:：丨｜|]\s?([^{_STOP}:：]{{2,30}})"
)
_NOBODY = re.compile(
    r"^(?:本[站网报刊号](?:综合)?|综合|原创|未知|其他)$|网络|整理|根据|图库|公开|^作者|投稿"
)
"""What stands after "source" and is no outlet."""
_DATELINE = re.compile(
    r"^([^\s，。]{2,8}(?:社|网|报|电台|电视台))[^，。]{0,8}?\d{1,2}月\d{1,2}日(?:电|讯)"
)
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")
_UNLABELLED = 2
_DATE_LABELS = {
    0: re.compile(r"(?:收稿|投稿|访问|检索|截止|截至|生效|今天是|今日)[^\d]{0,6}$"),
    1: re.compile(r"(?:修回|录用|接受|完成|更新|修订|编辑)[^\d]{0,6}$"),
    3: re.compile(r"(?:首发|发布|发表|刊出|刊发|出版|出刊|刊登|日期|时间)[^\d]{0,6}$"),
}
"""What stands before a date, by how well it tells the day of publication; the first counts."""


@dataclass(frozen=True)
class Meta:
    """Title, source, author and date (YYYY-MM-DD); "" for what is not stated."""

    title: str = ""
    source: str = ""
    author: str = ""
    date: str = ""


def find_meta(
    lines: Sequence[Line],
    given: Meta,
    sources: Sequence[Source],
    rules: CleaningRules,
    published: Published,
) -> Meta:
    """Read the furniture of a page; `given` (a web page's or a row's own fields) comes first."""
    source = given.source or _stated_source(lines, published)
    outlet = _outlet(source, [x.text for x in lines if _credit(x)], sources)
    names = [simplified(n) for n in (outlet, *(s.name for s in sources)) if n]
    title = find_title(lines, names)
    author = find_author(lines, title[0] if title else -1, rules)
    return Meta(
        title=given.title or (published(title) if title else ""),
        source=outlet,
        author=given.author or (published(author) if author else ""),
        date=iso_date(given.date) or _date(lines, title[0] if title else 0),
    )


def iso_date(text: str) -> str:
    """The first full date of a text as YYYY-MM-DD, or ""."""
    return next((day for day, _ in _dates(text)), "")


def _dates(text: str) -> list[tuple[str, int]]:
    """The dates of a text, each with how telling the words before it are."""
    found = []
    for m in _DATE.finditer(text):
        before = text[max(0, m.start() - 10) : m.start()]
        before = re.split(r"\d|\s(?=\S)", before)[-1]
        rank = next((n for n, p in _DATE_LABELS.items() if p.search(before)), _UNLABELLED)
        try:
            found.append((date(*map(int, m.groups())).isoformat(), rank))
        except ValueError:
            continue
    return found


def _date(lines: Sequence[Line], title: int) -> str:
    """The most telling date above the article, else on the page; the nearest to the title."""
    body = next((i for i, line in enumerate(lines) if line.kind == "body"), len(lines))
    found = [
        (i < body, rank, -abs(i - title), -i, day)
        for i, line in enumerate(lines)
        if _credit(line)
        for day, rank in _dates(line.text)
    ]
    head = [x for x in found if x[0] and x[1] >= 1] or found
    best = max(head, key=lambda x: x[1:4], default=None)
    return best[4] if best else ""


def _credit(line: Line) -> bool:
    """A line that may say who published the article, and when."""
    return (
        line.kind == "boilerplate"
        and line.rule != "reference"
        and (line.rule != "not Chinese" or line.length <= SHORT_CREDIT)
    )


def _stated_source(lines: Sequence[Line], published: Published) -> str:
    """A stated source unless it names nobody ("本站", "网络"), else that of the dateline."""
    for i, line in enumerate(lines):
        if _credit(line) and (found := _SOURCE.search(line.text)):
            if _NOBODY.search(found[1]):
                break
            return published((i, *found.span(1))).strip(" ·、-")
    opening = next((i for i, line in enumerate(lines) if line.kind == "body"), None)
    found = _DATELINE.search(lines[opening].text) if opening is not None else None
    return published((opening, *found.span(1))) if opening is not None and found else ""


def _outlet(stated: str, furniture: Sequence[str], sources: Sequence[Source]) -> str:
    """The known outlet that is stated, else the stated name, else one named in the furniture.

    The longest name counts: one outlet's may hold another's.
    """
    spelt = [(simplified(name), s.name) for s in sources for name in (s.name, *s.aliases)]
    for text in (simplified(stated), *(() if stated else furniture)):
        named = [(len(spelling), name) for spelling, name in spelt if spelling in text]
        if named:
            return max(named, key=lambda found: found[0])[1]
    return stated
