"""The title of an article among the lines above it."""

import re
from collections.abc import Sequence

from pipeline.text.byline import Place
from pipeline.text.lines import Line

LEAST, LONGEST = 4, 60
"""Characters of a title; the numbers bound what Chinese pages use as one."""
_TELLING = 30
"""A longer title is no more likely than one of so many characters."""
_BYLINE_NEAR = 3
_TAIL = re.compile(
    r"\s*(?:[_|｜]|\s[-–—]\s|-(?=[^-]{0,12}(?:网|报|社|刊|周报|网站)$))\s*[^_|｜]{1,20}$"
)
_NOT = re.compile(
    r"^(?:\S{1,6}\s+){2,}\S{1,6}$|[>›»]|\s?第\s?\d+\s?期|公众号|（[^）]*(?:编译|公众号|图|版|刊|第.+期|中文|华文|香港|台湾)[^）]*）$|[：:]见|^[▶▪•·●◆■🎧📌*\-]|^[^\w《“「『【‘（(]*$"
    r"|^[A-Z]?\d+[:：]?\s?(?:版|\S{1,6}$)|^\d[、.\s]|年.{0,4}[卷季辑]$|^\d{4}年|[：:]\s?[\d,]+(?:\s|$)|^请|^——|目录|(?:日期|教师|课程|导师|姓名|学号|专业|时间)[:：]|^发[表布]于|\s[文著译摄编]$"
    r"|(?:网站|博客|频道|客户端|平台|首页|正文)$|^第.{1,4}版"
    r"|^[（(].*[）)]$|^[^，：、；！？\s]{0,16}(?:研究所|研究院|研究组|中心|学院|大学|网|社|报|周刊|月刊|季刊|评论|通讯|论丛|文选|译丛|所|会|札记)$"
)
"""Rows of a menu, bullets, and names of outlets and institutes, which also stand up there."""


def find_title(lines: Sequence[Line], outlets: Sequence[str]) -> Place | None:
    """The place of the title: a title-like line that is repeated, or set as a heading, or long,
    or has the byline below it. `outlets` are names that are no titles.
    """
    body = next((i for i, line in enumerate(lines) if line.kind == "body"), len(lines))
    head = [i for i in range(body) if _title_like(lines[i], outlets)]
    usual = [i for i in head if not _NOT.search(_TAIL.sub("", lines[i].text))] or head
    best = max(usual, key=lambda i: (_score(lines, i), -i), default=None)
    if best is None or lines[best].length < 2 * LEAST - 2 and _score(lines, best) < 2 * LEAST:
        return None
    text = lines[best].text
    end = _TAIL.search(text)
    return best, 0, end.start() if end and end.start() >= LEAST else len(text)


def _title_like(line: Line, outlets: Sequence[str]) -> bool:
    place = line.rule == "before the article" or line.hint == "heading"
    fits = LEAST <= len(line.text) <= LONGEST
    outlet = any(n in line.text and len(line.text) <= len(n) + 8 for n in outlets)
    return place and fits and not outlet


def _score(lines: Sequence[Line], i: int) -> int:
    line = lines[i]
    near = [x for x in lines[i + 1 : i + 1 + 2 * _BYLINE_NEAR] if x.rule != "no words"]
    byline = any(x.rule in ("byline", "label", "table row") for x in near[:_BYLINE_NEAR])
    others = [x.text for j, x in enumerate(lines) if j != i and x.kind != "heading"]
    twice = any(line.text in x for x in others)
    section = any(x.kind == "heading" and x.text == line.text for x in lines[i + 1 :])
    marked = line.hint == "heading"
    repeated = 20 if line.length >= 2 * LEAST else 10
    late = any(x.rule in ("byline", "label") for x in lines[:i]) and any(
        _title_like(x, ()) and x.length >= 2 * LEAST and not _NOT.search(x.text) for x in lines[:i]
    )
    score = 20 * (byline + marked - late - 2 * section)
    return min(line.length, _TELLING) + score + repeated * twice
