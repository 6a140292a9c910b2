import pytest

from pipeline.errors import InputError
from pipeline.records.store import write_jsonl
from pipeline.records.task import Task, read_tasks


def test_addresses_are_read_by_sentence_and_a_missing_file_has_none(tmp_path):
    path = tmp_path / "tasks.jsonl"
    assert read_tasks(path) == read_tasks(None) == {}
    write_jsonl(path, [Task("a", "http://x/1"), Task("a", "https://x/2")])
    assert read_tasks(path) == {"a": "https://x/2"}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "//x", ""])
def test_an_address_that_is_not_http_is_refused(tmp_path, url):
    write_jsonl(tmp_path / "t", [Task("a", url)])
    with pytest.raises(InputError, match="is no http or https address"):
        read_tasks(tmp_path / "t")
