"""The pages' templates and their styles and scripts; everything is escaped unless made here."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.records.labels import ROLES, STANCES, VOICES, ZH
from pipeline.records.page import Inline
from pipeline.records.page_article import ArticlePage
from pipeline.records.page_overview import (
    ArticlesPage,
    ComparePage,
    IndexPage,
    Overview,
)
from pipeline.records.page_profile import EvidenceChunk, EvidencePage, ProfilePage
from pipeline.records.page_quality import QualityPage
from pipeline.templates.formats import FORMATS

STYLE = "site.css"
ALONE = ("site.js", "tables.js", "filter.js", "article.js")
"""Scripts that an article's page needs, whether it stands alone or not."""

_TEMPLATES = {
    ArticlePage: "article.html",
    ArticlesPage: "articles.html",
    ComparePage: "compare.html",
    EvidenceChunk: "chunk.js",
    EvidencePage: "evidence.html",
    IndexPage: "index.html",
    Overview: "overview.js",
    ProfilePage: "profile.html",
    QualityPage: "quality.html",
}


@dataclass(frozen=True)
class PageWriter:
    """Turns page records into files' text; build it once, since it compiles the templates."""

    environment: Environment
    inline: Inline

    def text(self, page: Any) -> str:
        """The whole file; the template receives the record and nothing else."""
        return self.environment.get_template(_TEMPLATES[type(page)]).render(page=page)

    def alone(self, page: ArticlePage) -> str:
        """The page with its style and scripts in itself and no link to another file."""
        return self.text(replace(page, frame=replace(page.frame, inline=self.inline)))


def page_writer() -> PageWriter:
    """Load the templates with escaping on; a misspelt field is an error, not a blank."""
    environment = Environment(
        loader=PackageLoader("pipeline", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.globals |= {"ZH": ZH, "STANCES": STANCES, "VOICES": VOICES, "ROLES": ROLES}
    environment.filters |= FORMATS
    return PageWriter(environment, _inline())


def assets() -> Iterator[tuple[str, str]]:
    """Name and content of each file that the pages load, and the licences of foreign ones."""
    here = files("pipeline.templates")
    yield STYLE, _style()
    for script in _files(here / "js"):
        yield script.name, script.read_text(encoding="utf-8")
    for file in _files(here / "vendor"):
        if file.name == "echarts.js" or file.name.startswith(("LICENSE", "NOTICE")):
            yield f"vendor/{file.name}", file.read_text(encoding="utf-8")


def _files(folder: Traversable) -> list[Traversable]:
    return sorted((f for f in folder.iterdir() if f.is_file()), key=lambda f: f.name)


def _style() -> str:
    parts = _files(files("pipeline.templates") / "css")
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)


def _inline() -> Inline:
    style = _style()
    folder = files("pipeline.templates") / "js"
    scripts = tuple((folder / name).read_text(encoding="utf-8") for name in ALONE)
    policy = (
        f"default-src 'none'; style-src {_source(style)}; "
        f"script-src {' '.join(map(_source, scripts))}; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    return Inline(Markup(style), tuple(map(Markup, scripts)), Markup(policy))


def _source(text: str) -> str:
    """How a Content-Security-Policy names an inline text: by its SHA-256."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _printable(value: Any) -> Any:
    """Show a null byte as the replacement character: an HTML parser would drop it."""
    if isinstance(value, str) and "\0" in value:
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return value
