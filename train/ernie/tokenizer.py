"""tokenizer.json from a vocabulary: one file that training and serving read, and that agrees with ErnieTokenizer.

PaddleNLP's ErnieTokenizer is given texts in NFKC form; tokenizer.json normalises by itself. They then agree on every
character that both know. (The library `tokenizers` knows the punctuation and combining marks of an earlier Unicode
version than Python: 530 characters, all of scripts such as Kannada or Telugu, are split in another way.)
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

PADDING, START, END, MASK, UNKNOWN = "[PAD]", "[CLS]", "[SEP]", "[MASK]", "[UNK]"
SPECIAL_TOKENS = (PADDING, START, END, MASK, UNKNOWN)

TOKENIZER_FILE = "tokenizer.json"

# Single characters to ErnieTokenizer, but parts of words to BertPreTokenizer: symbols; two letters that ErnieTokenizer
# lists by name; and the first 256 ideographs of CJK extension E, which `tokenizers` leaves out by an error.
_SINGLE_CHARACTERS = Regex(r"[\p{S}〇ŋ\x{2B820}-\x{2B91F}]")
_MAX_WORD_CHARACTERS = 100  # as ErnieTokenizer: a longer word is unknown


def make_tokenizer(vocabulary: Sequence[str]) -> Tokenizer:
    """The tokenizer of a vocabulary; a row is START, the text's tokens, END.

    The special tokens are no "added tokens" of the file: a text that contains `[PAD]` is split like any other text.

    Args:
        vocabulary: the position of a token is its id; the SPECIAL_TOKENS are among them.
    """
    ids = {token: position for position, token in enumerate(vocabulary)}
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token=UNKNOWN, max_input_chars_per_word=_MAX_WORD_CHARACTERS))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=True),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(_SINGLE_CHARACTERS, "isolated"), pre_tokenizers.BertPreTokenizer()]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{START} $A {END}", special_tokens=[(START, ids[START]), (END, ids[END])]
    )
    return tokenizer


def vocabulary_of(tokenizer: Tokenizer) -> list[str]:
    """The tokens by id: the lines of vocab.txt."""
    ids = tokenizer.get_vocab(with_added_tokens=False)
    return sorted(ids, key=lambda token: ids[token])


def normalize_for_paddlenlp(text: str) -> str:
    """The form in which ErnieTokenizer takes a text."""
    return unicodedata.normalize("NFKC", text)
