from codecs import BOM_UTF8

from pipeline.records.annotation import read_annotations
from pipeline.records.store import to_json
from tests.unit.builders import annotation


def test_a_mark_of_an_editor_and_empty_lines_are_no_annotations(tmp_path):
    line = to_json(annotation("a-1")).encode()
    (tmp_path / "x.jsonl").write_bytes(BOM_UTF8 + line + b"\r\n\r\n" + line + b"\n \nno\n")
    good, bad = read_annotations(tmp_path)
    assert [where for where, _ in good] == ["x.jsonl:1", "x.jsonl:3"]
    assert [reject.where for reject in bad] == ["x.jsonl:5"]
