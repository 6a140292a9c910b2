"""Text that remembers which raw characters each of its characters was made of."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""Characters `start` to `end` (end excluded) become the string."""


@dataclass(frozen=True)
class MappedText:
    """Character i of `text` was made of the raw characters starts[i] to ends[i] (end excluded).

    The ranges never run backwards; raw characters in no range were dropped on the way.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, raw: str, start: int = 0, end: int | None = None) -> "MappedText":
        """The raw characters `start` to `end` as they stand."""
        stop = len(raw) if end is None else end
        return cls(raw[start:stop], tuple(range(start, stop)), tuple(range(start + 1, stop + 1)))

    def slice(self, start: int, end: int) -> "MappedText":
        """The characters `start` to `end` of this text, still mapped."""
        return MappedText(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def with_text(self, text: str) -> "MappedText":
        """The same places with other characters, one for one."""
        if len(text) != len(self.text):
            raise ValueError("a one-for-one change must keep the length")
        return self if text == self.text else MappedText(text, self.starts, self.ends)

    def edit(self, edits: Iterable[Edit]) -> "MappedText":
        """Replace ranges, given in order and apart; new characters stand for the whole range."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for start, end, new in edits:
            pieces += (self.text[at:start], new)
            starts += self.starts[at:start]
            ends += self.ends[at:start]
            if len(new) == end - start:
                starts += self.starts[start:end]
                ends += self.ends[start:end]
            elif new:
                starts += [self.starts[start]] * len(new)
                ends += [self.ends[end - 1]] * len(new)
            at = end
        if not pieces:
            return self
        pieces.append(self.text[at:])
        return MappedText("".join(pieces), (*starts, *self.starts[at:]), (*ends, *self.ends[at:]))

    def sub(
        self, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str] = ""
    ) -> "MappedText":
        """Replace every non-empty match, as re.sub does (`new` is taken literally)."""
        return self.edit(
            (m.start(), m.end(), new if isinstance(new, str) else new(m))
            for m in pattern.finditer(self.text)
            if m.end() > m.start()
        )
