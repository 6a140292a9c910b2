"""XLM-RoBERTa's unigram tokenizer from its pieces alone, whole or trimmed to Chinese text."""

import re
import unicodedata
from collections.abc import Sequence

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast

SPACE = "▁"  # stands for the space before a word
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
MASK = "<mask>"
PREFIXES = ("▁que", "ry", "▁passage")
"""Pieces of "query: " and "passage: ", one of which stood before every text E5 was trained on."""
COMMON = -11.0
"""Log-probability from which a Latin piece is kept when trimming: with it, 2 % of the tokens of
Chinese policy articles that carry English names change; without Latin pieces 7 % do."""

_HAN = re.compile(r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_VARIATION = "\ufe0e\ufe0f"
# NFKC would make U+FF5E an ASCII tilde, XLM-R's own map keeps it: it sits out NFKC as a
# noncharacter, which no text contains.
_TILDE, _ASIDE = "～", "\uffff"


def build_tokenizer(pieces: Sequence[tuple[str, float]], longest: int) -> PreTrainedTokenizerFast:
    """A fast tokenizer over (piece, log-probability) in the order of ids.

    Normaliser, splitting and templates are those of intfloat/multilingual-e5-small. Its
    "nmt_nfkc" map is rebuilt as Nmt + NFKC, which agrees with it on every character of
    Unicode but U+1F23B. `longest` is the model's limit in tokens.
    """
    ids = {piece: i for i, (piece, _) in enumerate(pieces)}
    core = Tokenizer(models.Unigram(list(pieces), unk_id=ids["<unk>"]))
    core.normalizer = normalizers.Sequence(
        [
            normalizers.Nmt(),
            normalizers.Replace(_TILDE, _ASIDE),
            normalizers.NFKC(),
            normalizers.Replace(_ASIDE, _TILDE),
        ]
    )
    core.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(SPACE, "always")]
    )
    core.decoder = decoders.Metaspace(SPACE, "always")
    core.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[(token, ids[token]) for token in ("<s>", "</s>")],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=core,
        model_max_length=longest,
        model_input_names=["input_ids", "attention_mask"],
        bos_token="<s>",
        cls_token="<s>",
        eos_token="</s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        mask_token=MASK,
    )


def chinese_pieces(pieces: Sequence[tuple[str, float]]) -> list[int]:
    """Ids of the pieces that Chinese text needs, in their order; the special ones come along.

    Kept are pieces of Han characters, numbers, punctuation and symbols of any script, every
    single Latin letter (pinyin and foreign names never become unknown), capitals (AI, GDP) and
    common Latin pieces (see COMMON).
    """
    return [i for i, (piece, score) in enumerate(pieces) if _kept(piece, score)]


def _kept(piece: str, score: float) -> bool:
    text = piece.removeprefix(SPACE)
    if piece in (*SPECIAL, MASK, *PREFIXES) or all(map(_is_chinese, text)):
        return True
    if len(text) == 1:
        return unicodedata.name(text, "").startswith("LATIN ")
    return text.isascii() and text.isalpha() and (text.isupper() or score > COMMON)


def _is_chinese(char: str) -> bool:
    """Whether Chinese text writes `char` for anything but a Latin name."""
    is_han = _HAN.match(char) is not None
    return is_han or char in _VARIATION or unicodedata.category(char)[0] in "PSN"
