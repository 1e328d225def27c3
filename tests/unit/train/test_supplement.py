"""The labelled supplement: the same on each run, its parts kept apart."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest

from train.sentiment.reviews import Split, text_key
from train.sentiment.supplement.grammar import Grammar, GrammarError
from train.sentiment.supplement.reader import GRAMMARS, HANDWRITTEN_FOLDER, Origin, Sentence, read_supplement

LABELS = {"negative", "neutral", "positive"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def sentences() -> list[Sentence]:
    """The whole supplement."""
    return read_supplement()


def test_no_sentence_stands_twice(sentences: list[Sentence]) -> None:
    """Neither in two parts nor in one, punctuation and case aside."""
    keys = Counter(text_key(sentence.text) or sentence.text for sentence in sentences)
    assert keys.most_common(1)[0][1] == 1


def test_parts_share_no_template_and_no_word() -> None:
    for first, second in combinations(GRAMMARS.values(), 2):
        assert not templates(first) & templates(second)
        assert not words(first) & words(second)


def test_a_handwritten_test_sentence_is_of_no_grammar(sentences: list[Sentence]) -> None:
    by_hand = {text_key(one.text) for one in sentences if one.source.startswith("test/")}
    made = {text_key(text) for grammars in GRAMMARS.values() for grammar in grammars for text in grammar.sentences()}
    assert by_hand
    assert not by_hand & made


def test_sizes(sentences: list[Sentence]) -> None:
    sizes = Counter((sentence.split, sentence.label) for sentence in sentences)
    assert all(sizes[Split.TRAIN, label] >= 2000 for label in LABELS)
    assert all(sizes[Split.TEST, label] >= 500 for label in LABELS)
    assert all(sizes[Split.VALIDATION, label] >= 250 for label in LABELS)
    by_hand = Counter(one.split for one in sentences if one.origin is Origin.HANDWRITTEN)
    assert by_hand[Split.TEST] >= 300
    assert by_hand[Split.TRAIN] >= 400


def test_every_file_by_hand_is_read_and_held_out_ones_have_all_labels(sentences: list[Sentence]) -> None:
    labels: dict[str, set[str]] = {}
    for sentence in sentences:
        if sentence.origin is Origin.HANDWRITTEN:
            labels.setdefault(sentence.source, set()).add(sentence.label)
    files = {path.relative_to(HANDWRITTEN_FOLDER).as_posix() for path in HANDWRITTEN_FOLDER.glob("*/*.txt")}
    assert labels.keys() == files
    assert all(found == LABELS for source, found in labels.items() if source.startswith("test/"))


def test_it_is_the_same_each_time(sentences: list[Sentence]) -> None:
    assert read_supplement() == sentences


def test_grammar_names_are_unique() -> None:
    names = Counter(grammar.name for grammars in GRAMMARS.values() for grammar in grammars)
    assert set(names.values()) == {1}


def test_slots_are_filled_to_the_last() -> None:
    grammar = Grammar("any", "positive", 4, "{what}好\n很{how}", {"what": "书|{thing}", "thing": "笔", "how": "美|香"})
    assert set(grammar.sentences()) == {"书好", "笔好", "很美", "很香"}


@pytest.mark.parametrize(
    ("count", "template", "fact"), [(3, "{what}好", "gives only 2 of 3"), (1, "{who}好", "a slot 'who' without words")]
)
def test_a_wrong_grammar_is_refused(count: int, template: str, fact: str) -> None:
    with pytest.raises(GrammarError, match=fact):
        Grammar("any", "positive", count, template, {"what": "书|笔"}).sentences()


def templates(grammars: list[Grammar]) -> set[str]:
    """The templates of several grammars that hold more than slots and punctuation."""
    lines = {line for grammar in grammars for line in grammar.template_lines()}
    return {line for line in lines if CHINESE.search(line)}


def words(grammars: list[Grammar]) -> set[str]:
    """The Chinese words of all slots."""
    found = {word for grammar in grammars for slot in grammar.words.values() for word in slot.split("|")}
    return {word for word in found if CHINESE.search(word)}
