"""One exported Paddle program on one engine."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from headrace.inference.engine import Engine
from headrace.inference.errors import PredictorError
from headrace.inference.paddle_import import import_paddle

Inputs = Sequence[NDArray[Any]]
"""C-contiguous arrays in the order of a program's inputs, of its shapes and types."""


class Predictor(Protocol):
    """A program, ready to run."""

    def run(self, inputs: Inputs) -> NDArray[np.float32]:
        """The program's first output."""


class PaddlePredictor:
    """Runs a program that `paddle.jit.save` wrote.

    Paddle holds Python's global lock during a run: while a batch is computed no other thread of the process goes on.
    """

    def __init__(
        self, model: Path, parameters: Path, engine: Engine | None = None, content: tuple[bytes, bytes] | None = None
    ) -> None:
        """Load the program and its weights.

        Args:
            model: file of the program.
            parameters: file of the weights.
            engine: what runs it; by default one thread of a CPU, without oneDNN.
            content: of both files, where something else than what they hold is to run.

        Raises:
            PredictorError: Paddle does not load them, or has no such device.
        """
        import_paddle()
        from paddle import inference

        self.engine = engine or Engine()
        if content is None:
            config = inference.Config(str(model), str(parameters))
        else:
            config = inference.Config()
            program, weights = cast("tuple[Any, Any]", content)  # Paddle's types say str
            config.set_model_buffer(program, len(program), weights, len(weights))
        self.engine.configure(config)
        try:
            with _without_a_word() if self.engine.bfloat16 else nullcontext():
                predictor = inference.create_predictor(config)
        except Exception as error:
            raise PredictorError(
                f"{model}: Paddle does not load it: {error}. Publish it again with the Paddle version of this worker."
            ) from error
        self._predictor: Any = predictor
        self._inputs = [predictor.get_input_handle(name) for name in predictor.get_input_names()]
        self._output = predictor.get_output_handle(predictor.get_output_names()[0])
        self._lock = threading.Lock()  # a Paddle predictor is not safe to run from two threads

    def run(self, inputs: Inputs) -> NDArray[np.float32]:
        """Run the program.

        Returns:
            The first output, a copy.
        """
        with self._lock:
            for handle, array in zip(self._inputs, inputs, strict=True):
                handle.copy_from_cpu(array)
            self._predictor.run()
            output: NDArray[np.float32] = self._output.copy_to_cpu()
            if self.engine.frees_memory:
                self._predictor.clear_intermediate_tensor()
        return output


@contextmanager
def _without_a_word() -> Iterator[None]:
    """Keep standard error empty: for bfloat16 Paddle counts operators there, whatever its log is told."""
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
