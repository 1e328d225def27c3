"""What the cache of recent texts keeps."""

from __future__ import annotations

from headrace.inference.text_cache import TextCache


def test_the_least_recently_used_text_is_dropped() -> None:
    cache = TextCache(max_entries=3, max_characters=100)
    cache.put(["a", "b", "c"], [[0.1, 0.9], [0.2, 0.8], [0.3, 0.7]])
    assert cache.get("a") == [0.1, 0.9]
    cache.put(["d"], [[0.4, 0.6]])
    assert [text for text in "abcd" if cache.get(text)] == ["a", "c", "d"]


def test_characters_are_bounded() -> None:
    cache = TextCache(max_entries=100, max_characters=10)
    cache.put(["a" * 4, "b" * 4], [[0.0], [0.0]])
    cache.put(["c" * 4], [[0.0]])
    assert (cache.get("a" * 4), cache.get("b" * 4), cache.get("c" * 4)) == (None, [0.0], [0.0])
    cache.put(["d" * 11], [[0.0]])
    assert len(cache) == 0


def test_without_entries_nothing_is_kept() -> None:
    cache = TextCache(max_entries=0, max_characters=100)
    cache.put(["a"], [[0.0]])
    assert cache.get("a") is None
