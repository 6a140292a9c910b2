"""What one line of a page looks like by itself: its shape, and the first rule it meets."""

import re
from dataclasses import dataclass, replace

from pipeline.records.labels import BlockKind
from pipeline.text.normalise import han_share, is_han
from pipeline.text.rules import CleaningRules, Where

SHORT_CREDIT = 60
SHORT_SPEAKER = 24
_FINISHED = re.compile(
    r"(?:[。！？!?；;…]|\.{3,}|(?<=[㐀-鿿”」）%\d])\.)"
    r"[”’」』）)\]】》\"'*]*(?:\s?[（(](?:完|全文完|记者|编辑|责编|责任编辑)[^）)]{0,24}[）)])?$"
)
_INNER_STOP = re.compile(r"[。！？](?=.)")
_MENU_GAP = re.compile(r"[\s|｜丨·•>›»→/／]+")
_TABLE = re.compile(r"\t|\s\|\s|^\||\|$| {3,}")
_RULE_MARK = re.compile(r"^\s*\|?[\s\-—=_*:|.~·#+]*$")


@dataclass(frozen=True)
class Line:
    """A line of a page, loosely normalised, and what is known of it so far.

    `hint` is what the markup says; `kind` and `rule` are empty until decided.
    """

    text: str
    hint: str = ""
    bold: bool = False
    link: bool = False
    columns: bool = False
    kind: BlockKind | None = None
    rule: str = ""
    style: str = ""

    @property
    def finished(self) -> bool:
        """Whether it ends as a sentence (or a clause of a list) does."""
        return _FINISHED.search(self.text) is not None

    @property
    def stops(self) -> int:
        """Full stops before its end."""
        return len(_INNER_STOP.findall(self.text))

    @property
    def length(self) -> int:
        """Characters that are not blank."""
        return len(self.text) - self.text.count(" ")

    @property
    def prose(self) -> bool:
        """Whether it reads as running text and no rule has spoken against it."""
        if self.kind is not None:
            return self.kind == "body"
        return self.length >= 4 and (self.finished or self.stops > 0 or self.long_clause)

    @property
    def long_clause(self) -> bool:
        """A long line with inner commas whose full stop was lost."""
        return self.length >= 50 and "，" in self.text and not self.columns

    @property
    def asks(self) -> bool:
        """One sentence that ends in a question or exclamation mark."""
        return self.stops == 0 and re.search(r"[？！?!][”」』）》]*$", self.text) is not None

    def decided(self, kind: BlockKind, rule: str) -> "Line":
        """The line with its decision, unless it has one already."""
        return self if self.kind is not None else replace(self, kind=kind, rule=rule)


def looks_tabular(visible: str) -> bool:
    """Whether a line, before normalising, has columns."""
    return _TABLE.search(visible.strip()) is not None


def read_line(line: Line, rules: CleaningRules) -> Line:
    """Decide what can be decided from the line alone, and find its heading style."""
    text = line.text.strip()
    line = replace(line, text=text, style=_style(line, rules))
    if line.hint == "furniture" or line.hint == "caption":
        return line.decided("boilerplate", f"markup: {line.hint}")
    if _RULE_MARK.match(text) or not any(c.isalnum() for c in text):
        return line.decided("boilerplate", "no words")
    if rules.matches("number_alone", text):
        return line.decided("heading", "number alone")
    if rules.lead_label.match(text.replace(" ", "")):
        return line.decided("heading", "lead label")
    for name, found in (
        ("label", is_label(line, rules)),
        ("menu words", not line.finished and _is_menu(text, rules)),
        ("not Chinese", is_foreign(text)),
        ("table row", line.columns and not line.finished and not line.long_clause),
    ):
        if found:
            return line.decided("boilerplate", name)
    return by_rules(line, rules, ("any",) if line.finished else ("any", "unfinished"))


def by_rules(line: Line, rules: CleaningRules, places: tuple[Where, ...]) -> Line:
    """Apply the first of the rules for these places that the line meets."""
    for rule in rules.rules:
        if (
            set(rule.where) & set(places)
            and line.length <= rule.max_length
            and rule.pattern.search(line.text)
        ):
            return line.decided(rule.kind, rule.name)
    return line


def is_label(line: Line, rules: CleaningRules) -> bool:
    """Whether a label word opens the line (`责编：…`, `图源｜…`)."""
    tight = line.text.replace(" ", "")
    found = {
        name
        for name, pattern in rules.labels.items()
        if pattern.match(line.text) or pattern.match(tight)
    }
    if "note" in found:
        return True
    if "credit" in found and (line.length <= SHORT_CREDIT or not line.finished):
        return True
    if "action" in found and not line.finished:
        return True
    return "speaker" in found and line.length <= SHORT_SPEAKER and not line.finished


def _style(line: Line, rules: CleaningRules) -> str:
    if line.hint == "heading":
        return "markup"
    found = (name for name, pattern in rules.styles.items() if pattern.search(line.text))
    return next(found, "bold" if line.bold else "")


def _is_menu(text: str, rules: CleaningRules) -> bool:
    words = [w.strip("[]【】（）()<>《》+-＋－○●：:…. ") for w in _MENU_GAP.split(text)]
    words = [w for w in words if w]
    known = sum(w in rules.menu or w.isdigit() for w in words)
    return bool(words) and (known == len(words) or (known >= 3 and known >= 0.7 * len(words)))


def is_foreign(text: str) -> bool:
    """Whether a line is no Chinese: a notice in English, a code, a row of numbers."""
    return not any(map(is_han, text)) or (len(text) > 30 and han_share(text) < 0.15)
