"""One body sentence, with the way back to the raw file."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """Normalised `text` of the raw characters `start` to `end` (end excluded).

    `sentence_id` is made from the article's id and the sentence's letters, so that it is stable
    when other sentences or articles come and go. `before` and `after` are the normalised
    neighbouring body sentences ("" at the ends); `paragraph` counts body blocks from 0.
    """

    sentence_id: str
    article_id: str
    paragraph: int
    start: int
    end: int
    text: str
    before: str
    after: str
