"""What the SQL functions of the catalog promise about a model's answers, and thus what each version of it must be like.

The functions are described in catalog/functions/; a change here is a change of what SQL users see.
"""

from __future__ import annotations

from dataclasses import dataclass

from headrace.inference.errors import SignatureError
from headrace.inference.manifest import Manifest
from headrace.inference.text_manifest import Default, TextManifest


@dataclass(frozen=True)
class Signature:
    """What functions need of a model.

    functions: the SQL functions, files in catalog/functions/.
    task: of the model's versions.
    """

    functions: tuple[str, ...]
    task: str

    def differences(self, manifest: Manifest) -> list[str]:
        """What about a version the functions cannot serve."""
        return [] if manifest.task == self.task else [f"task is {manifest.task}, not {self.task}"]


@dataclass(frozen=True)
class TextSignature(Signature):
    """The answers that functions over texts give: a label, and a score that is the expectation of the labels' values.

    labels: every label that a version may have, with the value that it has in the score.
    required: labels without which the score does not reach from 0 to 1.
    default: the answer to a text that the model does not take.
    """

    labels: dict[str, float]
    required: frozenset[str]
    default: Default

    def differences(self, manifest: Manifest) -> list[str]:
        """What about a version the functions cannot serve."""
        if not isinstance(manifest, TextManifest):
            return super().differences(manifest)
        facts = []
        for label in manifest.labels:
            if label.name not in self.labels:
                facts.append(f"label {label.name!r} is none of {', '.join(self.labels)}")
            elif label.value != self.labels[label.name]:
                facts.append(f"label {label.name!r} has the value {label.value:g}, not {self.labels[label.name]:g}")
        names = {label.name for label in manifest.labels}
        facts.extend(f"there is no label {name!r}" for name in sorted(self.required - names))
        if manifest.default != self.default:
            facts.append(
                f"default is {manifest.default.label}, {manifest.default.score:g}, not {self.default.label}, "
                f"{self.default.score:g}"
            )
        return facts


SIGNATURES: dict[str, Signature] = {
    "sentiment": TextSignature(
        functions=("sentiment", "sentiment_detail"),
        task="text_classification",
        labels={"negative": 0.0, "neutral": 0.5, "positive": 1.0},
        required=frozenset({"negative", "positive"}),
        default=Default(label="neutral", score=0.5),
    ),
    "ocr": Signature(functions=("ocr_text", "ocr_detail", "ocr_lines", "invoice_fields"), task="ocr"),
}


def check_signature(manifest: Manifest, place: str) -> None:
    """The SQL functions of a manifest's model can serve it.

    Args:
        manifest: of the version.
        place: what error messages call it.

    Raises:
        SignatureError: no function serves a model of this name, or its functions promise other answers.
    """
    signature = SIGNATURES.get(manifest.name)
    if signature is None:
        raise SignatureError(
            f"{place}: no function of the catalog serves a model {manifest.name!r}, only {', '.join(SIGNATURES)}. "
            "Correct `name`, or add the function (catalog/functions/, udf/) and its signature "
            "(headrace/inference/signatures.py)."
        )
    for fact in signature.differences(manifest):
        raise SignatureError(
            f"{place}: {fact}, and {_spoken(signature.functions)} cannot serve that. Publish a version that keeps "
            f"what catalog/functions/{signature.functions[0]}.sql says, or a model of another name with functions of "
            "its own."
        )


def _spoken(functions: tuple[str, ...]) -> str:
    return " and ".join(f"{function}()" for function in functions)
