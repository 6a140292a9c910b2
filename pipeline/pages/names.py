"""File names and anchors of the site: safe in any file system, whatever the ids hold."""

import re
from hashlib import sha256


def stem(*keys: str) -> str:
    """A file name without its ending for what `keys` identify, e.g. "articles 12" ->
    "articles-12-1f0c…".

    Holds ASCII letters, digits and dashes only; the hash keeps different keys apart.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", "-".join(keys).lower()).strip("-")[:50].strip("-")
    digest = sha256("\0".join(keys).encode()).hexdigest()[:12]
    return f"{slug}-{digest}" if slug else digest


def article_href(article_id: str) -> str:
    """Where an article's page is, seen from the site's root."""
    return f"articles/{stem(article_id)}.html"


def single_of(href: str) -> str:
    """Where the self-contained file of an article's page is, seen from the site's root."""
    return href.replace("articles/", "single/", 1)


def source_href(source: str) -> str:
    """Where a source's page is, seen from the site's root."""
    return f"sources/{stem(source)}.html"


def area_href(area: str) -> str:
    """Where a policy area's page is, seen from the site's root."""
    return f"areas/{stem(area)}.html"


def evidence_href(source: str, area: str) -> str:
    """Where the sentences of one source about one area are, seen from the site's root."""
    return f"evidence/{stem(source)}-{stem(area)}.html"


def chunk_name(source: str, area: str, number: int) -> str:
    """The file beside an evidence page that holds its sentences' part `number`."""
    return f"{stem(source)}-{stem(area)}.{number}.js"


def anchor(sentence_id: str) -> str:
    """The element id of a sentence, the same on every build."""
    return "s" + sha256(sentence_id.encode()).hexdigest()[:16]
