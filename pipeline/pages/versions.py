"""What a new model or codebook changes by itself: shown, so that it is not taken for opinion."""

from collections.abc import Sequence

from pipeline.records.anchor import Anchor, AnchorRecord
from pipeline.records.page_quality import Versions
from pipeline.stats.anchors import shifts


def versions(anchors: Sequence[Anchor], history: Sequence[AnchorRecord]) -> Versions | None:
    """The last two versions that differ, on the anchors that both answered; None without two."""
    earlier = [record for record in history if record != history[-1]]
    if not earlier:
        return None
    before, now = earlier[-1], history[-1]
    return Versions(_name(before), _name(now), tuple(shifts(anchors, before, now)))


def _name(record: AnchorRecord) -> str:
    return f"{record.model} · {record.taxonomy} · {record.codebook}"
