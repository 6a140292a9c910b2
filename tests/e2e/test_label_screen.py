"""The annotators' screen in real Chromium: by keyboard alone, prefilled or not, blind."""

import os
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page

from pipeline.annotation.interface import KEYS, ROLE_KEYS, VOICE_KEYS
from pipeline.commands.label_pull import pull
from pipeline.commands.label_push import push_batch
from pipeline.records.annotation import Annotation
from pipeline.records.labels import ROLES, STANCES, VOICES
from pipeline.records.prediction import AreaAnswer, Prediction
from pipeline.records.store import read_jsonl, write_jsonl
from pipeline.records.taxonomy import load_taxonomy
from tests.e2e.annotation_project import make_project, remote, sentence

pytestmark = [pytest.mark.slow, pytest.mark.browser]
SENTENCES = 20


def log_in(page: Page, running) -> None:
    page.goto(f"{running.url}/user/login/")
    page.fill("input[name=email]", running.username)
    page.fill("input[name=password]", running.password)
    page.click("button[type=submit]")
    page.wait_for_url(f"{running.url}/**")
    page.wait_for_load_state("networkidle")


def start_labelling(page: Page, running, project_id: int) -> None:
    """Open the stream of tasks; the instructions come first and are closed."""
    page.goto(f"{running.url}/projects/{project_id}/data?labeling=1")
    page.wait_for_selector(".lc-matrix", timeout=60_000)
    close = page.get_by_role("button", name="Close")
    if close.count():
        close.first.click()


def wait_for_sentence(page: Page, seen: str) -> str:
    """The text of the next sentence, once it is another than `seen`."""
    page.wait_for_function(
        "seen => { const t = document.querySelector('.lc-text'); "
        "return t && t.innerText.includes('第') && t.innerText !== seen }",
        arg=seen, timeout=30_000,
    )  # fmt: skip
    page.wait_for_selector("input[type=checkbox], input[type=radio]", state="attached")
    return page.locator(".lc-text").first.inner_text()


def keys_for(number: int) -> tuple[list[str], dict]:
    """What is typed for the nth sentence, and the answer that this must give."""
    if number % 4 == 3:
        return ["n", ROLE_KEYS[2]], {"areas": {}, "voice": None, "role": "none"}
    areas = {}
    typed = []
    for step in range(1 + number % 2):
        stance, column = STANCES[(number + step) % 3], (number + 5 * step) % 12
        areas[column] = stance
        typed.append(KEYS[stance][column])
    voice, role = number % 2, number % 3
    typed += [VOICE_KEYS[voice], ROLE_KEYS[role]]
    return typed, {"areas": areas, "voice": VOICES[voice], "role": ROLES[role]}


def test_twenty_sentences_are_annotated_by_keyboard_alone(label_studio, page, tmp_path):
    project = make_project(tmp_path, "keyboard", {"a": SENTENCES})
    push_batch(project, label_studio.server, "a", ["anna"])
    ids = load_taxonomy(project.taxonomy).ids
    page.set_viewport_size({"width": 1280, "height": 800})
    log_in(page, label_studio)
    start_labelling(page, label_studio, remote(project, label_studio, "anna").id)
    wanted, shown, strokes, started = {}, "", 0, time.monotonic()
    for number in range(SENTENCES):
        shown = wait_for_sentence(page, shown)
        typed, answer = keys_for(number)
        for key in typed:
            page.keyboard.press(key)
        if number == 0:
            page.screenshot(path=tmp_path / "screen.png")
        page.keyboard.press("Control+Enter")
        strokes += len(typed) + 1
        wanted[shown.strip()] = answer
    page.wait_for_timeout(1500)
    seconds = time.monotonic() - started
    (done,) = pull(project, label_studio.server)
    assert (done.new, done.open, done.rejects) == (SENTENCES, 0, ())
    for line in read_jsonl(Annotation, project.annotations / "pulled-anna.jsonl"):
        answer = wanted[line.text]
        assert line.areas == {ids[column]: stance for column, stance in answer["areas"].items()}
        assert (line.voice, line.role) == (answer["voice"], answer["role"])
        assert line.seconds is not None
    print(f"{strokes / SENTENCES:.1f} keystrokes and {seconds / SENTENCES:.1f} s a sentence")
    keep_shot(tmp_path / "screen.png")


def keep_shot(file: Path) -> None:
    """Keep the screenshot where LICHANG_SHOTS says, to be looked at."""
    if folder := os.environ.get("LICHANG_SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / file.name).write_bytes(file.read_bytes())


def test_prefilled_answers_are_shown_to_some_tasks_and_hidden_from_others(
    label_studio, page, tmp_path
):
    project = make_project(tmp_path, "prefill", {"a": 30})
    write_jsonl(project.predictions, [predicted(i) for i in range(30)])
    push_batch(project, label_studio.server, "a", ["anna"])
    there = remote(project, label_studio, "anna")
    told = {
        t["data"]["text"]: t["meta"]["prefill"]["shown"] for t in label_studio.server.tasks(there)
    }
    assert 5 < sum(told.values()) < 25
    page.set_viewport_size({"width": 1280, "height": 800})
    log_in(page, label_studio)
    start_labelling(page, label_studio, there.id)
    shown, seen = "", set()
    while len(seen) < 2:
        shown = wait_for_sentence(page, shown)
        page.wait_for_timeout(600)
        prefilled = told[shown.strip()]
        assert page.locator(".lc-matrix input:checked").count() == (2 if prefilled else 0)
        seen.add(prefilled)
        if not prefilled:
            for key in ("n", "b"):
                page.keyboard.press(key)
        page.keyboard.press("Control+Enter")
    page.wait_for_timeout(1500)
    pull(project, label_studio.server)
    lines = read_jsonl(Annotation, project.annotations / "pulled-anna.jsonl")
    for line in lines:
        assert line.prefill is not None
        assert line.saw_prediction == line.prefill.shown == told[line.text]
        assert line.areas == (line.prefill.areas if line.saw_prediction else {})


def predicted(number: int) -> Prediction:
    drawn = sentence(number)
    areas = tuple(
        AreaAnswer(area, "critical", {"critical": 0.8, "supportive": 0.1, "neutral": 0.05})
        for area in ("deregulation", "open_source")
    )
    return Prediction(
        drawn.article_id, drawn.sentence_id, 0, 9, drawn.text, "claim", 0.7, "author", 0.9, areas,
        "invented-1",
    )  # fmt: skip


def test_title_and_outlet_are_hidden_until_wanted(label_studio, page, tmp_path):
    project = make_project(tmp_path, "hidden outlet", {"a": 1})
    push_batch(project, label_studio.server, "a", ["anna"])
    log_in(page, label_studio)
    start_labelling(page, label_studio, remote(project, label_studio, "anna").id)
    wait_for_sentence(page, "")
    assert not page.get_by_text("江畔评论").is_visible()
    page.get_by_text("标题与来源").click()
    page.get_by_text("江畔评论").wait_for(state="visible")
