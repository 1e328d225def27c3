"""The Paddle program that serves: rows of token ids to calibrated probabilities."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import paddle
from numpy.typing import NDArray
from paddlenlp.transformers import ErnieForSequenceClassification

MODEL_FILE = "inference.json"
PARAMETERS_FILE = "inference.pdiparams"


class ErnieProgram(paddle.nn.Layer):
    """Token ids to probabilities. Which tokens are padding the network sees by their id; token types are all 0."""

    def __init__(self, network: ErnieForSequenceClassification) -> None:
        """Use a network."""
        super().__init__()
        self.network = network

    def forward(self, input_ids: paddle.Tensor) -> paddle.Tensor:
        """Probability of each label: int64 [rows, length] to float32 [rows, labels]."""
        return paddle.nn.functional.softmax(self.network(input_ids))


def calibrate(network: ErnieForSequenceClassification, temperature: float) -> None:
    """Divide the network's logits by a temperature, in the weights of its last layer."""
    for parameter in network.classifier.parameters():
        parameter.set_value(parameter / temperature)


def export(network: ErnieForSequenceClassification, folder: Path) -> None:
    """Write MODEL_FILE and PARAMETERS_FILE into a folder."""
    network.eval()
    ids = paddle.static.InputSpec([None, None], "int64", "input_ids")
    program = paddle.jit.to_static(ErnieProgram(network), input_spec=[ids], full_graph=True)
    paddle.jit.save(program, str(folder / Path(MODEL_FILE).stem))


def weights_of(model: Path) -> dict[str, NDArray[np.float32]]:
    """The weights of an exported program, by the names that they have in the network.

    Args:
        model: MODEL_FILE, with PARAMETERS_FILE beside it.
    """
    scope = paddle.static.Scope()
    paddle.enable_static()
    try:
        with paddle.static.scope_guard(scope):
            executor = paddle.static.Executor(paddle.CPUPlace())
            program, _, _ = paddle.static.load_inference_model(str(model.with_suffix("")), executor)
            names = [parameter.name for parameter in program.global_block().all_parameters()]
            return {name: np.array(scope.find_var(name).get_tensor()) for name in names}
    finally:
        paddle.disable_static()
