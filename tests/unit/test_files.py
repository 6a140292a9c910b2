"""Half-written outputs never stand under their names."""

import errno
import json
import os
import threading
from dataclasses import dataclass

import pytest

from pipeline.config import STRICT, load_params
from pipeline.errors import InputError
from pipeline.files import atomic_file, atomic_folder, locked
from pipeline.records.store import read_jsonl, write_json, write_jsonl
from pipeline.records.taxonomy import PolicyArea, Taxonomy, load_taxonomy


def full(*_args, **_kwargs):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "x.jsonl"
    path.write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=r"x\.jsonl: No space left"), atomic_file(path) as out:
        out.write("new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["x.jsonl"]


def test_a_device_without_space_ends_in_one_line(tmp_path):
    with pytest.raises(InputError, match="No space left"), atomic_file(tmp_path / "x") as out:
        with open("/dev/full", "w") as sink:
            sink.write("x")
        out.write("never")
    assert os.listdir(tmp_path) == []


def test_an_error_inside_leaves_no_file(tmp_path):
    with pytest.raises(ZeroDivisionError), atomic_file(tmp_path / "x"):
        _ = 1 / 0
    assert os.listdir(tmp_path) == []


def test_a_folder_replaces_the_old_one_only_when_it_is_whole(tmp_path):
    target = tmp_path / "site"
    with atomic_folder(target) as folder:
        (folder / "a").write_text("1")
    with pytest.raises(InputError), atomic_folder(target) as folder:
        (folder / "b").write_text("2")
        full()
    assert os.listdir(target) == ["a"]
    with atomic_folder(target) as folder:
        (folder / "b").write_text("2")
    assert os.listdir(target) == ["b"]
    assert os.listdir(tmp_path) == ["site"]


def test_a_folder_that_cannot_be_put_in_place_leaves_the_old_one(tmp_path, monkeypatch):
    target = tmp_path / "site"
    with atomic_folder(target) as folder:
        (folder / "a").write_text("1")
    rename = type(target).rename

    def refused(path, to):
        if to == target and not path.name.endswith(".old"):
            raise OSError(errno.EACCES, "no")
        return rename(path, to)

    monkeypatch.setattr(type(target), "rename", refused)
    with pytest.raises(InputError), atomic_folder(target):
        pass
    assert os.listdir(target) == ["a"]
    assert os.listdir(tmp_path) == ["site"]


def test_a_locked_folder_keeps_others_waiting(tmp_path):
    order = []

    def second():
        with locked(tmp_path / "new"):
            order.append("second")

    with locked(tmp_path / "new"):
        other = threading.Thread(target=second)
        other.start()
        other.join(0.2)
        order.append("first")
    other.join(5)
    assert order == ["first", "second"]


def test_what_is_no_number_is_null_in_json(tmp_path):
    write_json(tmp_path / "x", {"a": (float("nan"), 1.5), "b": [{"c": float("nan")}]})
    assert json.loads((tmp_path / "x").read_text(), parse_constant=pytest.fail) == {
        "a": [None, 1.5],
        "b": [{"c": None}],
    }


def test_records_come_back_as_they_were_written(tmp_path):
    areas = [
        PolicyArea("a", "甲", "A", "做甲", "do a", ("甲",)),
        PolicyArea("b", "乙", "B", "", ""),
    ]
    assert write_jsonl(tmp_path / "x", areas) == 2
    assert read_jsonl(PolicyArea, tmp_path / "x") == areas
    assert "甲" in (tmp_path / "x").read_text(encoding="utf-8")


def test_a_damaged_line_is_named(tmp_path):
    (tmp_path / "x").write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"x:1: not a PolicyArea: zh"):
        read_jsonl(PolicyArea, tmp_path / "x")


@dataclass(frozen=True)
class Settings:
    __pydantic_config__ = STRICT

    size: int


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("other: {}", "no section 's'"),
        ("s: {size: many}", "s: size"),
        ("s: {size: 1, colour: red}", "s: colour"),
        ("s: [", "cannot read settings"),
    ],
)
def test_wrong_settings_are_named(tmp_path, text, message):
    path = tmp_path / "params.yaml"
    path.write_text(text)
    with pytest.raises(InputError, match=message):
        load_params(path, "s", Settings)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version: v1\nareas: []", "no policy area"),
        ("version: v1\nareas: [{id: a}]", "areas.0.zh"),
        ("version: v1\nareas: [&x {id: a, zh: 甲, en: A, definition_zh: '', definition_en: ''}, *x]",
         "'a' is defined twice"),
    ],
)  # fmt: skip
def test_a_wrong_taxonomy_is_named(tmp_path, text, message):
    path = tmp_path / "areas.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_taxonomy(path)


def test_an_area_is_known_to_a_classifier_by_name_and_definition():
    assert (
        Taxonomy("v", (PolicyArea("a", "甲", "A", "做甲", ""),)).areas[0].description == "甲：做甲"
    )
