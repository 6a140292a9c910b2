"""An invented corpus of any size, to measure with: words without meaning, answers drawn by lot."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from pipeline.records.article import Article, Block
from pipeline.records.labels import ANSWERS, ROLES, STANCES, VOICES
from pipeline.records.prediction import AreaAnswer, Prediction, Words
from pipeline.records.store import to_json

PHRASES = (
    "有关部门表示", "该计划提出", "批评者认为", "行业协会指出", "与此同时", "从长远看",
    "在具体执行中", "加快数据中心的审批", "收紧芯片的出口许可", "扩大公共算力的开放",
    "推动开放权重的模型", "完善安全评测的规则", "各州的立法并不一致", "代价最终由公众承担",
    "企业的合规负担随之变化", "培训与再就业的投入不足", "盟友之间的分歧依旧存在",
    "这一做法的效果仍待观察", "规则的设计需要重来", "竞争的格局正在改变",
)  # fmt: skip
OUTLETS = 40
PARAGRAPH = 4


@dataclass(frozen=True)
class Size:
    """How many articles, and sentences in each."""

    articles: int
    sentences: int


def write_corpus(folder: Path, size: Size, areas: tuple[str, ...], seed: int = 0) -> None:
    """Write articles.jsonl and predictions.jsonl that fit each other; the same for a seed."""
    rng = Random(seed)
    with (
        (folder / "articles.jsonl").open("w", encoding="utf-8") as articles,
        (folder / "predictions.jsonl").open("w", encoding="utf-8") as predictions,
    ):
        for number in range(size.articles):
            article, answered = _article(number, size.sentences, areas, rng)
            articles.write(to_json(article) + "\n")
            predictions.writelines(to_json(prediction) + "\n" for prediction in answered)


def _article(
    number: int, sentences: int, areas: tuple[str, ...], rng: Random
) -> tuple[Article, list[Prediction]]:
    name = f"synthetic-{number:05d}"
    text, blocks, predictions = "", [], []
    for first in range(0, sentences, PARAGRAPH):
        start = len(text)
        for place in range(first, min(first + PARAGRAPH, sentences)):
            words = "，".join(rng.sample(PHRASES, rng.randint(2, 6))) + "。"
            predictions.append(_prediction(name, place, len(text), words, areas, rng))
            text += words
        blocks.append(Block("body", start, len(text), "synthetic"))
        text += "\n"
    date = f"2025-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    outlet = f"合成媒体{rng.randrange(OUTLETS):02d}"
    return (
        Article(
            name, f"{name}.txt", "utf-8", "plain", f"合成文章第{number}号", outlet, "", date, name,
            text, tuple(blocks),
        ),
        predictions,
    )  # fmt: skip


def _prediction(
    article: str, place: int, start: int, words: str, areas: tuple[str, ...], rng: Random
) -> Prediction:
    asked = rng.sample(areas, rng.choice((0, 1, 1, 2)))
    return Prediction(
        article_id=article,
        sentence_id=f"{article}-{place:04d}",
        start=start,
        end=start + len(words),
        text=words,
        role=rng.choice(ROLES),
        role_p=round(rng.uniform(0.5, 1), 4),
        voice=rng.choice(VOICES),
        voice_p=round(rng.uniform(0.5, 1), 4),
        areas=tuple(_answer(area, words, rng) for area in asked),
        model="synthetic",
    )


def _answer(area: str, words: str, rng: Random) -> AreaAnswer:
    stance = rng.choice(STANCES)
    others = [name for name in ANSWERS if name != stance]
    p = {name: round(rng.uniform(0, 0.2), 4) for name in others}
    carried = () if stance == "neutral" else tuple(_carried(words))
    return AreaAnswer(area, stance, {**p, stance: round(1 - sum(p.values()), 4)}, carried)


def _carried(words: str) -> Iterator[Words]:
    first = words.split("，")[0]
    yield Words(first, 0, len(first), 0.21)
    yield Words(words[-5:-1], len(words) - 5, len(words) - 1, 0.08)
