"""The model to train: from a checkpoint that PaddleNLP loads, or a small one from scratch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import paddle
from paddlenlp.transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    ErnieConfig,
    ErnieForSequenceClassification,
    ErnieTokenizer,
)
from tokenizers import Tokenizer

from train.ernie.settings import Settings, Shape, TrainingError
from train.ernie.tokenizer import SPECIAL_TOKENS, TOKENIZER_FILE, make_tokenizer, vocabulary_of
from train.ernie.vocabulary import build_vocabulary
from train.sentiment.dataset import LABELS

CONFIGURATION_FILE = "config.json"  # PaddleNLP's names
VOCABULARY_FILE = "vocab.txt"


@dataclass(frozen=True)
class ErnieClassifier:
    """A model and its tokenizer."""

    network: ErnieForSequenceClassification
    tokenizer: Tokenizer

    @property
    def padding_id(self) -> int:
        """The token that fills up rows; the network takes no notice of it."""
        return int(self.network.config.pad_token_id)

    def save(self, folder: Path) -> None:
        """Write a checkpoint folder that PaddleNLP loads, with tokenizer.json beside it."""
        folder.mkdir(parents=True, exist_ok=True)
        self.network.save_pretrained(str(folder))
        write_vocabulary(vocabulary_of(self.tokenizer), folder / VOCABULARY_FILE)
        ErnieTokenizer(str(folder / VOCABULARY_FILE)).save_pretrained(str(folder))
        self.tokenizer.save(str(folder / TOKENIZER_FILE))


def start_classifier(settings: Settings, texts: Sequence[str]) -> ErnieClassifier:
    """The model that training begins with.

    Args:
        settings: of the run.
        texts: of the training part: a model from scratch has its vocabulary from them.

    Raises:
        TrainingError: PaddleNLP loads no ERNIE model and tokenizer from `settings.start`, or it is too short.
    """
    paddle.seed(settings.seed)
    if settings.start is None:
        vocabulary = build_vocabulary(texts, settings.shape.min_frequency)
        network = ErnieForSequenceClassification(_configuration(settings, vocabulary))
        _name_parameters(network)
        return ErnieClassifier(network, make_tokenizer(vocabulary))
    return load_checkpoint(settings.start, settings.max_tokens)


def load_checkpoint(start: str, max_tokens: int) -> ErnieClassifier:
    """A model of three labels from a checkpoint, whose own classifier is used where it has three labels too.

    Args:
        start: a folder, or a name that PaddleNLP downloads.
        max_tokens: that the model has to take.

    Raises:
        TrainingError: PaddleNLP loads no ERNIE model and tokenizer from it, or it takes fewer tokens.
    """
    try:
        network = AutoModelForSequenceClassification.from_pretrained(
            start, num_classes=len(LABELS), ignore_mismatched_sizes=True
        )
        paddlenlp_tokenizer = AutoTokenizer.from_pretrained(start)
    except Exception as error:  # as many kinds as there are ways to load
        raise TrainingError(
            f"{start}: PaddleNLP does not load a model and a tokenizer from it: {error}. Name a folder with "
            f"{CONFIGURATION_FILE}, model_state.pdparams and {VOCABULARY_FILE}, or a model of PaddleNLP's hub "
            "(which needs the network)."
        ) from error
    if not isinstance(network, ErnieForSequenceClassification) or not isinstance(paddlenlp_tokenizer, ErnieTokenizer):
        raise TrainingError(
            f"{start}: holds {type(network).__name__} and {type(paddlenlp_tokenizer).__name__}, not a model of the "
            "ERNIE family. Name another checkpoint."
        )
    if not paddlenlp_tokenizer.basic_tokenizer.do_lower_case:
        raise TrainingError(f"{start}: its tokenizer keeps capital letters, tokenizer.json does not. Name another one.")
    longest = network.config.max_position_embeddings
    if longest < max_tokens:
        raise TrainingError(f"{start}: takes {longest} tokens at most. Train with --max-tokens {longest}.")
    indices = paddlenlp_tokenizer.vocab.idx_to_token
    vocabulary = [indices[position] for position in range(len(indices))]
    missing = [token for token in SPECIAL_TOKENS if token not in vocabulary]
    if missing:
        raise TrainingError(f"{start}: its vocabulary lacks {', '.join(missing)}. Name another checkpoint.")
    _name_parameters(network)
    return ErnieClassifier(network, make_tokenizer(vocabulary))


def configuration_of(network: ErnieForSequenceClassification) -> str:
    """The network's configuration as PaddleNLP writes it: the content of CONFIGURATION_FILE."""
    return json.dumps(json.loads(network.config.to_json_string()), indent=2, sort_keys=True) + "\n"


def network_of(configuration: Path) -> ErnieForSequenceClassification:
    """A network of a configuration, its weights not those of any training yet."""
    network = ErnieForSequenceClassification(ErnieConfig.from_dict(json.loads(configuration.read_text("utf-8"))))
    _name_parameters(network)
    return network


def write_vocabulary(vocabulary: Sequence[str], path: Path) -> None:
    """Write vocab.txt: a token a line, the number of a line is the id."""
    path.write_bytes("".join(f"{token}\n" for token in vocabulary).encode("utf-8"))


def _configuration(settings: Settings, vocabulary: Sequence[str]) -> ErnieConfig:
    shape: Shape = settings.shape
    return ErnieConfig(
        vocab_size=len(vocabulary),
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=4 * shape.hidden,
        max_position_embeddings=settings.max_tokens,
        attention_probs_dropout_prob=0.0,  # a random number for each pair of tokens costs more than it gives here
        type_vocab_size=2,
        pad_token_id=0,
        num_labels=len(LABELS),
    )


def _name_parameters(network: paddle.nn.Layer) -> None:
    """Call each parameter what it is in the network.

    The names that Paddle makes up count up in a process; under these an optimizer finds its state again in another
    process, and the exported program can be read back into a network.
    """
    for name, parameter in network.named_parameters():
        parameter.name = name
