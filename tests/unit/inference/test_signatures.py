"""The signatures are those of the catalog's functions."""

from __future__ import annotations

import importlib
import re

import pytest

from headrace.inference.errors import SignatureError
from headrace.inference.repository import ModelRepository
from headrace.inference.signatures import SIGNATURES, TextSignature, check_signature
from headrace.inference.text_manifest import Default, Label, TextManifest
from headrace.settings import PROJECT


def test_each_function_over_a_model_has_the_signature_of_its_model() -> None:
    functions: dict[str, set[str]] = {}
    for file in (PROJECT / "catalog" / "functions").glob("*.sql"):
        named = re.search(r"AS '(udf\.\w+)\.(\w+)' LANGUAGE PYTHON", file.read_text(encoding="utf-8"))
        function = getattr(importlib.import_module(named[1]), named[2]) if named else None
        model = getattr(getattr(function, "_func", None), "model", None)
        if model:
            functions.setdefault(model, set()).add(file.stem)
    assert functions == {model: set(signature.functions) for model, signature in SIGNATURES.items()}


@pytest.fixture
def manifest() -> TextManifest:
    """A manifest with two labels."""
    return ModelRepository(PROJECT / "models").manifest("sentiment", 1)


def test_three_labels_in_any_order(manifest: TextManifest) -> None:
    labels = [Label(name="neutral", value=0.5), Label(name="positive", value=1), Label(name="negative", value=0)]
    check_signature(manifest.model_copy(update={"labels": labels}), "manifest.yaml")


def test_the_default_of_the_signature_is_a_label_of_it() -> None:
    signatures = [signature for signature in SIGNATURES.values() if isinstance(signature, TextSignature)]
    assert signatures
    for signature in signatures:
        assert signature.default in [Default(label=name, score=value) for name, value in signature.labels.items()]


def test_a_version_for_another_task(manifest: TextManifest) -> None:
    ocr = ModelRepository(PROJECT / "models").description("ocr", 1)
    check_signature(ocr, "manifest.yaml")
    for name, version in (("sentiment", ocr), ("ocr", manifest)):
        with pytest.raises(SignatureError, match=f"task is {version.task}, not"):
            check_signature(version.model_copy(update={"name": name}), "manifest.yaml")
