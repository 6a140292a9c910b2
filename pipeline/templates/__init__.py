"""The pages' templates and their style and script; everything is escaped unless made here."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.records.labels import ROLES, STANCES, VOICES, ZH
from pipeline.records.page import ArticlePage, EvidencePage, IndexPage

ASSETS = ("site.css", "site.js")
"""Files of this folder that every page loads."""

_TEMPLATES = {
    ArticlePage: "article.html",
    EvidencePage: "evidence.html",
    IndexPage: "index.html",
}


@dataclass(frozen=True)
class PageWriter:
    """Turns page records into HTML; build it once, since it compiles the templates."""

    environment: Environment

    def html(self, page: ArticlePage | EvidencePage | IndexPage) -> str:
        """The whole page; the template receives the record and nothing else."""
        return self.environment.get_template(_TEMPLATES[type(page)]).render(page=page)


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
    environment.globals |= {"ZH": ZH, "STANCES": STANCES, "VOICES": VOICES, "ROLES": ROLES}
    return PageWriter(environment)


def assets() -> Iterator[tuple[str, str]]:
    """Name and content of each file that the pages load."""
    for name in ASSETS:
        yield name, files("pipeline.templates").joinpath(name).read_text(encoding="utf-8")


def _printable(value: Any) -> Any:
    """Show a null byte as the replacement character: an HTML parser would drop it."""
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value
