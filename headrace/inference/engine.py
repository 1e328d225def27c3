"""What runs a program: device, math threads, oneDNN."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from headrace.inference.errors import PredictorError

if TYPE_CHECKING:
    from headrace.settings import ModelSettings


@dataclass(frozen=True)
class Engine:
    """How Paddle runs a program.

    Attributes:
        device: what computes.
        gpu: number of the GPU.
        gpu_memory: megabytes of the GPU that Paddle takes at once; it takes more when they are used up.
        math_threads: threads of one run on a CPU.
        onednn: use the kernels of oneDNN on a CPU.
        old_representation: run by Paddle's intermediate representation before Paddle 3. Programs of the old format
            (.pdmodel) need it where oneDNN is on: the new one does not translate them.
        frees_memory: tensors between operators share memory, and give it back after each run. Without it a program
            whose inputs differ in size keeps memory for each size that it has met, and a worker grows by gigabytes.
        kernel_shapes: of so many shapes of its inputs oneDNN keeps prepared kernels, where `frees_memory`.
        bfloat16: oneDNN computes in bfloat16 where the processor has instructions for it (AVX512_BF16, AMX). Without
            them it would be slower than float32.
    """

    device: Literal["cpu", "gpu"] = "cpu"
    gpu: int = 0
    gpu_memory: int = 256
    math_threads: int = 1
    onednn: bool = False
    old_representation: bool = False
    frees_memory: bool = False
    kernel_shapes: int = 16
    bfloat16: bool = False

    def configure(self, config: Any) -> None:
        """Enter the engine into a paddle.inference.Config.

        Raises:
            PredictorError: Paddle has no GPU to compute on.
        """
        config.disable_glog_info()
        if self.old_representation:
            config.enable_new_ir(False)
            if self.frees_memory:
                config.enable_memory_optim()  # programs of the new one do not load with it
        if self.device == "gpu":
            config.enable_use_gpu(self.gpu_memory, self.gpu)
            if not config.use_gpu():  # Paddle for CPUs says so in its log only
                raise PredictorError(
                    "HEADRACE_MODEL_DEVICE: is gpu, but this Paddle was built for CPUs alone. "
                    "Set it to cpu, or install Headrace with the extra `gpu`."
                )
            return
        config.disable_gpu()
        config.set_cpu_math_library_num_threads(self.math_threads)
        if self.onednn:
            config.enable_mkldnn()
            if self.frees_memory:
                config.set_mkldnn_cache_capacity(self.kernel_shapes)
            if self.bfloat16 and has_bfloat16():
                config.enable_mkldnn_bfloat16()
        else:
            config.disable_mkldnn()


def has_bfloat16() -> bool:
    """Whether this processor computes in bfloat16 itself."""
    from paddle.base import core

    return bool(core.supports_bfloat16_fast_performance())


def engines(settings: ModelSettings) -> list[Engine]:
    """The engines that the settings allow, the one to prefer first."""
    common = Engine(
        device=settings.model_device,
        gpu=settings.model_gpu,
        gpu_memory=settings.model_gpu_memory,
        math_threads=settings.model_math_threads,
        onednn=settings.model_onednn == "on",
    )
    if common.device == "cpu" and settings.model_onednn == "measured":
        return [common, Engine(math_threads=common.math_threads, onednn=True)]
    return [common]
