"""Which lines of a page are the article: decided from each line's place among the others."""

import re
from collections.abc import Sequence

from pipeline.text.edges import decide_edges
from pipeline.text.ends import cut_ends
from pipeline.text.inside import inside_article
from pipeline.text.lines import Line, read_line
from pipeline.text.rules import CleaningRules

LONE = 4
"""Lines of furniture that part the last paragraphs of an article from what is said below it."""
STANDFIRST = 80
SLOGAN = 30
REMARK = 60
"""Characters of a standfirst, of a full sentence as one, of a title or a reader's remark."""
_TRIFLE = 0.1
_NAMED = re.compile(
    r"^\W*(?:作者|文|撰文|撰稿|记者|采写|采访|编辑|编译|翻译|本报记者|By|.{0,12}（记者)(?:\W|丨)"
)


def classify(lines: Sequence[Line], rules: CleaningRules) -> list[Line]:
    """Give every line its kind and the name of the rule that decided it."""
    done = [read_line(line, rules) for line in lines]
    done = cut_ends(_lead_notes(done), rules)
    done = decide_edges(_head_and_tail(done, rules), rules)
    return inside_article(done, rules)


def _lead_notes(lines: Sequence[Line]) -> list[Line]:
    """The paragraph below a bare "编者按" is the editor's."""
    done = list(lines)
    for i, line in enumerate(done[:-1]):
        if line.rule == "editor's note" and line.length <= 8 and done[i + 1].prose:
            done[i + 1] = done[i + 1].decided("boilerplate", "editor's note")
    return done


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
    """First and last paragraph, without titles and remarks that look like sentences."""
    at = [i for i, line in enumerate(lines) if line.prose]
    while at and _opens(lines, at[0], at[1] if len(at) > 1 else len(lines)):
        at.pop(0)
    while len(at) > 1 and _loose_end(lines, at[-2], at[-1]):
        at.pop()
    for n in range(len(at) - 1, 0, -1):
        if _remarks(lines, at[:n], at[n:]):
            at = at[:n]
    return (at[0], at[-1]) if at else (len(lines), len(lines))


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


def _opens(lines: Sequence[Line], i: int, following: int) -> bool:
    """Whether a sentence-like line is a title, or a standfirst with the byline below it."""
    line = lines[i]
    text, length = line.text, line.length
    between = lines[i + 1 : following]
    if text.endswith(("：", "，", "；")) or length > STANDFIRST:
        return False
    if "。" in text:
        named = any(_byline(x) and _NAMED.match(x.text) for x in between)
        return named and not line.stops and length <= SLOGAN
    if not line.finished:
        return length <= REMARK or any(map(_byline, between))
    return _asked_title(lines, i, any(map(_byline, between)))


def _byline(line: Line) -> bool:
    """Whether a line names who wrote, or when; a picture's credit does not."""
    if line.rule == "byline":
        return re.search("图|摄", line.text) is None
    return line.rule == "label" and _NAMED.match(line.text) is not None


def _asked_title(lines: Sequence[Line], i: int, byline: bool) -> bool:
    line = lines[i]
    if line.length > REMARK or not re.search(r"[？！?!][”’」』）》]*$", line.text):
        return False
    texts = [x.text for j, x in enumerate(lines) if j != i]
    repeated = any(line.text in text for text in texts if len(text) < 2 * len(line.text) + 20)
    labelled = any(x.rule in ("byline", "label") for x in lines[i + 1 : i + 6])
    first = all(x.rule in ("menu words", "breadcrumb", "no words") for x in lines[:i])
    return repeated or byline or labelled or first


def _remarks(lines: Sequence[Line], body: Sequence[int], rest: Sequence[int]) -> bool:
    """Whether the last sentences are a few short remarks below a stretch of furniture."""
    gap = lines[body[-1] + 1 : rest[0]]
    furniture = sum(x.kind is not None for x in gap)
    weights = [sum(lines[i].length for i in part) for part in (body, rest)]
    short = all(lines[i].length <= REMARK for i in rest)
    parted = len(gap) >= LONE and 2 * furniture >= LONE
    return parted and short and weights[1] <= _TRIFLE * weights[0]


def _loose_end(lines: Sequence[Line], before: int, last: int) -> bool:
    """A lone question or call behind furniture at the end of a page."""
    line = lines[last]
    between = lines[before + 1 : last]
    furniture = any(x.kind == "boilerplate" for x in between) or len(between) >= LONE - 1
    return furniture and line.stops == 0 and (line.asks or line.link) and line.length <= 40
