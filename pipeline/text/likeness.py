"""Which sentences are nearly the same, and which phrases are used again and again."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

_SILENT = re.compile(r"[\W_]+")
_NAMES = re.compile(r"《[^》]*》|[0-9A-Za-z.\-]+")
GRAM = 5


def grams(text: str, size: int) -> set[str]:
    """The runs of `size` letters in a text, punctuation and spaces left out."""
    bare = _SILENT.sub("", text)
    return {bare[i : i + size] for i in range(len(bare) - size + 1)}


def near_duplicates(texts: Sequence[str], above: float) -> Iterator[tuple[int, int, float]]:
    """Pairs of texts (by number) whose character 5-grams overlap by more than `above`, 0..1.

    Overlap is the Jaccard index. Texts shorter than 5 letters are like nothing.
    """
    sets = [grams(text, GRAM) for text in texts]
    where: dict[str, list[int]] = defaultdict(list)
    for i, own in enumerate(sets):
        shared = Counter(j for gram in own for j in where[gram])
        for j, common in sorted(shared.items()):
            likeness = common / (len(own) + len(sets[j]) - common)
            if likeness > above:
                yield j, i, likeness
        for gram in own:
            where[gram].append(i)


def repeated_runs(
    texts: Sequence[str], articles: Sequence[str], size: int, most: int, names: Sequence[str]
) -> list[tuple[str, int]]:
    """Runs of `size` letters that stand in more than `most` articles, and in how many.

    Titles in 《》 and words in Latin letters or digits are names and don't count, nor do `names`.
    """
    apart = re.compile("|".join([_NAMES.pattern, *map(re.escape, names)]))
    users: dict[str, set[str]] = defaultdict(set)
    for text, article in zip(texts, articles, strict=True):
        for part in apart.split(text):
            for run in grams(part, size):
                users[run].add(article)
    found = [(run, len(who)) for run, who in users.items() if len(who) > most]
    return sorted(found, key=lambda item: (-item[1], item[0]))
