"""The classifier on the real encoder, trained for seconds."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from pipeline.classifiers.bert import Bert, BertSettings
from pipeline.classifiers.decode import predictions
from pipeline.classifiers.encoders import pretrained
from pipeline.config import load_params
from pipeline.errors import InputError
from pipeline.records.labels import ANSWERS
from pipeline.records.taxonomy import PolicyArea, Taxonomy
from pipeline.stages.train import Params
from pipeline.stats.scores import decide
from tests.house.imports import ROOT
from tests.unit.builders import TAXONOMY, example, sentence

TOPICS = {
    "export_controls": ("芯片出口管制", "对华制裁清单", "高端芯片的禁运"),
    "open_source": ("开源模型", "开放权重的模型", "开源社区的代码"),
}
ENDS = {"supportive": "非常必要，应当坚持。", "critical": "弊大于利，应当放弃。"}
EXAMPLES = [
    example(
        f"{area}{i}{stance}", text=f"{topic}{end}", areas={area: stance}, role="claim",
        voice="author",
    )
    for area, topics in TOPICS.items()
    for i, topic in enumerate(topics)
    for stance, end in ENDS.items()
] + [example(f"n{i}", text=text) for i, text in enumerate(("昨日有雨。", "会议周二举行。"))]  # fmt: skip


LEARNING = ("epochs", "least_steps", "batch_tokens", "learning_rate", "warmup")


def quick(**changed) -> BertSettings:
    settings = load_params(ROOT / "configs/params.yaml", "train", Params).bert
    learning = {"epochs": 8, "least_steps": 1, "batch_tokens": 160}
    learning |= {k: v for k, v in changed.items() if k in LEARNING}
    rest = {"max_tokens": 48, "arithmetic": "fp32"}
    rest |= {k: v for k, v in changed.items() if k not in LEARNING}
    return replace(settings, learning=replace(settings.learning, **learning), **rest)


@pytest.fixture(scope="module")
def trained(encoder_folder) -> Bert:
    classifier = Bert(encoder_folder, quick(learning_rate=2e-4), seed=1)
    classifier.fit(EXAMPLES, TAXONOMY)
    return classifier


def test_it_learns_what_it_is_shown(trained):
    given = decide(trained.score(EXAMPLES).areas, 0.5)
    names = [[ANSWERS[a] for a in row] for row in given]
    true = [[e.areas.get(a, "not_addressed") for a in TAXONOMY.ids] for e in EXAMPLES]
    assert np.mean(np.array(names) == np.array(true)) > 0.85


def test_probabilities_sum_to_one_and_keep_the_order_of_the_sentences(trained):
    scores = trained.score(EXAMPLES)
    backwards = trained.score(EXAMPLES[::-1])
    assert np.allclose(scores.areas.sum(-1), 1, atol=1e-5)
    assert np.allclose(scores.areas, backwards.areas[::-1], atol=1e-3)


def test_a_saved_classifier_answers_as_before(trained, tmp_path):
    trained.version = "v"
    trained.save(tmp_path)
    loaded = Bert.load(tmp_path)
    assert loaded.version == "v"
    assert loaded.taxonomy == TAXONOMY
    before, after = trained.score(EXAMPLES), loaded.score(EXAMPLES)
    assert np.allclose(before.areas, after.areas, atol=0.02)


def test_a_missing_or_damaged_model_is_an_error_that_says_what_to_do(trained, tmp_path):
    with pytest.raises(InputError, match="make run"):
        Bert.load(tmp_path / "none")
    trained.save(tmp_path)
    weights = tmp_path / "weights.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(InputError, match="make run"):
        Bert.load(tmp_path)


def test_the_same_seed_gives_the_same_answers(encoder_folder):
    def answers() -> np.ndarray:
        classifier = Bert(encoder_folder, quick(epochs=1), seed=3)
        classifier.fit(EXAMPLES, TAXONOMY)
        return classifier.score(EXAMPLES).areas

    assert np.array_equal(answers(), answers())


def test_frozen_layers_stay_as_they_were_pretrained(encoder_folder):
    classifier = Bert(encoder_folder, quick(epochs=1, frozen_layers=2))
    classifier.fit(EXAMPLES, TAXONOMY)
    before = pretrained(encoder_folder).encoder.layer
    same = [
        all(torch.equal(p, q) for p, q in zip(a.parameters(), b.parameters(), strict=True))
        for a, b in zip(classifier.model.encoder.encoder.layer, before, strict=True)
    ]
    assert same == [True, True, *[False] * (len(before) - 2)]


def test_the_number_of_areas_comes_from_the_taxonomy(encoder_folder):
    more = Taxonomy("v2", (*TAXONOMY.areas, PolicyArea("tax", "税收", "Tax", "减税", "")))
    classifier = Bert(encoder_folder, quick(epochs=1))
    classifier.fit(EXAMPLES, more)
    assert classifier.score(EXAMPLES[:1]).areas.shape == (1, 3, 4)


def test_a_sentence_of_ten_thousand_characters_is_answered(trained):
    scores = trained.score([sentence(text="芯片管制" * 2500)])
    assert np.isfinite(scores.areas).all()


def test_no_sentence_gives_no_answer(trained):
    scores = trained.score([])
    assert predictions([], scores, TAXONOMY, 0.5, "m") == []


def test_nothing_to_learn_from_is_an_error():
    with pytest.raises(InputError, match="no labelled sentence"):
        Bert(Path("unused"), quick()).fit([], TAXONOMY)


def test_a_loss_that_is_no_number_stops_the_training(encoder_folder):
    classifier = Bert(encoder_folder, quick(learning_rate=1e30, warmup=0.0))
    with pytest.raises(InputError, match="learning_rate"):
        classifier.fit(EXAMPLES, TAXONOMY)


def test_a_new_area_is_answered_without_training_and_changes_no_other(
    trained, encoder_folder, tmp_path
):
    trained.save(tmp_path)
    grown = Bert.load(tmp_path)
    before = grown.score(EXAMPLES).areas
    grown.add_areas([PolicyArea("tax", "税收", "Tax", "减税", "")], encoder_folder)
    after = grown.score(EXAMPLES).areas
    assert grown.taxonomy.ids == (*TAXONOMY.ids, "tax")
    assert after.shape == (len(EXAMPLES), 3, 4)
    assert np.allclose(before, after[:, :2], atol=1e-5)
    grown.save(tmp_path)
    assert np.allclose(Bert.load(tmp_path).score(EXAMPLES).areas, after, atol=0.02)


def test_a_new_area_needs_the_encoder_that_the_training_began_with(trained, tmp_path):
    trained.save(tmp_path)
    with pytest.raises(InputError, match="dvc repro encoder"):
        Bert.load(tmp_path).add_areas([TAXONOMY.areas[0]], tmp_path / "none")
    (tmp_path / "encoder.json").write_text("{}")
    with pytest.raises(InputError, match="not the encoder"):
        Bert.load(tmp_path).add_areas([TAXONOMY.areas[0]], tmp_path)


def test_a_hidden_word_is_not_seen(trained):
    (row,) = trained.encode([sentence(text="芯片出口管制弊大于利，应当放弃。")])
    hidden = replace(row, hidden=(2, 4))
    other = replace(hidden, ids=[*row.ids[:2], row.ids[5], row.ids[6], *row.ids[4:]])
    scores = trained.score_rows([row, hidden, other]).areas
    assert np.allclose(scores[1], scores[2], atol=1e-6)
    assert not np.allclose(scores[0], scores[1], atol=1e-6)


def test_a_sentence_that_is_too_long_is_known_to_be_cut(trained, capsys):
    long, short = trained.encode([sentence(text="芯片管制" * 99), sentence()])
    assert long.cut and not short.cut
    assert "1 of 2 sentences" in capsys.readouterr().err
