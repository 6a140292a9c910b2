import pytest

from pipeline.text.decode import UndecodableError, decode

PROSE = "监管部门公布了新的评估办法，企业可以在三十天内提出意见。\n这是第一次公开征求意见。"
TRADITIONAL = "監管部門公布了新的評估辦法，企業可以在三十天內提出意見。\n這是第一次公開徵求意見。"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (PROSE, "utf-8", "utf-8"),
        (PROSE, "utf-8-sig", "utf-8"),
        (PROSE, "gb18030", "gb18030"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "big5hkscs", "big5hkscs"),
        (PROSE, "utf-16", "utf-16-le"),
        (PROSE, "utf-16-le", "utf-16-le"),
        (PROSE, "utf-16-be", "utf-16-be"),
    ],
)
def test_each_encoding_is_recognised(text, codec, name):
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.broken) == (text, name, 0)


def test_line_ends_are_left_as_they_are():
    assert decode("甲。\r\n乙。\r".encode()).text == "甲。\r\n乙。\r"


def test_a_few_broken_bytes_cost_only_their_characters():
    data = PROSE.encode() * 5
    decoded = decode(data[:40] + b"\xff" + data[41:])
    assert decoded.encoding == "utf-8"
    assert 1 <= decoded.broken <= 3
    assert decoded.text.endswith(PROSE[-10:])


def test_a_gb18030_file_with_a_broken_byte_is_still_gb18030():
    data = (PROSE * 5).encode("gb18030")
    decoded = decode(data[:-1])
    assert decoded.encoding == "gb18030"
    assert decoded.text.startswith(PROSE)


@pytest.mark.parametrize(
    "data",
    [
        PROSE.encode() * 3 + PROSE.encode("gb18030"),
        "監督当局は新しい評価方法を公表した。".encode("euc_jp") * 5,
        b"\xef\xbb\xbf" + PROSE.encode("gb18030"),
    ],
    ids=["two encodings in one file", "Japanese", "a mark of another encoding"],
)
def test_what_comes_out_garbled_is_refused(data):
    with pytest.raises(UndecodableError):
        decode(data)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, b"\0" * 99])
def test_binary_files_are_refused(data):
    with pytest.raises(UndecodableError):
        decode(data)
