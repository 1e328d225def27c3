"""One exported Paddle program, ready to run on one thread."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headrace.inference.errors import PredictorError


class PaddlePredictor:
    """Runs a program that `paddle.jit.save` wrote.

    One math thread: Flink brings parallelism by subtasks, and threads of many workers would fight for the cores.
    oneDNN is off: it makes a look-up and sum of embeddings slower, at 1 row twice, at 64 rows by a half.
    """

    def __init__(self, model: Path, parameters: Path) -> None:
        """Load the program and its weights.

        Raises:
            PredictorError: Paddle does not load them.
        """
        # Not at the top: Flink's client imports the modules of SQL functions just to read their signatures.
        with warnings.catch_warnings():
            # Paddle would like to compile extensions of its own; nobody here does.
            warnings.filterwarnings("ignore", message="No ccache found")
            from paddle import inference

        config = inference.Config(str(model), str(parameters))
        config.disable_gpu()
        config.disable_glog_info()
        config.disable_mkldnn()
        config.set_cpu_math_library_num_threads(1)
        try:
            predictor = inference.create_predictor(config)
        except Exception as error:
            raise PredictorError(
                f"{model}: Paddle does not load it: {error}. Publish it again with the Paddle version of this worker."
            ) from error
        self._predictor: Any = predictor
        self._inputs = [predictor.get_input_handle(name) for name in predictor.get_input_names()]
        self._output = predictor.get_output_handle(predictor.get_output_names()[0])
        self._lock = threading.Lock()  # a Paddle predictor is not safe to run from two threads

    def run(self, inputs: Sequence[NDArray[Any]]) -> NDArray[np.float32]:
        """Run the program.

        Args:
            inputs: C-contiguous arrays in the order of the program's inputs, of its shapes and types.

        Returns:
            The first output, a copy.
        """
        with self._lock:
            for handle, array in zip(self._inputs, inputs, strict=True):
                handle.copy_from_cpu(array)
            self._predictor.run()
            output: NDArray[np.float32] = self._output.copy_to_cpu()
        return output
