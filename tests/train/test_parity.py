"""PaddleNLP and the worker give the same tokens and logits."""

from __future__ import annotations

import string
import unicodedata
from pathlib import Path

import pytest
from paddlenlp.transformers import ErnieTokenizer

from headrace.inference.repository import ModelRepository
from train.ernie.model import start_classifier, write_vocabulary
from train.ernie.parity import check, compare
from train.ernie.program import export, weights_of
from train.ernie.reference import PaddleNlpReference
from train.ernie.settings import Settings, TrainingError
from train.ernie.texts import Sources, all_of
from train.ernie.tokenizer import SPECIAL_TOKENS, make_tokenizer, normalize_for_paddlenlp
from train.sentiment.reviews import Split

LETTERS = string.ascii_lowercase + string.digits
# Latin with its accents, general punctuation to dingbats, CJK and its punctuation, full width, emoji.
BLOCKS = [(0x20, 0x250), (0x2000, 0x2800), (0x2E80, 0xA000), (0xF900, 0xFB00), (0xFE00, 0x10000), (0x1F300, 0x1FA00),
          (0x2B700, 0x2B940)]  # fmt: skip


def test_tokens_agree_on_every_character_of_comments(tmp_path: Path) -> None:
    vocabulary = [*SPECIAL_TOKENS, *LETTERS, *(f"##{letter}" for letter in LETTERS), *"¥+~，。好坏"]
    write_vocabulary(vocabulary, tmp_path / "vocab.txt")
    paddlenlp = ErnieTokenizer(str(tmp_path / "vocab.txt"))
    ours = make_tokenizer(vocabulary)
    different = []
    for first, last in BLOCKS:
        for character in map(chr, range(first, last)):
            if unicodedata.category(character) in ("Cn", "Cs"):
                continue
            text = f"ab{character}cd"
            tokens = ours.encode(text, add_special_tokens=False).tokens
            if tokens != paddlenlp.tokenize(normalize_for_paddlenlp(text)):
                different.append(f"{ord(character):04X}")
    assert different == ["32FF"]  # the sign of the era Reiwa, of 2019: `tokenizers` does not know its NFKC form


def test_the_exported_program_has_the_weights_by_name(tmp_path: Path, settings: Settings, sources: Sources) -> None:
    network = start_classifier(settings, all_of(sources, Split.TRAIN).texts).network
    export(network, tmp_path)
    weights = weights_of(tmp_path / "inference.json")
    state = network.state_dict()
    assert weights.keys() == state.keys()
    assert all((weights[name] == state[name].numpy()).all() for name in state)


def test_the_published_version_agrees_on_some_texts(sources: Sources) -> None:
    repository = ModelRepository()
    folder, manifest = repository.version_folder("sentiment", 2), repository.manifest("sentiment", 2)
    result = compare(folder, manifest, all_of(sources, Split.TEST).texts)
    assert (result.texts, result.token_mismatches) == (192, 0)
    assert result.max_logit_difference < 1e-4
    check(result, folder)


def test_another_kind_of_model_is_refused() -> None:
    repository = ModelRepository()
    with pytest.raises(TrainingError, match="is no ERNIE model"):
        PaddleNlpReference(repository.version_folder("sentiment", 1), repository.manifest("sentiment", 1))
