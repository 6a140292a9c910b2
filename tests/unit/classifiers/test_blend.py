from dataclasses import asdict, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.classifiers.batches import Encoded
from pipeline.classifiers.bert import Bert
from pipeline.classifiers.blend import Blend, Shares, pooled, with_new
from pipeline.classifiers.calibrated import Calibrated
from pipeline.classifiers.tfidf import Tfidf
from pipeline.errors import InputError
from pipeline.records.calibration import Calibration, FittedCalibration
from pipeline.records.scores import Scores
from pipeline.records.store import write_json
from pipeline.records.taxonomy import PolicyArea
from tests.unit.builders import TAXONOMY, example, sentence
from tests.unit.classifiers.test_bert import quick

EXAMPLES = [
    example("1", text="出口管制漏洞太多", areas={"export_controls": "critical"}),
    example("2", text="芯片管制必须收紧", areas={"export_controls": "supportive"}),
    example("3", text="开源模型惠及众人", areas={"open_source": "supportive"}, role="premise"),
    example("4", text="昨日天气晴朗", areas={}, voice=None, role="none"),
]
NEW = PolicyArea("tax", "税收", "Tax", "减税", "")


@pytest.fixture(scope="module")
def blend(encoder_folder) -> Blend:
    network = Bert(encoder_folder, quick(epochs=1), seed=1)
    network.fit(EXAMPLES, TAXONOMY)
    network.version = "new"
    words = Tfidf()
    words.fit(EXAMPLES, TAXONOMY)
    return Blend(network, words, Shares(0.4, 0.1, 0.2, 0.3))


def equal(one: Scores, other: Scores, atol: float = 1e-5) -> bool:
    return all(np.allclose(a, vars(other)[name], atol=atol) for name, a in vars(one).items())


def scores(seed: int, areas: int = 2) -> Scores:
    rng = np.random.default_rng(seed)
    return Scores(
        *(
            rng.dirichlet(np.ones(k), size=size).astype(np.float32)
            for k, size in ((4, (3, areas)), (2, (3,)), (3, (3,)))
        )
    )


@given(st.integers(0, 99), st.floats(0, 1))
def test_a_pool_lies_between_its_parts_and_sums_to_one(seed: int, share: float):
    one, other = scores(seed), scores(seed + 100)
    both = pooled(one, other, Shares(0.1, 0.2, share, 0.3))
    assert np.allclose(both.areas.sum(-1), 1, atol=1e-5)
    odds = [np.log(s.voice[:, 0] / s.voice[:, 1]) for s in (one, both, other)]
    assert np.allclose(odds[1], (1 - share) * odds[0] + share * odds[2], atol=1e-3)


def test_with_no_share_the_network_answers_alone_and_with_all_the_words_do():
    one, other = scores(1), scores(2)
    assert equal(pooled(one, other, Shares(0, 0, 0, 0)), one)
    assert equal(pooled(one, other, Shares(1, 1, 1, 1)), other)


def test_finding_an_area_and_its_stance_are_pooled_apart():
    one, other = scores(1), scores(2)
    found = pooled(one, other, Shares(1, 0, 0, 0)).areas
    assert np.allclose(found[..., 3], other.areas[..., 3], atol=1e-5)
    assert np.allclose(
        found[..., 0] / found[..., 1], one.areas[..., 0] / one.areas[..., 1], rtol=1e-3
    )


def test_areas_that_the_words_do_not_know_are_the_networks():
    one, other = scores(1, areas=3), scores(2)
    found = pooled(one, other, Shares(0.5, 0.5, 0.5, 0.5))
    assert np.array_equal(found.areas[:, 2], one.areas[:, 2])
    assert not np.allclose(found.areas[:, :2], one.areas[:, :2])


def test_areas_that_nothing_was_trained_on_are_found_by_keywords_with_the_networks_stance():
    before, tax = scores(1), PolicyArea("tax", "税收", "Tax", "", "", ("减税",))
    texts = ["要减税", "税收太重", "别的事"]
    found = with_new(before, texts, [TAXONOMY.areas[0], tax], [1]).areas
    assert found[:, 1, 3] == pytest.approx([0.34, 0.34, 0.955])
    assert np.allclose(found.sum(-1), 1, atol=1e-6)
    assert np.array_equal(found[:, 1, :3].argmax(-1), before.areas[:, 1, :3].argmax(-1))
    assert np.array_equal(found[:, 0], before.areas[:, 0])
    assert equal(with_new(before, texts, [tax, tax], []), before, atol=0)


def test_what_is_hidden_from_the_network_is_hidden_from_the_words(blend):
    (row,) = blend.encode([sentence(text="芯片管制必须收紧，开源模型照旧。")])
    part = replace(row, hidden=(1, 3))
    cut = row.text.replace(row.text[: row.offsets[2][1]], "", 1)
    assert part.seen == cut
    network = blend.bert.score_rows([part])
    words = blend.words.score_texts([cut])
    assert equal(blend.score_rows([part]), pooled(network, words, blend.shares))


def test_no_sentence_gives_no_answer(blend):
    assert blend.score([]).areas.shape == (0, len(TAXONOMY.ids), 4)
    assert blend.words.score([]).role.shape == (0, 3)


def test_nothing_is_hidden_at_first():
    assert Encoded([0, 5], 2, "句", ((0, 0), (0, 1))).seen == "句"


def test_a_saved_blend_answers_as_before(blend, tmp_path):
    blend.save(tmp_path)
    loaded = Blend.load(tmp_path)
    assert (loaded.version, loaded.shares) == ("new", blend.shares)
    assert equal(loaded.words.score(EXAMPLES), blend.words.score(EXAMPLES), atol=2e-3)
    assert equal(loaded.score(EXAMPLES), blend.score(EXAMPLES), atol=0.02)


@pytest.mark.parametrize("name", ["ngrams.json", "ngrams.safetensors", "blend.json"])
def test_a_blend_that_lacks_a_part_is_an_error_that_says_what_to_do(blend, tmp_path, name):
    blend.save(tmp_path)
    whole = (tmp_path / name).read_bytes()
    for damage in (whole[: len(whole) // 2], None):
        (tmp_path / name).unlink()
        if damage is not None:
            (tmp_path / name).write_bytes(damage)
        with pytest.raises(InputError, match="make run"):
            Blend.load(tmp_path)
        (tmp_path / name).write_bytes(whole)


def test_a_new_area_is_found_by_its_words_and_the_others_stay_as_they_are(
    blend, encoder_folder, tmp_path
):
    blend.save(tmp_path)
    grown = Blend.load(tmp_path)
    before = grown.score(EXAMPLES)
    grown.add_areas([NEW], encoder_folder)
    after = grown.score(EXAMPLES)
    assert grown.taxonomy.ids == (*TAXONOMY.ids, "tax")
    assert np.allclose(after.areas[:, :2], before.areas, atol=1e-5)
    assert after.areas[:, 2, 3] == pytest.approx([0.955] * len(EXAMPLES))
    assert grown.score([sentence(text="他们要减免税收。")]).areas[0, 2, 3] == pytest.approx(0.34)


def test_a_calibration_of_another_model_is_refused(blend, tmp_path):
    (tmp_path / "m").mkdir()
    blend.save(tmp_path / "m")
    beside = tmp_path / "m.calibration.json"
    with pytest.raises(InputError, match="dvc repro calibrate"):
        Calibrated.beside(tmp_path / "m")
    write_json(beside, asdict(FittedCalibration("old", 9, Calibration())))
    with pytest.raises(InputError, match="model old"):
        Calibrated.beside(tmp_path / "m")
    write_json(beside, asdict(FittedCalibration("new", 9, Calibration())))
    assert Calibrated.beside(tmp_path / "m").version == "new"
