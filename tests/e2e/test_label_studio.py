"""Push and pull against the real Label Studio server: idempotent, checked, nothing lost."""

import resource
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
import requests

from pipeline.commands.label_projects import own_projects
from pipeline.commands.label_pull import pull
from pipeline.commands.label_push import push_batch
from pipeline.errors import InputError
from pipeline.label_studio import Server
from pipeline.records.annotation import Annotation
from pipeline.records.sentence import Sentence
from pipeline.records.skip import Skip
from pipeline.records.store import read_jsonl, write_jsonl
from pipeline.records.task import read_tasks
from tests.e2e.annotation_project import lichang, make_project, remote, sentence
from tests.house.imports import ROOT

pytestmark = pytest.mark.slow


def results(**given: str) -> list[dict]:
    return [
        {
            "id": question, "from_name": question, "to_name": "text", "type": "choices",
            "value": {"choices": [choice]},
        }
        for question, choice in given.items()
    ]  # fmt: skip


def answer(running, task: dict, result: list[dict], **more) -> dict:
    """Submit an answer as the page does; the server takes anything."""
    reply = requests.post(
        f"{running.url}/api/tasks/{task['id']}/annotations/",
        json={"result": result, "lead_time": 4.2} | more,
        headers={"Authorization": f"Token {more.pop('token', running.token)}"},
        timeout=30,
    )
    assert reply.status_code == 201, reply.text
    return reply.json()


def tasks(project, running, name: str) -> list[dict]:
    found = running.server.tasks(remote(project, running, name))
    return sorted(found, key=lambda task: task["data"]["sentence_id"])


def pulled_file(project, name: str):
    return project.annotations / f"pulled-{name}.jsonl"


RIGHT = results(export_controls="critical", voice="author", role="claim")


def test_a_push_that_is_killed_goes_on_and_adds_no_task_twice(label_studio, tmp_path):
    project = make_project(tmp_path, "killed push", {"a": 700})
    words = [sys.executable, "-m", "pipeline.cli", "labels", "push", "--batch", "a"]
    process = subprocess.Popen(
        [*words, "--annotators", "anna"],
        cwd=project.root, env=label_studio.environment | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        there = own_projects(project, label_studio.server)
        if "anna" in there and task_number(label_studio, there["anna"].id) >= 100:
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    left = len(tasks(project, label_studio, "anna"))
    assert 100 <= left < 700
    done = lichang(project, label_studio, *words[3:], "--annotators", "anna")
    assert done.returncode == 0, done.stderr
    ids = Counter(task["data"]["sentence_id"] for task in tasks(project, label_studio, "anna"))
    assert sorted(ids) == [sentence(i).sentence_id for i in range(700)]
    assert set(ids.values()) == {1}
    again = push_batch(project, label_studio.server, "a", ["anna"])
    assert [(p.new, p.there, p.doubled) for p in again] == [(0, 700, 0)]
    addresses = read_tasks(project.tasks)
    assert sorted(addresses) == sorted(ids)
    first = tasks(project, label_studio, "anna")[0]
    assert addresses["a-00000"].endswith(f"/data?task={first['id']}")


def task_number(running, project_id: int) -> int:
    head = {"Authorization": f"Token {running.token}"}
    address = f"{running.url}/api/projects/{project_id}"
    return requests.get(address, headers=head, timeout=30).json()["task_number"]


def test_annotators_share_some_sentences_in_projects_of_their_own(label_studio, tmp_path):
    project = make_project(tmp_path, "shared", {"a": 100}, overlap=0.4)
    push_batch(project, label_studio.server, "a", ["anna", "bo"])
    anna, bo = (
        {task["data"]["sentence_id"] for task in tasks(project, label_studio, name)}
        for name in ("anna", "bo")
    )
    assert len(anna | bo) == 100
    assert 25 <= len(anna & bo) <= 55
    assert min(len(anna - bo), len(bo - anna)) > 10


def test_pulling_twice_changes_no_file_and_a_changed_answer_is_one_more_line(
    label_studio, tmp_path
):
    project = make_project(tmp_path, "pull twice", {"a": 5})
    push_batch(project, label_studio.server, "a", ["anna"])
    first = tasks(project, label_studio, "anna")[0]
    given = answer(label_studio, first, RIGHT)
    pull(project, label_studio.server)
    before = pulled_file(project, "anna").read_bytes()
    (line,) = read_jsonl(Annotation, pulled_file(project, "anna"))
    assert (line.areas, line.voice, line.role) == (
        {"export_controls": "critical"}, "author", "claim",
    )  # fmt: skip
    assert (line.text, line.sampling_p, line.seconds) == (sentence(0).text, 0.25, 4.2)
    assert line.annotator == label_studio.username.split("@")[0]
    pull(project, label_studio.server)
    assert pulled_file(project, "anna").read_bytes() == before
    changed = results(export_controls="supportive", voice="author", role="claim")
    requests.patch(
        f"{label_studio.url}/api/annotations/{given['id']}/",
        json={"result": changed},
        headers={"Authorization": f"Token {label_studio.token}"},
        timeout=30,
    ).raise_for_status()
    pull(project, label_studio.server)
    after = pulled_file(project, "anna").read_bytes()
    assert after.startswith(before)
    lines = read_jsonl(Annotation, pulled_file(project, "anna"))
    assert [a.areas["export_controls"] for a in lines] == ["critical", "supportive"]


def test_what_is_no_valid_answer_is_named_and_never_invented(label_studio, tmp_path):
    project = make_project(tmp_path, "bad answers", {"a": 8})
    push_batch(project, label_studio.server, "a", ["anna"])
    t = tasks(project, label_studio, "anna")
    answer(label_studio, t[0], results(export_controls="hostile", voice="author", role="claim"))
    answer(label_studio, t[1], [])
    answer(label_studio, t[2], results(export_controls="critical", role="claim"))
    answer(label_studio, t[3], results(no_area="no_area", export_controls="critical", role="none"))
    answer(label_studio, t[4], results(voice="author", role="none"))
    answer(label_studio, t[5], [], was_cancelled=True)
    answer(label_studio, t[6], results(no_area="no_area", role="none", weather="fine"))
    answer(label_studio, t[7], results(no_area="no_area", role="none"))
    done = lichang(project, label_studio, "labels", "pull")
    assert done.returncode == 1
    for said in (
        "a-00000): unknown choice 'hostile' of export_controls",
        "a-00001): the submission is empty",
        "a-00002): an area is chosen, but no voice",
        "a-00003): an area and 'no area' are both chosen",
        "a-00004): no area is chosen, nor 'no area'",
        "a-00006): unknown question 'weather'",
        "1 new answers, 1 new skips, 0 of 8 tasks open",
    ):
        assert said in done.stdout
    (line,) = read_jsonl(Annotation, pulled_file(project, "anna"))
    assert (line.sentence_id, line.areas, line.voice) == ("a-00007", {}, None)
    (skip,) = read_jsonl(Skip, project.skips / "anna.jsonl")
    assert skip.sentence_id == "a-00005"


def test_every_answer_of_three_people_to_one_task_is_kept(label_studio, tmp_path):
    project = make_project(tmp_path, "three people", {"a": 1})
    push_batch(project, label_studio.server, "a", ["anna"])
    (task,) = tasks(project, label_studio, "anna")
    stances = ("supportive", "critical", "neutral")
    for name, stance in zip(("cai", "dong", "er"), stances, strict=True):
        token = sign_up(label_studio, f"{name}-three@example.org")
        answer(
            label_studio, task, results(open_source=stance, voice="author", role="claim"),
            token=token,
        )  # fmt: skip
    pull(project, label_studio.server)
    lines = read_jsonl(Annotation, pulled_file(project, "anna"))
    assert {(a.annotator, a.areas["open_source"]) for a in lines} == {
        ("cai-three", "supportive"), ("dong-three", "critical"), ("er-three", "neutral"),
    }  # fmt: skip


def sign_up(running, email: str) -> str:
    """A new user, by the invitation that an annotator gets; their token."""
    head = {"Authorization": f"Token {running.token}"}
    invite = requests.get(f"{running.url}/api/invite", headers=head, timeout=30).json()
    with requests.Session() as session:
        page = running.url + invite["invite_url"]
        session.get(page, timeout=30)
        form = {
            "email": email, "password": "an-invented-password", "allow_newsletters": "false",
            "csrfmiddlewaretoken": session.cookies["csrftoken"],
        }  # fmt: skip
        session.post(page, data=form, headers={"Referer": page}, timeout=30).raise_for_status()
        return session.get(f"{running.url}/api/current-user/token", timeout=30).json()["token"]


def test_a_wrong_token_ends_in_a_clear_error_that_does_not_repeat_it(label_studio, tmp_path):
    project = make_project(tmp_path, "wrong token", {"a": 1})
    wrong = "f" * 40
    done = lichang(project, label_studio, "labels", "pull", env={"LABEL_STUDIO_API_KEY": wrong})
    assert done.returncode == 2
    assert "does not accept the token; set LABEL_STUDIO_API_KEY" in done.stderr
    assert wrong not in done.stdout + done.stderr


def test_a_personal_access_token_serves_as_well(label_studio, tmp_path):
    head = {"Authorization": f"Token {label_studio.token}"}
    made = requests.post(f"{label_studio.url}/api/token/", headers=head, timeout=30)
    assert made.status_code == 201, made.text
    project = make_project(tmp_path, "personal token", {"a": 3})
    (done,) = push_batch(project, Server(label_studio.url, made.json()["token"]), "a", ["anna"])
    assert done.new == 3


def test_a_project_that_was_deleted_by_hand_ends_in_a_clear_error(label_studio, tmp_path):
    project = make_project(tmp_path, "deleted", {"a": 2})
    push_batch(project, label_studio.server, "a", ["anna"])
    head = {"Authorization": f"Token {label_studio.token}"}
    number = remote(project, label_studio, "anna").id
    requests.delete(
        f"{label_studio.url}/api/projects/{number}/", headers=head, timeout=30
    ).raise_for_status()
    with pytest.raises(InputError, match="no project of this corpus"):
        pull(project, label_studio.server)
    (done,) = push_batch(project, label_studio.server, "a", ["anna"])
    assert done.new == 2


def test_a_screen_that_was_changed_by_hand_is_noticed_and_never_overwritten_unasked(
    label_studio, tmp_path
):
    project = make_project(tmp_path, "changed screen", {"a": 2})
    push_batch(project, label_studio.server, "a", ["anna"])
    there = remote(project, label_studio, "anna")
    changed = there.config.replace('alias="critical"', 'alias="against"')
    label_studio.server.change_config(there, changed)
    answer(
        label_studio, tasks(project, label_studio, "anna")[0],
        results(open_source="against", voice="author", role="claim"),
    )  # fmt: skip
    (done,) = pull(project, label_studio.server)
    assert "its screen was changed by hand" in done.notes[0]
    assert [r.reason for r in done.rejects] == ["unknown choice 'against' of open_source"]
    with pytest.raises(InputError, match="changed by hand, or they were"):
        push_batch(project, label_studio.server, "a", ["anna"])
    push_batch(project, label_studio.server, "a", ["anna"], update=True)
    assert remote(project, label_studio, "anna").config == there.config
    (again,) = pull(project, label_studio.server)
    assert (again.notes, len(again.rejects)) == ((), 1)


def test_a_changed_article_retires_its_tasks_and_keeps_what_was_answered(label_studio, tmp_path):
    project = make_project(tmp_path, "retired", {"a": 4})
    write_sentences(project, [0, 1, 2, 3])
    push_batch(project, label_studio.server, "a", ["anna"])
    answer(label_studio, tasks(project, label_studio, "anna")[0], RIGHT)
    write_sentences(project, [2, 3])
    done = lichang(project, label_studio, "labels", "push", "--batch", "a", "--annotators", "anna")
    assert "2 retired (their article was changed or removed)" in done.stdout
    left = tasks(project, label_studio, "anna")
    assert [t["data"]["sentence_id"] for t in left] == ["a-00000", "a-00002", "a-00003"]
    assert [t["meta"].get("retired") for t in left] == [True, None, None]
    pull(project, label_studio.server)
    assert [a.sentence_id for a in read_jsonl(Annotation, pulled_file(project, "anna"))] == [
        "a-00000"
    ]


def write_sentences(project, numbers: list[int]) -> None:
    drawn = [sentence(i) for i in numbers]
    rows = [
        Sentence(d.sentence_id, d.article_id, 0, 0, len(d.text), d.text, *d.context) for d in drawn
    ]
    write_jsonl(project.sentences, rows)


def test_a_server_that_stops_in_the_middle_of_a_pull_leaves_the_files_as_they_were(
    label_studio, tmp_path, cutting_proxy, monkeypatch
):
    monkeypatch.setattr("pipeline.label_studio.PAGE", 50)
    project = make_project(tmp_path, "stopped", {"a": 120})
    push_batch(project, label_studio.server, "a", ["anna"])
    for task in tasks(project, label_studio, "anna")[::10]:
        answer(label_studio, task, RIGHT)
    url, stop_after = cutting_proxy(label_studio.url)
    stop_after("page=2")
    with pytest.raises(InputError, match="no answer from Label Studio"):
        pull(project, Server(url, label_studio.token))
    assert not project.annotations.exists()
    (done,) = pull(project, label_studio.server)
    assert done.new == 12


def test_a_disk_that_fills_during_a_pull_leaves_the_file_as_it_was(label_studio, tmp_path):
    project = make_project(tmp_path, "full disk", {"a": 40})
    push_batch(project, label_studio.server, "a", ["anna"])
    there = tasks(project, label_studio, "anna")
    answer(label_studio, there[0], RIGHT)
    pull(project, label_studio.server)
    before = pulled_file(project, "anna").read_bytes()
    for task in there[1:]:
        answer(label_studio, task, RIGHT)

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 2000, len(before) + 2000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    done = lichang(project, label_studio, "labels", "pull", preexec_fn=small_files)
    assert done.returncode == 2
    assert "File too large; nothing was kept of it" in done.stderr
    assert pulled_file(project, "anna").read_bytes() == before
    assert [p.name for p in project.annotations.iterdir()] == ["pulled-anna.jsonl"]
    (whole,) = pull(project, label_studio.server)
    assert whole.new == 39


def test_the_secrets_reach_no_log_and_only_their_user_can_read_them(label_studio):
    log = (label_studio.home / "server.log").read_text(encoding="utf-8", errors="replace")
    assert "GET /health" in log
    assert label_studio.token not in log
    assert label_studio.password not in log
    assert (label_studio.home / "login.json").stat().st_mode & 0o077 == 0
