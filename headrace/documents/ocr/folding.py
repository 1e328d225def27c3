"""Folds the scalings of a program of PaddleOCR into its convolutions.

PP-LCNetV3, the backbone of the mobile models, scales and shifts each feature map by two learned numbers before and
after its activation (class LearnableAffineBlock in PaddleOCR). Exported programs keep these as operators of their own,
a third of all: they go over the whole map, and each costs a call. Folded into the weights they cost nothing:

    before the activation   s·(w∗x + b) + t  =  (s·w)∗x + (s·b + t)
    after it                w∗(s·h + t) + b  =  (s·w)∗h + (b + t·Σw)    where the convolution pads nothing
                            w∗(s·h + t) + b  =  (s·w)∗(h + t/s) + b     where it pads with zeros

What a program computes stays the same but for rounding.
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headrace.inference.paddle_import import import_paddle

_CONVOLUTIONS = ("conv2d", "depthwise_conv2d")
_FLOAT32 = 5  # VarType.FP32
_TENSOR_HEAD = np.dtype([("version", "<u4"), ("levels", "<u8"), ("tensor_version", "<u4"), ("description", "<i4")])
_SMALLEST = 1e-3
"""A scale nearer to 0 is not divided by."""


class Folded(NamedTuple):
    """A program and its weights, as Paddle reads them from memory."""

    program: bytes
    parameters: bytes


def fold(program: Path, parameters: Path) -> Folded:
    """A program of the old format (.pdmodel) without the operators that its convolutions can do.

    Raises:
        ValueError: the files are not such a program and its weights.
    """
    from google.protobuf.message import DecodeError  # type: ignore[import-untyped]

    import_paddle()
    framework: Any = importlib.import_module("paddle.base.proto.framework_pb2")  # it is generated, without types
    description = framework.ProgramDesc()
    try:
        description.ParseFromString(program.read_bytes())
    except DecodeError as error:
        raise ValueError(f"it is no program of Paddle: {error}") from error
    if not description.blocks:
        raise ValueError("it is an empty program")
    if len(description.blocks) > 1:  # a branch or a loop may read what is changed here
        return Folded(program.read_bytes(), parameters.read_bytes())
    names = sorted(
        variable.name
        for variable in description.blocks[0].vars
        if variable.persistable and variable.name not in ("feed", "fetch")
    )
    content = bytearray(parameters.read_bytes())
    weights = dict(zip(names, _tensors(content, framework), strict=True))
    _Folding(description.blocks[0], weights).run()
    return Folded(description.SerializeToString(), bytes(content))


class _Folding:
    """One program while it is folded; `weights` are views into the file's content, changed in place."""

    def __init__(self, block: Any, weights: dict[str, NDArray[np.float32]]) -> None:
        self._operators: list[Any] = list(block.ops)
        self._block = block
        self._weights = weights
        self._count()

    def run(self) -> None:
        while self._fold_one():
            self._count()
        operators = [type(operator).FromString(operator.SerializeToString()) for operator in self._operators]
        del self._block.ops[:]
        self._block.ops.extend(operators)

    def _count(self) -> None:
        self._uses = Counter(name for operator in self._operators for name in _inputs(operator))
        self._reader = {name: operator for operator in self._operators for name in _inputs(operator)}
        self._writer = {name: operator for operator in self._operators for name in _outputs(operator)}

    def _fold_one(self) -> bool:
        for scaling in self._operators:
            shift = self._scaled_and_shifted(scaling)
            if shift is not None and (self._fold_back(scaling, shift) or self._fold_on(scaling, shift)):
                return True
        return False

    def _scaled_and_shifted(self, scaling: Any) -> Any:
        """The operator that shifts what this one scales; None where it is no such pair."""
        if scaling.type != "elementwise_mul" or self._number(scaling) is None:
            return None
        shift = self._only_reader(_output(scaling))
        if shift is None or shift.type != "elementwise_add" or self._number(shift) is None:
            return None
        return shift

    def _fold_back(self, scaling: Any, shift: Any) -> bool:
        """Into the convolution before."""
        bias = self._writer.get(self._map(scaling))
        if bias is None or self._only_reader(self._map(scaling)) is not scaling or bias.type != "elementwise_add":
            return False
        convolution = self._writer.get(_input(bias, "X"))
        if (
            convolution is None
            or convolution.type not in _CONVOLUTIONS
            or self._only_reader(_output(convolution)) is not bias
        ):
            return False
        filters, offsets = self._own(_input(convolution, "Filter")), self._own(_input(bias, "Y"))
        if filters is None or offsets is None or offsets.size != filters.shape[0]:
            return False
        factor, addend = self._numbers(scaling, shift)
        filters *= factor
        offsets *= factor
        offsets += addend
        _set_output(bias, _output(shift))
        self._remove(scaling, shift)
        return True

    def _fold_on(self, scaling: Any, shift: Any) -> bool:
        """Into the convolution behind."""
        convolution = self._only_reader(_output(shift))
        if (
            convolution is None
            or convolution.type not in _CONVOLUTIONS
            or _input(convolution, "Input") != _output(shift)
        ):
            return False
        filters = self._own(_input(convolution, "Filter"))
        bias = self._only_reader(_output(convolution))
        if filters is None or bias is None or bias.type != "elementwise_add":
            return False
        offsets, addends = self._own(_input(bias, "Y")), self._own(self._parameter(shift))
        if offsets is None or offsets.size != filters.shape[0] or addends is None:
            return False
        factor, addend = self._numbers(scaling, shift)
        if any(_attribute(convolution, "paddings")):
            if abs(factor) < _SMALLEST:
                return False
            addends /= factor
            _rename_input(shift, _output(scaling), self._map(scaling))
            self._remove(scaling)
        else:
            offsets += addend * filters.sum(axis=(1, 2, 3), dtype=np.float64).reshape(offsets.shape)
            _rename_input(convolution, _output(shift), self._map(scaling))
            self._remove(scaling, shift)
        filters *= factor
        return True

    def _numbers(self, *operators: Any) -> list[float]:
        return [float(self._weights[self._parameter(operator)].item()) for operator in operators]

    def _number(self, operator: Any) -> str | None:
        """The single number that an operator has beside its map."""
        found = [name for name in _inputs(operator) if name in self._weights and self._weights[name].size == 1]
        return found[0] if len(found) == 1 and len(set(_inputs(operator))) == 2 else None

    def _parameter(self, operator: Any) -> str:
        return str(self._number(operator))

    def _map(self, operator: Any) -> str:
        return next(name for name in _inputs(operator) if name != self._number(operator))

    def _own(self, name: str) -> NDArray[np.float32] | None:
        """Weights that one operator alone reads."""
        return self._weights.get(name) if self._uses[name] == 1 else None

    def _only_reader(self, name: str) -> Any:
        return self._reader[name] if self._uses[name] == 1 else None

    def _remove(self, *operators: Any) -> None:
        self._operators = [operator for operator in self._operators if all(operator is not one for one in operators)]


def _tensors(content: bytearray, framework: Any) -> Iterator[NDArray[Any]]:
    """The tensors of a file of weights (phi/core/framework/dense_tensor_serialize.cc), as views."""
    place = 0
    while place < len(content):
        head = np.frombuffer(content, _TENSOR_HEAD, 1, place)[0]
        place += _TENSOR_HEAD.itemsize
        if head["version"] or head["levels"] or head["tensor_version"]:
            raise ValueError("its weights are kept in a way that is not known here")
        tensor = framework.VarType.TensorDesc.FromString(bytes(content[place : place + head["description"]]))
        place += int(head["description"])
        if tensor.data_type != _FLOAT32:
            raise ValueError("its weights are not float32")
        values = np.frombuffer(content, np.float32, int(np.prod(tensor.dims, dtype=np.int64)), place)
        place += values.nbytes
        yield values.reshape(tuple(tensor.dims))


def _inputs(operator: Any) -> list[str]:
    return [name for slot in operator.inputs for name in slot.arguments]


def _outputs(operator: Any) -> list[str]:
    return [name for slot in operator.outputs for name in slot.arguments]


def _input(operator: Any, slot: str) -> str:
    return next(str(one.arguments[0]) for one in operator.inputs if one.parameter == slot)


def _output(operator: Any) -> str:
    return _outputs(operator)[0]


def _set_output(operator: Any, name: str) -> None:
    next(slot for slot in operator.outputs if slot.arguments).arguments[0] = name


def _rename_input(operator: Any, old: str, new: str) -> None:
    for slot in operator.inputs:
        slot.arguments[:] = [new if name == old else name for name in slot.arguments]


def _attribute(operator: Any, name: str) -> list[int]:
    return next(list(attribute.ints) for attribute in operator.attrs if attribute.name == name)
