"""GB 32100 check characters, on identifiers that are in public registers."""

from __future__ import annotations

import pytest

from headrace.documents.standards.tax_id import CHARACTERS, body_check_character, check_character, is_valid

REGISTERED = ["914403001922038216", "91440300708461136T", "9144030071526726XG", "91330100799655058B"]


@pytest.mark.parametrize("tax_id", REGISTERED)
def test_check_characters_are_those_of_the_register(tax_id: str) -> None:
    assert check_character(tax_id[:17]) == tax_id[17]
    assert body_check_character(tax_id[8:16]) == tax_id[16]
    assert is_valid(tax_id)


@pytest.mark.parametrize("tax_id", REGISTERED)
def test_any_one_wrong_character_is_found(tax_id: str) -> None:
    for place in range(18):
        for character in CHARACTERS:
            if character != tax_id[place]:
                assert not is_valid(tax_id[:place] + character + tax_id[place + 1 :])


@pytest.mark.parametrize(
    "text", ["", "91440300192203821", "9144030019220382166", "91440300I922038216", "914403 01922038216"]
)
def test_what_has_not_the_shape_is_not_valid(text: str) -> None:
    assert not is_valid(text)


@pytest.mark.parametrize("text", ["", "9144030019220382", "9144030019220382I"])
def test_a_check_character_of_something_else(text: str) -> None:
    with pytest.raises(ValueError, match="17 characters"):
        check_character(text)


def test_a_body_check_character_of_something_else() -> None:
    with pytest.raises(ValueError, match="8 digits"):
        body_check_character("1922038")
