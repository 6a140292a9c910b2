"""Inside the article: headings told from sentences by shape, style and neighbours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.text.lines import Line
from pipeline.text.rules import CleaningRules

SHORT_HEADING = 30
SHORT_QUESTION = 20
SHORT_BEFORE_COLON = 12
SHORT_MARK = 6
LONG_LINE = 40
LONG_CLAUSES = 32
"""Characters: what Chinese sites set as a heading is shorter, what is longer is a sentence."""
_LONG_NEIGHBOUR = 60
_NUMERALS = "一二三四五六七八九十"
_ORDINAL = re.compile(r"(\d{1,2})|([一二三四五六七八九十])")


@dataclass(frozen=True)
class Habits:
    """How an article sets its headings: lines with numbers or marks, and plain short lines."""

    styled: int
    plain: int


def inside_article(lines: Sequence[Line], rules: CleaningRules) -> list[Line]:
    """Decide every line that is still open: body or heading."""
    styled = sum(bool(x.style) and x.kind in (None, "heading") and not x.prose for x in lines)
    plain = sum(
        x.kind is None and not x.style and not x.finished and x.length <= 20 and "，" not in x.text
        for x in lines
    )
    done = list(lines)
    for i, line in enumerate(done):
        if line.kind is None:
            if rules.matches("spoken", line.text):
                body, rule = True, "speaker"
            elif line.finished:
                body, rule = _finished(done, i, rules, Habits(styled, plain))
            else:
                body, rule = _unfinished(done, i, rules, Habits(styled, plain))
            done[i] = line.decided("body" if body else "heading", rule)
    return done


def _finished(
    lines: Sequence[Line], i: int, rules: CleaningRules, habits: Habits
) -> tuple[bool, str]:
    line = lines[i]
    if not line.asks or line.length > SHORT_HEADING:
        return True, "sentence"
    asked = line.style == "bold" and rules.matches("running_question", line.text)
    if line.style and not asked and not _interview(lines, line):
        return False, f"heading style: {line.style}"
    if i and lines[i - 1].rule == "number alone":
        return False, "below its number"
    if (
        line.text.endswith(("！", "!"))
        or habits.styled
        or "，" in line.text
        or line.length > SHORT_QUESTION
    ):
        return True, "sentence"
    if rules.matches("running_question", line.text) or rules.matches("speaker", line.text):
        return True, "sentence"
    around = [x.length for x in lines[max(0, i - 2) : i + 3] if x.prose and x is not line]
    heading = habits.plain > 0 or (bool(around) and median(around) >= _LONG_NEIGHBOUR)
    return not heading, "question as heading" if heading else "sentence"


def _unfinished(
    lines: Sequence[Line], i: int, rules: CleaningRules, habits: Habits
) -> tuple[bool, str]:
    line = lines[i]
    if line.text.endswith(("，", "、", "；")):
        return True, "goes on"
    if line.text.endswith(("：", ":")):
        return _colon(line, rules)
    if i and lines[i - 1].rule == "number alone":
        return False, "below its number"
    if line.hint == "heading":
        return False, "heading style: markup"
    if line.stops or line.length >= (LONG_CLAUSES if "，" in line.text else LONG_LINE):
        return True, "long line"
    if rules.matches("clause", line.text) and _in_list(lines, i, rules):
        return True, "list item"
    if line.style:
        return False, f"heading style: {line.style}"
    if rules.matches("speaker", line.text) and _interview(lines, line):
        return True, "speaker"
    if "，" in line.text and habits.styled and not line.link and not _below_image(lines, i):
        return True, "clause"
    return False, "short line"


def _below_image(lines: Sequence[Line], i: int) -> bool:
    """Whether the line stands right below the place of an image, where captions stand."""
    return i > 0 and "图" in lines[i - 1].text and lines[i - 1].length <= SHORT_MARK


def _colon(line: Line, rules: CleaningRules) -> tuple[bool, str]:
    leads = rules.matches("lead_in", line.text)
    if line.style in ("markup", "mark", "chapter", "bracketed"):
        heading = line.length <= SHORT_HEADING
    elif line.style:
        heading = line.length <= SHORT_HEADING and not leads
    else:
        heading = line.length <= SHORT_BEFORE_COLON and "，" not in line.text and not leads
    return not heading, "heading before a colon" if heading else "lead-in"


def _in_list(lines: Sequence[Line], i: int, rules: CleaningRules) -> bool:
    """Whether neighbours carry the next or the last number of a list, or a lead-in stands above.

    A numbered line right above a paragraph is a heading, not an item.
    """
    line = lines[i]
    above = lines[i - 1] if i else None
    below = lines[i + 1] if i + 1 < len(lines) else None
    if above is not None and (above.text.endswith(("：", "；")) or above.rule == "list item"):
        return True
    if line.style not in ("numeral", "bracketed numeral", "number"):
        return any(x and rules.matches("clause", x.text) for x in (above, below))
    return below is not None and below.style == line.style and _follows(line.text, below.text)


def _follows(one: str, two: str) -> bool:
    """Whether the second line's number is the next after the first one's."""
    numbers = [_ORDINAL.search(text) for text in (one, two)]
    first, second = (
        0 if n is None else int(n[1]) if n[1] else _NUMERALS.find(n[2]) + 1 for n in numbers
    )
    return second == first + 1


def _interview(lines: Sequence[Line], line: Line) -> bool:
    """Whether a line's speaker speaks at least twice elsewhere."""
    name = _speaker(line)
    return sum(x.finished and _speaker(x) == name for x in lines) >= 2


def _speaker(line: Line) -> str:
    return re.split("[:：]", line.text, maxsplit=1)[0]
