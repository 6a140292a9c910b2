"""Raw files to articles: decoded, cleaned, grouped into stories; what is refused is named."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from rich.console import Console
from rich.progress import track

from pipeline.config import STRICT, load_params, load_yaml
from pipeline.errors import InputError
from pipeline.records.article import Article
from pipeline.records.source import Source, load_sources
from pipeline.records.store import write_json, write_jsonl
from pipeline.run_stage import run_stage
from pipeline.text.clean import body_texts, clean
from pipeline.text.decode import Decoded, UndecodableError, decode
from pipeline.text.normalise import han_share
from pipeline.text.raw import MARKUPS, Note, RawText, RejectError, file_texts
from pipeline.text.repeats import drop_repeated
from pipeline.text.rules import CleaningRules, parse_rules
from pipeline.text.story import stories

MANY = 20
"""Files from which a progress bar is shown."""


@dataclass(frozen=True)
class Params:
    """`max_mb`: largest file read, in 2**20 bytes; `min_han`: least share of Chinese, 0..1."""

    __pydantic_config__ = STRICT

    max_mb: float
    min_han: float


@dataclass
class IngestReport:
    """What became of the files of a folder; kept and refused add up to what was found."""

    files: int = 0
    articles: int = 0
    body_blocks: int = 0
    rejects: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)


def ingest_folder(
    folder: Path, rules: CleaningRules, sources: Sequence[Source], params: Params
) -> tuple[list[Article], IngestReport]:
    """Read every file below a folder, in order of name, hidden ones left out.

    Raises InputError when there is no such folder or no file in it; a file that is no article
    is a named reject of the report.
    """
    paths = _files(folder)
    report = IngestReport(files=len(paths))
    articles: dict[str, Article] = {}
    for path in track(
        paths, "ingest", console=Console(stderr=True), disable=len(paths) < MANY, transient=True
    ):
        name = printable(path.relative_to(folder).as_posix())
        try:
            for raw in _texts(path, name, params, report):
                _add(articles, raw, rules, sources, params, report)
        except RejectError as refused:
            report.rejects.append(Note(name, str(refused)))
    done = _with_stories(list(articles.values()))
    report.articles = len(done)
    report.body_blocks = sum(b.kind == "body" for a in done for b in a.blocks)
    return done, report


def load_cleaning(cleaning: Path, sources: Path) -> tuple[CleaningRules, tuple[Source, ...]]:
    """Read the cleaning rules and the known outlets. Raises InputError."""
    rules = parse_rules(load_yaml(cleaning), str(cleaning))
    return rules, load_sources(sources)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise InputError(f"no folder {folder}: name a folder of .txt, .html, .md or .jsonl files")
    inside = (p for p in folder.rglob("*") if not _hidden(p.relative_to(folder)))
    paths = sorted(p for p in inside if not p.is_dir())
    if not paths:
        raise InputError(f"no files in {folder}: put .txt, .html, .md or .jsonl files there")
    return paths


def printable(name: str) -> str:
    """A file's name with bytes that are no UTF-8 replaced, so that it can be written down."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _texts(path: Path, name: str, params: Params, report: IngestReport) -> Iterator[RawText]:
    decoded = _read(path, params)
    if decoded.broken:
        reason = f"{decoded.broken} broken characters were replaced ({decoded.encoding})"
        report.warnings.append(Note(name, reason))
    for found in file_texts(decoded, printable(path.stem), path.suffix.lower(), name):
        if isinstance(found, Note):
            report.rejects.append(found)
        else:
            yield found


def _read(path: Path, params: Params) -> Decoded:
    if path.suffix.lower() not in {*MARKUPS, ".jsonl"}:
        raise RejectError(f"files ending in {path.suffix or 'nothing'!r} are not read")
    if path.exists() and not path.is_file():
        raise RejectError("not a regular file")
    try:
        megabytes = path.stat().st_size / 2**20
        if megabytes > params.max_mb:
            raise RejectError(f"{megabytes:.1f} MB, more than max_mb ({params.max_mb:g})")
        data = path.read_bytes()
    except OSError as error:
        raise RejectError(f"cannot be read: {error.strerror}") from None
    if not data.strip():
        raise RejectError("empty file")
    try:
        return decode(data)
    except UndecodableError as error:
        raise RejectError(str(error)) from None


def _add(
    articles: dict[str, Article],
    raw: RawText,
    rules: CleaningRules,
    sources: Sequence[Source],
    params: Params,
    report: IngestReport,
) -> None:
    try:
        if other := articles.get(raw.article_id):
            raise RejectError(f"has the article id {raw.article_id!r} of {other.file}; rename one")
        articles[raw.article_id] = _article(raw, rules, sources, params)
    except RejectError as refused:
        report.rejects.append(Note(raw.file, str(refused)))


def _article(
    raw: RawText, rules: CleaningRules, sources: Sequence[Source], params: Params
) -> Article:
    if not raw.text.strip():
        raise RejectError("empty file")
    article = clean(raw, rules, sources)
    bodies = [mapped.text for mapped in body_texts(article)]
    if not any(bodies):
        share = han_share(raw.text)
        if share < params.min_han:
            raise RejectError(f"not Chinese ({share:.0%} Han)")
        raise RejectError("no body text found")
    if (share := han_share("".join(bodies))) < params.min_han:
        raise RejectError(f"not Chinese ({share:.0%} Han)")
    return article


def _with_stories(articles: list[Article]) -> list[Article]:
    bodies = ["".join(m.text for m in body_texts(article)) for article in articles]
    grouped = [
        replace(article, story=story)
        for article, story in zip(articles, stories(bodies), strict=True)
    ]
    return drop_repeated(grouped)


def main(
    params: Path, cleaning: Path, sources: Path, raw: Path, articles: Path, report: Path
) -> None:
    """Read a folder of raw files into articles.jsonl and say what was refused and why."""
    rules, outlets = load_cleaning(cleaning, sources)
    found, told = ingest_folder(raw, rules, outlets, load_params(params, "ingest", Params))
    write_jsonl(articles, found)
    write_json(report, asdict(told))


if __name__ == "__main__":
    run_stage(main)
