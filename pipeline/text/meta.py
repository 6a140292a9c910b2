"""What an article says of itself: title, source, author and date, or "" where it is silent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.records.source import Source
from pipeline.text.lines import SHORT_CREDIT, Line
from pipeline.text.normalise import simplified

_STOP = r"\s，。；|｜丨（(【\[）)】\]"
_SOURCE = re.compile(
    rf"(?:文章来源|稿件来源|新闻来源|消息来源|信息来源|内容来源|本文来源|(?<!图片)(?<!资料)(?<!数据)来源|稿源|转自|转载自|摘自|原载)"
    rf"\s?[:：丨｜|]\s?([^{_STOP}:：]{{2,30}})"
)
_AUTHOR = re.compile(
    rf"(?:作者|撰文|撰稿|采写|采访/撰文|采访撰文|本报记者|本刊记者|文/图|^\W*文|\s文)(?:\s?[:：/／丨｜|]\s?|\s)"
    rf"([^{_STOP}:：/／]{{2,30}})|(?:记者|记者／)\s?[:：/／]?\s?([\u4e00-\u9fff·]{{2,4}})\s?[/／]"
)
_DATELINE = re.compile(
    r"^([^\s，。]{2,8}(?:社|网|报|电台|电视台))[^，。]{0,8}?\d{1,2}月\d{1,2}日(?:电|讯)"
)
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")
LEAST_TITLE, LONGEST_TITLE = 6, 60
"""Characters of a title; the numbers bound what Chinese pages use as one."""
_TITLE_TAIL = re.compile(
    r"\s*(?:[_|｜]|\s[-–—]\s|-(?=[^-]{0,12}(?:网|报|社|刊|周报|网站)$))\s*[^_|｜]{1,20}$"
)
_NO_TITLE = re.compile(
    r"\s\S+\s|[>›»]|\s?第\s?\d+\s?期|公众号|（[^）]*）$|[：:]见"
    r"|(?:研究所|研究院|研究组|中心|学院|大学|网|社|报|周刊|月刊|季刊|评论|通讯|论丛|文选|译丛|所|会)$"
)
"""Rows of a menu, and names of outlets and institutes, which also stand above an article."""


@dataclass(frozen=True)
class Meta:
    """Title, source, author and date (YYYY-MM-DD); "" for what is not stated."""

    title: str = ""
    source: str = ""
    author: str = ""
    date: str = ""


def find_meta(lines: Sequence[Line], given: Meta, sources: Sequence[Source]) -> Meta:
    """Read the furniture of a page; `given` (a web page's or a row's own fields) comes first."""
    furniture = [
        line.text
        for line in lines
        if line.kind == "boilerplate"
        and line.rule != "reference"
        and (line.rule != "not Chinese" or line.length <= SHORT_CREDIT)
    ]
    opening = next((line.text for line in lines if line.kind == "body"), "")
    source = given.source or _named(_first(_SOURCE, furniture)) or _first(_DATELINE, [opening])
    outlet = _outlet(source, furniture, sources)
    return Meta(
        title=given.title or _title(lines, outlet),
        source=outlet,
        author=given.author or _first(_AUTHOR, furniture),
        date=iso_date(given.date) or next(filter(None, map(iso_date, furniture)), ""),
    )


def iso_date(text: str) -> str:
    """The first full date of a text as YYYY-MM-DD, or ""."""
    for year, month, day in _DATE.findall(text):
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue
    return ""


def _named(source: str) -> str:
    """A stated source unless it names nobody ("本站", "网络")."""
    return "" if re.fullmatch(r"本[站网报刊号]|网络|互联网|综合|原创|未知|其他", source) else source


def _first(pattern: re.Pattern[str], texts: Sequence[str]) -> str:
    found = (match for text in texts if (match := pattern.search(text)))
    return next((next(filter(None, m.groups()), "").strip(" ·、-") for m in found), "")


def _outlet(stated: str, furniture: Sequence[str], sources: Sequence[Source]) -> str:
    """The known outlet that is stated, else the stated name, else one named in the furniture."""
    for text in (stated, *(() if stated else furniture)):
        for source in sources:
            if any(simplified(name) in text for name in (source.name, *source.aliases)):
                return source.name
    return stated


def _title(lines: Sequence[Line], source: str) -> str:
    """The title-like line above the article: one stated twice, else the longest."""
    head: list[str] = []
    for line in lines:
        if line.kind == "body":
            break
        if line.rule == "before the article" or line.hint == "heading":
            head.append(line.text)
    titles = [t for t in head if LEAST_TITLE <= len(t) <= LONGEST_TITLE and t != source]
    titles = [t for t in titles if not _NO_TITLE.search(t)] or titles
    twice = [t for i, t in enumerate(titles) if any(t in x for x in titles[:i] + titles[i + 1 :])]
    return max(twice, key=len) if twice else _TITLE_TAIL.sub("", max(titles, key=len, default=""))
