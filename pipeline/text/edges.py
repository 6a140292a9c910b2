"""The first and last lines of an article: notices and notes on the author stand there."""

import re
from collections.abc import Callable, Sequence

from pipeline.text.lines import Line, by_rules
from pipeline.text.rules import CleaningRules

_NOTE = re.compile(r"[①-⑳¹²³⁴-⁹]|\[\d{1,3}\]")
_NAME = re.compile(r"(?:作者|文|撰文|撰稿|记者|采写|笔)\s?[:：/丨｜|\s]\s?([\u4e00-\u9fff·]{2,12})")


def decide_edges(lines: Sequence[Line], rules: CleaningRules) -> list[Line]:
    """Notes on the author stand first or last, never between the article's paragraphs."""
    done = list(lines)
    names = _author_names(done)
    _from_edge(done, range(len(done)), lambda x: by_rules(x, rules, ("edge",)))

    def at_end(line: Line) -> Line:
        if line.length <= 120 and line.text.startswith(names):
            return line.decided("boilerplate", "author note")
        return by_rules(line, rules, ("edge", "tail"))

    _end_notes(done)
    _from_edge(done, range(len(done) - 1, -1, -1), at_end)
    return done


def _end_notes(done: list[Line]) -> None:
    """Numbered notes below the article, unless a colon introduces them as a list."""
    last = max((i for i, line in enumerate(done) if line.kind is None), default=-1)
    first = last
    while first >= 0 and _NOTE.match(done[first].text) and done[first].kind is None:
        first -= 1
    if first >= 0 and not done[first].text.endswith(("：", "；")):
        for i in range(first + 1, last + 1):
            done[i] = done[i].decided("boilerplate", "notes below the article")


def _from_edge(done: list[Line], order: range, decide: Callable[[Line], Line]) -> None:
    for i in order:
        if done[i].kind is None:
            done[i] = decide(done[i])
            if done[i].kind is None:
                return


def _author_names(lines: Sequence[Line]) -> tuple[str, ...]:
    """Names in the bylines above the article."""
    names: list[str] = []
    for line in lines:
        if line.kind is None:
            break
        if line.rule in ("byline", "label"):
            names += _NAME.findall(line.text)
    return tuple(names)
