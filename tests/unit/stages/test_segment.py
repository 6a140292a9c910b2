from pipeline.records.sentence import Sentence
from pipeline.records.store import read_jsonl, write_jsonl
from pipeline.stages.segment import Params, main, segment_article
from tests.unit.text.rules import cleaned

PARAMS = Params(min_letters=1)
RAW = "來源：某報\n辦法公布了[1]。沒有人反對！\r\n　　他說：“再等等。”\n沒有人反對！"


def test_sentences_know_their_place_and_their_neighbours():
    sentences = segment_article(cleaned(RAW), PARAMS)
    assert [s.text for s in sentences] == [
        "办法公布了。", "没有人反对！", "他说：“再等等。”", "没有人反对！",
    ]  # fmt: skip
    assert [RAW[s.start : s.end] for s in sentences][:3] == [
        "辦法公布了[1]。", "沒有人反對！", "他說：“再等等。”",
    ]  # fmt: skip
    assert [s.paragraph for s in sentences] == [0, 0, 1, 2]
    assert (sentences[0].before, sentences[0].after) == ("", "没有人反对！")
    assert (sentences[3].before, sentences[3].after) == ("他说：“再等等。”", "")


def test_repeated_sentences_get_numbered_ids():
    ids = [s.sentence_id for s in segment_article(cleaned(RAW), PARAMS)]
    assert ids[3] == f"{ids[1]}-2"
    assert len(set(ids)) == 4


def test_an_id_hangs_on_letters_only():
    one = segment_article(cleaned("办法公布了，没有人反对。"), PARAMS)
    two = segment_article(cleaned("先说结果。“辦法　公布了”沒有人反對！"), PARAMS)
    assert one[0].sentence_id == two[1].sentence_id


def test_a_piece_without_letters_is_no_sentence():
    assert [s.text for s in segment_article(cleaned("办法公布了。\n……\n大家都在等。"), PARAMS)] == [
        "办法公布了。",
        "大家都在等。",
    ]


def test_main_reads_articles_and_writes_sentences(tmp_path):
    params = tmp_path / "params.yaml"
    params.write_text("segment: {min_letters: 1}\n", encoding="utf-8")
    write_jsonl(tmp_path / "a.jsonl", [cleaned(RAW)])
    main(params, tmp_path / "a.jsonl", tmp_path / "s.jsonl")
    assert len(read_jsonl(Sentence, tmp_path / "s.jsonl")) == 4
