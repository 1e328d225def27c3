"""What Paddle is told about device, threads and oneDNN."""

from __future__ import annotations

from typing import Any

import pytest
from paddle import inference

from headrace.inference import engine
from headrace.inference.engine import Engine, engines
from headrace.inference.errors import PredictorError
from headrace.settings import ModelSettings


def test_one_thread_without_onednn() -> None:
    config = inference.Config()
    Engine().configure(config)
    assert not config.use_gpu()
    assert not config.mkldnn_enabled()
    assert config.cpu_math_library_num_threads() == 1


def test_threads_and_onednn() -> None:
    config = inference.Config()
    Engine(math_threads=3, onednn=True).configure(config)
    assert config.mkldnn_enabled()
    assert config.cpu_math_library_num_threads() == 3


@pytest.mark.parametrize("wanted", [True, False])
@pytest.mark.parametrize("has", [True, False])
def test_bfloat16_only_where_the_processor_has_it(has: bool, wanted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "has_bfloat16", lambda: has)
    config: Any = ConfigOfBfloat16()
    Engine(onednn=True, bfloat16=wanted).configure(config)
    assert config.is_bfloat16 is (has and wanted)


def test_gpu_without_a_paddle_for_it() -> None:
    with pytest.raises(PredictorError, match=r"HEADRACE_MODEL_DEVICE: is gpu, but .* extra `gpu`"):
        Engine(device="gpu").configure(inference.Config())


class ConfigOfBfloat16:
    """Keeps what it is told: Paddle's own Config does not tell whether it computes in bfloat16."""

    def __init__(self) -> None:
        self.is_bfloat16 = False

    def enable_mkldnn_bfloat16(self) -> None:
        self.is_bfloat16 = True

    def __getattr__(self, name: str) -> Any:
        return lambda *_: None


class ConfigOfGpuPaddle:
    """Keeps what it is told, where Paddle's own Config needs a build for GPUs."""

    def __init__(self) -> None:
        self.gpu: tuple[int, int] | None = None

    def disable_glog_info(self) -> None: ...

    def enable_use_gpu(self, memory: int, device: int) -> None:
        self.gpu = (memory, device)

    def use_gpu(self) -> bool:
        return self.gpu is not None


def test_gpu() -> None:
    config: Any = ConfigOfGpuPaddle()
    Engine(device="gpu", gpu=1, gpu_memory=512).configure(config)
    assert config.gpu == (512, 1)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, [Engine(), Engine(onednn=True)]),
        ({"MODEL_ONEDNN": "on", "MODEL_MATH_THREADS": "2"}, [Engine(math_threads=2, onednn=True)]),
        ({"MODEL_ONEDNN": "off"}, [Engine()]),
        ({"MODEL_DEVICE": "gpu", "MODEL_GPU": "1"}, [Engine(device="gpu", gpu=1)]),
    ],
)
def test_settings_say_which_engines_may_run(
    variables: dict[str, str], expected: list[Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"HEADRACE_{name}", value)
    assert engines(ModelSettings()) == expected
