import json
import os
import stat

import pytest

from pipeline.errors import InputError
from pipeline.stages.ingest import Params, ingest_folder, main
from tests.unit.text.rules import CLEANING, own_rules

PARAMS = Params(max_mb=1, min_han=0.3)
TEXT = "监管部门公布了一份新的评估办法，企业可以提出意见。\n没有人知道它什么时候生效。"


def ingest(folder):
    return ingest_folder(folder, own_rules(), (), PARAMS)


def reasons(report):
    return {note.file: note.reason for note in report.rejects}


def test_files_of_all_kinds_become_articles(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="gb18030")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.md").write_text(f"# 题目\n\n{TEXT}", encoding="utf-8")
    page = f"<html><body><p>{TEXT}</p></body></html>"
    (tmp_path / "c.html").write_text(page, encoding="utf-8")
    row = {"id": 7, "content": TEXT, "source": "某报", "published": "2025/7/3 10:00"}
    (tmp_path / "d.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    articles, report = ingest(tmp_path)
    assert [a.article_id for a in articles] == ["a", "c", "d-7", "b"]
    assert [a.encoding for a in articles] == ["gb18030", "utf-8", "utf-8", "utf-8"]
    assert (articles[2].source, articles[2].date) == ("某报", "2025-07-03")
    assert len({a.story for a in articles}) == 1
    assert report.rejects == []


def test_half_a_character_and_an_empty_field_cost_a_row_nothing_else(tmp_path):
    rows = [
        {"id": 1, "text": "办法公布了，媒体议论纷纷，没有人知道它什么时候生效。\ud83d"},
        {"id": 2, "text": " ", "content": "办法公布了，企业议论纷纷，没有人知道它什么时候生效。"},
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    articles, report = ingest(tmp_path)
    assert [a.article_id for a in articles] == ["rows-1", "rows-2"]
    assert articles[0].text.endswith("。\ufffd")
    assert report.rejects == []


def test_every_refused_file_is_named_with_its_reason(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "big.txt").write_bytes(b"a" * (2**20 + 1))
    (tmp_path / "english.txt").write_text("This is no Chinese text at all. " * 9)
    (tmp_path / "menu.txt").write_text("首页\n登录\n注册\n", encoding="utf-8")
    (tmp_path / "photo.png").write_bytes(b"png")
    (tmp_path / ".hidden.txt").write_bytes(b"")
    (tmp_path / "rows.jsonl").write_text('{"id": 1}\nnot json\n[]\n', encoding="utf-8")
    articles, report = ingest(tmp_path)
    assert articles == []
    assert reasons(report) == {
        "empty.txt": "empty file",
        "binary.txt": "a binary file, not text",
        "big.txt": "1.0 MB, more than max_mb (1)",
        "english.txt": "not Chinese (0% Han)",
        "menu.txt": "no body text found",
        "photo.png": "files ending in '.png' are not read",
        "rows.jsonl:1": "a row without text (key text, content or html)",
        "rows.jsonl:2": "not a row of JSON",
        "rows.jsonl:3": "not a JSON object",
    }


def test_the_later_of_two_files_with_one_id_is_refused(tmp_path):
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    articles, report = ingest(tmp_path)
    assert [a.file for a in articles] == ["a.md"]
    assert reasons(report) == {"a.txt": "has the article id 'a' of a.md; rename one"}


def test_a_broken_character_is_a_warning_not_a_loss(tmp_path):
    data = (TEXT * 9).encode()
    (tmp_path / "a.txt").write_bytes(data[:31] + b"\xff" + data[32:])
    articles, report = ingest(tmp_path)
    assert len(articles) == 1
    assert "broken" in report.warnings[0].reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(stat.S_IWUSR)
    assert "cannot be read" in reasons(ingest(tmp_path)[1])["a.txt"]


def test_a_dangling_link_is_refused(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")
    assert "cannot be read" in reasons(ingest(tmp_path)[1])["a.txt"]


def test_the_raw_text_is_kept_as_decoded(tmp_path):
    (tmp_path / "a.txt").write_bytes("\ufeff甲公司公布了新的办法。\r\n乙公司表示反对。\r".encode())
    (article,), _ = ingest(tmp_path)
    assert article.text == "甲公司公布了新的办法。\r\n乙公司表示反对。\r"


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_folder_without_files_is_an_input_error(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=name):
        ingest(tmp_path / name)


def test_main_writes_articles_and_report(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text(TEXT, encoding="utf-8")
    params, sources = tmp_path / "params.yaml", tmp_path / "sources.yaml"
    params.write_text("ingest: {max_mb: 1, min_han: 0.3}\n", encoding="utf-8")
    sources.write_text("sources: []\n", encoding="utf-8")
    main(params, CLEANING, sources, raw, tmp_path / "a.jsonl", tmp_path / "r.json")
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert (report["files"], report["articles"], report["body_blocks"]) == (1, 1, 2)
    assert json.loads((tmp_path / "a.jsonl").read_text(encoding="utf-8"))["article_id"] == "a"
