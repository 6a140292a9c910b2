"""How long a large site takes to build and to open, and how big it gets."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.commands.benchmark import Bench, Request
from pipeline.commands.synthetic import Size, write_corpus
from pipeline.errors import InputError
from pipeline.project import Project
from pipeline.records.taxonomy import load_taxonomy
from pipeline.stages import summarise

LARGE = Size(articles=2000, sentences=50)
MEASURED = """
import re, runpy
from pathlib import Path
runpy.run_module("pipeline.stages.render", run_name="__main__")
status = Path("/proc/self/status")
print(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1] if status.exists() else "")
"""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LOADED = (
    "index.html", "site.css", "site.js", "tables.js", "overview.js", "charts.js", "matrix.js",
    "trends.js", "vendor/echarts.js",
)  # fmt: skip
"""What a browser reads to show the front page."""
SHOWN = "() => document.querySelectorAll('#matrix-table tbody tr').length > 0"


@dataclass(frozen=True)
class Limit:
    """A figure's name, its unit, and what it should stay under."""

    name: str
    unit: str
    most: float


LIMITS = (
    Limit("build", "s", 60),
    Limit("processor time of the build", "s", 60),
    Limit("memory of the build", "MB", 1000),
    Limit("index.html", "KB", 1000),
    Limit("index.html and all it loads", "KB", 1000),
    Limit("largest article page", "KB", 300),
    Limit("first view of the index", "s", 2),
)


def site(request: Request) -> Bench:
    """Build the site of 2,000 invented articles with 100,000 sentences, and open it."""
    return measure(request.project, LARGE)


def measure(project: Project, size: Size) -> Bench:
    """Build the site of a synthetic corpus in a process of its own, and look at what came out."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        write_corpus(work, size, load_taxonomy(project.taxonomy).ids)
        names = ("articles", "predictions", "held_out", "summaries")
        inputs = [work / f"{name}.jsonl" for name in names]
        summarise.main(project.params, project.taxonomy, *inputs)
        built = build(project, work)
        folder = work / "site"
        pages = sorted((folder / "articles").iterdir(), key=lambda page: page.stat().st_size)
        found = (
            *built,
            kilobytes(folder / "index.html"),
            sum(kilobytes(folder / name) for name in LOADED),
            kilobytes(pages[-1]),
            first_view(folder / "index.html"),
        )
    rows = []
    metrics = {}
    for limit, value in zip(LIMITS, found, strict=True):
        shown = "–" if value is None else f"{value:.1f} {limit.unit}"
        rows.append([limit.name, shown, f"{limit.most:g} {limit.unit}"])
        if value is not None:
            metrics[limit.name.replace(" ", "_").replace(".", "_")] = value
    title = f"A site of {size.articles} articles, {size.articles * size.sentences} sentences"
    return Bench(title, ["what", "measured", "wanted under"], rows, metrics)


def kilobytes(path: Path) -> float:
    """A file's size in units of 1000 bytes."""
    return path.stat().st_size / 1000


def build(project: Project, work: Path) -> tuple[float, float, float | None]:
    """Seconds on the clock and of the processor, and peak memory in MB, of the render stage.

    The stage runs alone in a new process on the files of `work`; its memory is what Linux says
    of it at its end, None elsewhere. Raises InputError when the stage fails.
    """
    nothing = work / "nothing"
    inputs = [work / f"{name}.jsonl" for name in ("articles", "predictions", "summaries")]
    words = [project.params, project.taxonomy, *inputs, *[nothing] * 6, work / "site"]
    before, began = os.times(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *map(str, words)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    seconds, after = time.perf_counter() - began, os.times()
    if done.returncode:
        raise InputError("the render stage failed; its message stands above")
    processor = after.children_user - before.children_user
    processor += after.children_system - before.children_system
    return seconds, processor, int(done.stdout) / 1000 if done.stdout.strip() else None


def first_view(index: Path) -> float | None:
    """Seconds until the front page shows its matrix in Chromium; None without the browser."""
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return None
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with ThreadPoolExecutor(1) as apart:  # playwright refuses a thread that runs a loop already
        return apart.submit(_seconds_until_shown, sync_playwright, browser, index).result()


def _seconds_until_shown(start: Callable[[], Any], browser: str, index: Path) -> float:
    with start() as playwright:
        running = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = running.new_page()
        began = time.perf_counter()
        page.goto(index.as_uri(), wait_until="commit")
        page.wait_for_function(SHOWN)
        page.evaluate("() => new Promise(requestAnimationFrame)")
        seconds = time.perf_counter() - began
        running.close()
    return seconds
