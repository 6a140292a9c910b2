"""Invented pages with a known kind for each line: loading them and scoring the cleaning."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.records.article import Article

MARK = "‖"


@dataclass(frozen=True)
class GoldLine:
    """A line's letter (T title, H heading, X boilerplate, B body) and its sentences."""

    kind: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class GoldPage:
    """A page as a site would give it, and what each of its lines is."""

    name: str
    raw: str
    lines: tuple[GoldLine, ...]

    @property
    def body(self) -> list[str]:
        """The body sentences, in order."""
        return [s for line in self.lines if line.kind == "B" for s in line.sentences]


def load_page(path: Path) -> GoldPage:
    """Read a .page file: letter, tab, text with marks at the sentence boundaries."""
    raw: list[str] = []
    lines: list[GoldLine] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            kind, text = line[0], line[2:]
            raw.append(text.replace(MARK, ""))
            lines.append(GoldLine(kind, tuple(text.split(MARK))))
        else:
            raw.append("")
    return GoldPage(path.stem, "\n".join(raw), tuple(lines))


def load_pages(folder: Path) -> list[GoldPage]:
    """All pages of a folder, by name."""
    return [load_page(path) for path in sorted(folder.glob("*.page"))]


@dataclass(frozen=True)
class Score:
    """Body sentences and other lines of a page, and what the cleaning made of them."""

    sentences: int
    lost: tuple[str, ...]
    others: int
    leaked: tuple[str, ...]


def score(page: GoldPage, article: Article) -> Score:
    """Compare an article's body blocks with the page's lines; a line is found by its place."""
    body = [(b.start, b.end) for b in article.blocks if b.kind == "body"]
    lost: list[str] = []
    leaked: list[str] = []
    others = at = 0
    for line in page.lines:
        text = "".join(line.sentences)
        start = page.raw.index(text, at)
        at = start + len(text)
        kept = any(left < at and start < right for left, right in body)
        others += line.kind != "B"
        if line.kind == "B" and not kept:
            lost += line.sentences
        if line.kind != "B" and kept:
            leaked.append(text)
    return Score(len(page.body), tuple(lost), others, tuple(leaked))
