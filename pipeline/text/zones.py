"""Which lines of a page are the article: decided from each line's place among the others."""

import re
from collections.abc import Callable, Sequence

from pipeline.text.inside import inside_article
from pipeline.text.lines import Line, by_rules, read_line
from pipeline.text.rules import CleaningRules

TAIL = {"comments": 1.0, "hard": 0.5}
"""An end mark counts when the prose after it is at most this multiple of the prose before it."""

_INSET_ITEMS = 12
_LONE = 3
_NOTE = re.compile(r"[①-⑳¹²³⁴-⁹]|\[\d{1,3}\]")
_NAME = re.compile(r"(?:作者|文|撰文|撰稿|记者|采写|笔)\s?[:：/丨｜|\s]\s?([\u4e00-\u9fff·]{2,12})")


def classify(lines: Sequence[Line], rules: CleaningRules) -> list[Line]:
    """Give every line its kind and the name of the rule that decided it."""
    done = [read_line(line, rules) for line in lines]
    done = _ends(_lead_notes(done), rules)
    done = _edges(_head_and_tail(done, rules), rules)
    return inside_article(done, rules)


def _weight(lines: Sequence[Line]) -> int:
    return sum(line.length for line in lines if line.prose)


def _lead_notes(lines: Sequence[Line]) -> list[Line]:
    """The paragraph below a bare "编者按" is the editor's."""
    done = list(lines)
    for i, line in enumerate(done[:-1]):
        if line.rule == "editor's note" and line.length <= 8 and done[i + 1].prose:
            done[i + 1] = done[i + 1].decided("boilerplate", "editor's note")
    return done


def _ends(lines: Sequence[Line], rules: CleaningRules) -> list[Line]:
    """Cut at end marks: comments, references, recommendations and what follows them."""
    done = list(lines)
    for i, line in enumerate(done):
        group = _end_group(line, rules)
        if not group or line.rule == "after end mark":
            continue
        before, after = _weight(done[:i]), _weight(done[i + 1 :])
        if not before or (group in TAIL and after > TAIL[group] * before):
            continue
        done[i] = line.decided("boilerplate", "end mark")
        stop = len(done) if group in TAIL else _resumes(done, i + 1, rules)
        done[i + 1 : stop] = [
            x.decided("boilerplate", "after end mark") for x in done[i + 1 : stop]
        ]
    return done


def _end_group(line: Line, rules: CleaningRules) -> str:
    if line.length > 40 or line.kind == "body":
        return ""
    return next((name for name, p in rules.ends.items() if p.search(line.text)), "")


def _resumes(lines: Sequence[Line], start: int, rules: CleaningRules) -> int:
    """Where the article goes on after an inset: at the next paragraph, if paragraphs prevail."""
    stop = next((i for i in range(start, len(lines)) if _end_group(lines[i], rules)), len(lines))
    for i in range(start, min(stop, start + _INSET_ITEMS)):
        if _paragraph(lines[i], rules):
            rest = [x for x in lines[i:stop] if x.kind is None]
            paragraphs = sum(_paragraph(x, rules) for x in rest)
            return i if 2 * paragraphs > len(rest) else stop
    return stop


def _paragraph(line: Line, rules: CleaningRules) -> bool:
    """Running text that is no headline of another article."""
    if not line.prose or line.link or line.kind is not None:
        return False
    return re.search("[。；…]", line.text) is not None or rules.matches("speaker", line.text)


def _head_and_tail(lines: Sequence[Line], rules: CleaningRules) -> list[Line]:
    """Before the first and after the last paragraph there is no unfinished sentence to lose."""
    done = list(lines)
    first, last = _widened(done, *_zone(done), rules)
    for i in range(first):
        done[i] = done[i].decided("boilerplate", "before the article")
    for i in range(last + 1, len(done)):
        done[i] = done[i].decided("boilerplate", "after the article")
    return done


def _zone(lines: Sequence[Line]) -> tuple[int, int]:
    """First and last paragraph: questions that open a page before any byline are its title."""
    paragraphs = [i for i, line in enumerate(lines) if line.prose]
    while paragraphs and _titles(lines, paragraphs[0]):
        paragraphs.pop(0)
    while len(paragraphs) > 1 and _loose_end(lines, paragraphs[-2], paragraphs[-1]):
        paragraphs.pop()
    return (paragraphs[0], paragraphs[-1]) if paragraphs else (len(lines), len(lines))


def _widened(lines: Sequence[Line], first: int, last: int, rules: CleaningRules) -> tuple[int, int]:
    """The zone with a list that a colon introduces above or below it, and with broken lines."""
    top = first
    while top > 0 and lines[top - 1].kind is None:
        top -= 1
        text = lines[top].text
        if text.endswith(("，", "、", "；")) or ("，" in text and _introduces(lines[top], rules)):
            first = top
    while last + 1 < len(lines) and lines[last + 1].kind is None:
        item = rules.matches("clause", lines[last + 1].text)
        if not item and not _introduces(lines[last + 1], rules):
            break
        last += 1
    return first, last


def _introduces(line: Line, rules: CleaningRules) -> bool:
    return line.text.endswith("：") and rules.matches("lead_in", line.text)


def _titles(lines: Sequence[Line], i: int) -> bool:
    line = lines[i]
    if line.length > 60 or "。" in line.text:
        return False
    if not line.finished:
        return not line.text.endswith(("：", "，", "；"))
    if not re.search(r"[？！?!][”’」』）》]*$", line.text):
        return False
    texts = [x.text for j, x in enumerate(lines) if j != i]
    repeated = any(line.text in text for text in texts if len(text) < 2 * len(line.text) + 20)
    byline_follows = any(x.rule in ("byline", "label") for x in lines[i + 1 : i + 6])
    opens = all(x.rule in ("menu words", "breadcrumb", "no words") for x in lines[:i])
    return repeated or byline_follows or opens


def _loose_end(lines: Sequence[Line], before: int, last: int) -> bool:
    """A lone question or call behind furniture at the end of a page."""
    line = lines[last]
    between = lines[before + 1 : last]
    furniture = any(x.kind == "boilerplate" for x in between) or len(between) >= _LONE
    return furniture and line.stops == 0 and (line.asks or line.link) and line.length <= 40


def _edges(lines: Sequence[Line], rules: CleaningRules) -> list[Line]:
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
