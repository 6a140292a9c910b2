"""File names and anchors of the site: safe in any file system, whatever the ids hold."""

import re
from hashlib import sha256


def page_name(*keys: str) -> str:
    """A file name for what `keys` identify, e.g. "articles 12" -> "articles-12-1f0c….html".

    Holds ASCII letters, digits and dashes only; the hash keeps different keys apart.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", "-".join(keys).lower()).strip("-")[:50].strip("-")
    digest = sha256("\0".join(keys).encode()).hexdigest()[:12]
    return f"{slug}-{digest}.html" if slug else f"{digest}.html"


def anchor(sentence_id: str) -> str:
    """The element id of a sentence, the same on every build."""
    return "s" + sha256(sentence_id.encode()).hexdigest()[:16]
