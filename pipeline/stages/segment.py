"""Articles to body sentences, each with its neighbours and its place in the raw file."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.config import STRICT, load_params
from pipeline.records.article import Article
from pipeline.records.sentence import Sentence
from pipeline.records.store import iter_jsonl, write_jsonl
from pipeline.run_stage import run_stage
from pipeline.text.clean import body_texts
from pipeline.text.mapped import MappedText
from pipeline.text.sentences import split_sentences
from pipeline.text.story import letters


@dataclass(frozen=True)
class Params:
    """`min_letters`: letters, digits and Chinese characters that make a sentence."""

    __pydantic_config__ = STRICT

    min_letters: int


def segment_article(article: Article, params: Params) -> list[Sentence]:
    """Split an article's body blocks into sentences; ids hang on their letters only."""
    found = [(s, key) for s, key in _split(article) if len(key) >= params.min_letters]
    texts = ["", *(s.text for s, _ in found), ""]
    seen: Counter[str] = Counter()
    sentences = []
    for i, (sentence, key) in enumerate(found):
        digest = hashlib.sha1(key.encode()).hexdigest()[:10]
        seen[digest] += 1
        again = f"-{seen[digest]}" if seen[digest] > 1 else ""
        sentence_id = f"{article.article_id}-{digest}{again}"
        sentences.append(
            replace(sentence, sentence_id=sentence_id, before=texts[i], after=texts[i + 2])
        )
    return sentences


def _split(article: Article) -> Iterator[tuple[Sentence, str]]:
    """Each sentence with the letters that its id hangs on."""
    for paragraph, mapped in enumerate(body_texts(article)):
        for start, end in split_sentences(mapped.text):
            yield (
                Sentence(
                    sentence_id="",
                    article_id=article.article_id,
                    paragraph=paragraph,
                    start=mapped.starts[start],
                    end=mapped.ends[end - 1],
                    text=mapped.text[start:end],
                    before="",
                    after="",
                ),
                _key(article.text, mapped.slice(start, end)),
            )


def _key(raw: str, sentence: MappedText) -> str:
    """A sentence's letters, 著 where the file has it: ids must not hang on our reading of it."""
    places = zip(sentence.text, sentence.starts, strict=True)
    return letters("".join("著" if c == "着" and raw[at] == "著" else c for c, at in places))


def main(params: Path, articles: Path, sentences: Path) -> None:
    """Write the body sentences of articles.jsonl to sentences.jsonl."""
    settings = load_params(params, "segment", Params)
    write_jsonl(
        sentences,
        (s for a in iter_jsonl(Article, articles) for s in segment_article(a, settings)),
    )


if __name__ == "__main__":
    run_stage(main)
