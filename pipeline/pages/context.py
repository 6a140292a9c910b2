"""What every page builder needs beside its own records."""

from dataclasses import dataclass, field

from pipeline.records.labels import ANSWERS, EN, ROLES, VOICES, ZH
from pipeline.records.page import Both, Frame, SiteName
from pipeline.records.page_article import Known
from pipeline.records.page_quality import Versions
from pipeline.records.quality import Quality
from pipeline.records.taxonomy import Taxonomy


@dataclass(frozen=True)
class Context:
    """The taxonomy, the site's name, what was measured, what people answered, what moved.

    `single`: each article is written as a self-contained file as well.
    """

    taxonomy: Taxonomy
    name: SiteName
    quality: Quality = field(default_factory=Quality)
    known: Known = field(default_factory=Known)
    versions: Versions | None = None
    single: bool = False

    def frame(self, root: str, here: str) -> Frame:
        """Around a page that lies `root` below the site's folder, in its part `here`."""
        words: dict[str, Both] = {
            name: (ZH[name], EN[name]) for name in (*ANSWERS, *VOICES, *ROLES, "mixed")
        }
        words |= {area.id: (area.zh, area.en) for area in self.taxonomy.areas}
        return Frame(self.name, root, here, words)
