"""The inputs and outputs of an exported program, as Paddle reads them, against what the manifest says."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import Any

from headrace.inference.errors import PredictorError, ProgramError
from headrace.inference.text_manifest import Tensor, TextManifest

# What each tokenizer gives to a program: dtype and number of dimensions of each input.
INPUTS_OF_TOKENIZER = {
    "char_ngrams": [("int32", 1), ("int32", 1)],
    "word_piece": [("int64", 2)],
}


def check_program(folder: Path, manifest: TextManifest) -> None:
    """The program takes and gives the tensors of its manifest, takes what its tokenizer gives, and gives its labels.

    Raises:
        ProgramError: it does not.
        PredictorError: Paddle does not load the program.
    """
    place = str(folder / manifest.program.model)
    inputs, outputs = program_tensors(folder / manifest.program.model, folder / manifest.program.parameters)
    for side, actual, said in (("inputs", inputs, manifest.inputs), ("outputs", outputs, manifest.outputs)):
        if actual != said:
            raise ProgramError(
                f"{place}: has the {side} {_spoken(actual)}; the manifest says {_spoken(said)}. Correct `{side}` in "
                "the manifest, or export the program again."
            )
    given = INPUTS_OF_TOKENIZER[manifest.tokenizer.kind]
    if [(tensor.dtype, len(tensor.shape)) for tensor in inputs] != given:
        expected = ", ".join(f"{dtype} of {dimensions} dimension(s)" for dtype, dimensions in given)
        raise ProgramError(
            f"{place}: takes {_spoken(inputs)}; tokenizer {manifest.tokenizer.kind} gives {expected}. "
            "Export a program for this tokenizer, or name the other one."
        )
    count = len(manifest.labels)
    shapes = [[-1, count], *([[-1]] if count == 2 else [])]  # of two labels, the second one's probability may do
    if outputs[0].dtype != "float32" or outputs[0].shape not in shapes:
        raise ProgramError(
            f"{place}: gives {_spoken(outputs[:1])}; {count} labels need float32 of {' or '.join(map(str, shapes))}. "
            "Correct `labels` in the manifest, or export a program that gives a probability for each."
        )


def program_tensors(model: Path, parameters: Path) -> tuple[list[Tensor], list[Tensor]]:
    """The inputs and outputs of a program that `paddle.jit.save` wrote, in its order.

    Raises:
        PredictorError: Paddle does not load the program.
        ProgramError: a tensor has a type that a manifest cannot name.
    """
    with warnings.catch_warnings():
        # Paddle would like to compile extensions of its own; nobody here does.
        warnings.filterwarnings("ignore", message="No ccache found")
        import paddle

    # Paddle reads a program in static mode only, a switch of the whole process. No worker does this.
    was_dynamic = paddle.in_dynamic_mode()
    paddle.enable_static()
    try:
        program = _load(paddle, model, parameters)
    finally:
        if was_dynamic:
            paddle.disable_static()
    operations = [operation for block in program.blocks for operation in block.ops]
    return (
        [_tensor(model, operation) for operation in operations if operation.name() == "pd_op.data"],
        [_tensor(model, operation) for operation in operations if operation.name() == "pd_op.fetch"],
    )


def _load(paddle: Any, model: Path, parameters: Path) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        # Paddle finds the two files by one name.
        prefix = Path(folder) / "program"
        prefix.with_suffix(".json").symlink_to(model.absolute())
        prefix.with_suffix(".pdiparams").symlink_to(parameters.absolute())
        try:
            return paddle.static.load_inference_model(str(prefix), paddle.static.Executor(paddle.CPUPlace()))[0]
        except Exception as error:  # Paddle raises errors of many kinds here
            raise PredictorError(
                f"{model}: Paddle does not load it: {error}. Export it again with the Paddle version of this "
                "environment."
            ) from error


def _tensor(model: Path, operation: Any) -> Tensor:
    name, result = operation.attrs()["name"], operation.results()[0]
    try:
        return Tensor(name=name, shape=list(result.shape), dtype=result.dtype.name.lower())
    except ValueError as error:
        raise ProgramError(
            f"{model}: tensor {name!r} is {result.dtype} {list(result.shape)}, which a manifest cannot describe. "
            "Export a program with tensors of int32, int64 or float32."
        ) from error


def _spoken(tensors: list[Tensor]) -> str:
    return ", ".join(f"{tensor.name} {tensor.dtype} {tensor.shape}" for tensor in tensors) or "none"
