"""A model with padded rows: real texts through a real program on each engine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import paddle
import pytest
import tokenizers
from numpy.typing import NDArray

from headrace.inference.repository import ModelRepository
from headrace.inference.text_manifest import Label, Program, Tensor, TextManifest, WordPieceTokenizer
from headrace.inference.text_model import TextModel
from headrace.inference.tokenizer import MAX_BATCH_TOKENS, WIDTH_STEP, WordPieceBatches
from headrace.inference.word_piece import WordPiece
from headrace.settings import ModelSettings

VOCABULARY = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", *"这家店的衣服质量很好差不"]
MAX_TOKENS = 60
WEIGHTS = np.random.default_rng(0).normal(size=(len(VOCABULARY), 3)).astype(np.float32)


class MeanOfTokens(paddle.nn.Layer):  # type: ignore[misc]
    """The softmax of the mean of the tokens' weights, padding left out: it can be computed by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.weights = self.create_parameter(WEIGHTS.shape, default_initializer=paddle.nn.initializer.Assign(WEIGHTS))

    def forward(self, input_ids: paddle.Tensor) -> paddle.Tensor:
        is_token = (input_ids != 0).astype("float32").unsqueeze(-1)
        total = (paddle.nn.functional.embedding(input_ids, self.weights) * is_token).sum(axis=1)
        return paddle.nn.functional.softmax(total / is_token.sum(axis=1), axis=-1)


def expected(texts: list[str]) -> NDArray[np.float32]:
    """What the program should give."""
    rows = []
    for text in texts:
        ids = [1, *(VOCABULARY.index(character) if character in VOCABULARY else 3 for character in text)]
        logits = WEIGHTS[[*ids[: MAX_TOKENS - 1], 2]].mean(axis=0)
        rows.append(np.exp(logits) / np.exp(logits).sum())
    return np.array(rows)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a version."""
    folder = tmp_path_factory.mktemp("version")
    tokenizer = tokenizers.BertWordPieceTokenizer({token: number for number, token in enumerate(VOCABULARY)})
    tokenizer.save(str(folder / "tokenizer.json"))
    layer = MeanOfTokens()
    layer.eval()
    input_ids = paddle.static.InputSpec([-1, -1], "int64", "input_ids")
    paddle.jit.save(paddle.jit.to_static(layer, [input_ids], full_graph=True), str(folder / "inference"))
    return folder


MANIFEST: TextManifest = (
    ModelRepository()
    .manifest("sentiment", 1)
    .model_copy(
        update={
            "tokenizer": WordPieceTokenizer(
                kind="word_piece", file="tokenizer.json", max_tokens=MAX_TOKENS, padding_id=0
            ),
            "program": Program(model="inference.json", parameters="inference.pdiparams"),
            "inputs": [Tensor(name="input_ids", shape=[-1, -1], dtype="int64")],
            "labels": [
                Label(name="negative", value=0),
                Label(name="neutral", value=0.5),
                Label(name="positive", value=1),
            ],
        }
    )
)
TEXTS = ["好", "这家店的衣服质量很差", *("很好" * number for number in range(1, 80)), "差"]


@pytest.mark.parametrize("onednn", ["measured", "on", "off"])
def test_each_text_has_its_own_result(folder: Path, onednn: str) -> None:
    settings = ModelSettings.model_validate({"model_onednn": onednn})
    probabilities = TextModel(folder, MANIFEST, settings).probabilities(TEXTS)
    assert probabilities.dtype == np.float32
    np.testing.assert_allclose(probabilities, expected(TEXTS), atol=1e-5)


def test_batches_are_of_similar_length_and_bounded(folder: Path) -> None:
    tokenizer = WordPieceBatches(WordPiece.from_file(folder / "tokenizer.json", MAX_TOKENS, 0))
    batches = list(tokenizer.batches(TEXTS))
    assert sorted(row for batch in batches for row in batch.rows) == list(range(len(TEXTS)))
    widths = []
    for batch in batches:
        [ids] = batch.inputs
        assert ids.size <= MAX_BATCH_TOKENS
        assert ids.shape[0].bit_count() == 1
        assert ids.shape[1] % WIDTH_STEP == 0 or ids.shape[1] == MAX_TOKENS
        assert (ids != 0).sum(axis=1).max() > ids.shape[1] - WIDTH_STEP
        widths.append(ids.shape[1])
    assert widths == sorted(widths, reverse=True)
    lengths = sum(min(len(text) + 2, MAX_TOKENS) for text in TEXTS)
    assert sum(batch.inputs[0].size for batch in batches) < 1.2 * lengths


def test_a_text_longer_than_a_batch_is_one(folder: Path) -> None:
    tokenizer = WordPieceBatches(WordPiece.from_file(folder / "tokenizer.json", 2 * MAX_BATCH_TOKENS, 0))
    [long, short] = tokenizer.batches(["好", "好" * 5000])
    assert long.inputs[0].shape == (1, 2 * MAX_BATCH_TOKENS)
    assert short.inputs[0].shape == (1, WIDTH_STEP)
