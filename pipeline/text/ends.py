"""Where an article ends, and where it goes on below an inset or a lone end mark."""

import re
from collections.abc import Sequence

from pipeline.text.lines import Line, by_rules
from pipeline.text.rules import CleaningRules

TAIL = {"comments": 1.0, "hard": 0.5, "credits": 0.5}
"""Such a mark counts when the prose after it is at most this multiple of the prose before it."""
RUN = {"credits": 3, "soft": 2}
"""Clear paragraphs in a row from which the article goes on below such a mark."""
CLEAR = 30
"""Characters of a clear paragraph; teasers of other articles stand alone between headlines."""
_INSET_ITEMS = 20
_LONGEST_MARK = 40


def cut_ends(lines: Sequence[Line], rules: CleaningRules) -> list[Line]:
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
        stop = _resumes(done, i + 1, group, rules) if group in RUN else len(done)
        done[i + 1 : stop] = [
            x.decided("boilerplate", "after end mark") for x in done[i + 1 : stop]
        ]
    return done


def _weight(lines: Sequence[Line]) -> int:
    return sum(line.length for line in lines if line.prose)


def _end_group(line: Line, rules: CleaningRules) -> str:
    if line.length > _LONGEST_MARK or line.kind == "body":
        return ""
    return next((name for name, p in rules.ends.items() if p.search(line.text)), "")


def _resumes(lines: Sequence[Line], start: int, group: str, rules: CleaningRules) -> int:
    """Where the article goes on: at the next paragraph, if paragraphs prevail or follow in a row.

    The next end mark stops the search.
    """
    stop = next((i for i in range(start, len(lines)) if _end_group(lines[i], rules)), len(lines))
    for i in range(start, min(stop, start + _INSET_ITEMS)):
        if _paragraph(lines[i], rules):
            rest = [x for x in lines[i:stop] if x.kind is None]
            paragraphs = sum(_paragraph(x, rules) for x in rest)
            prevail = group == "soft" and 2 * paragraphs > min(len(rest) + 1, 2 * len(rest) - 1)
            return i if prevail or _longest_run(rest, rules) >= RUN[group] else stop
    return stop


def _paragraph(line: Line, rules: CleaningRules) -> bool:
    """Running text that is no headline of another article."""
    if not line.prose or line.link or line.kind is not None:
        return False
    return re.search("[。；…]", line.text) is not None or rules.matches("speaker", line.text)


def _longest_run(lines: Sequence[Line], rules: CleaningRules) -> int:
    longest = run = 0
    for line in lines:
        clear = line.length >= CLEAR and line.finished and _paragraph(line, rules)
        notice = clear and by_rules(line, rules, ("edge", "tail")).kind is not None
        run = run + 1 if clear and not notice else 0
        longest = max(longest, run)
    return longest
