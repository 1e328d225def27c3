"""Every setting that is not a table's or a job's: environment variables `HEADRACE_*`, with their defaults."""

from __future__ import annotations

from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent
LogFormat = Literal["text", "json"]


def _absolute(models: str) -> str:
    """Workers run in folders of their own; a URL stays as it is."""
    return models if "://" in models else str(Path(models).absolute())


def _model_cache(settings: dict[str, Any]) -> Path:
    return Path(settings["home"]) / "cache" / "models"


def _parts(value: object) -> object:
    """A list as the environment has it: parts between commas."""
    return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value


def _networks(blocks: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(ip_network(block)) for block in blocks)


_Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_parts)]
_Folders = Annotated[tuple[Path, ...], NoDecode, BeforeValidator(_parts)]


class ModelSettings(BaseSettings):
    """What finds and runs a model: all that Flink's Python workers read of the settings, from their own environment."""

    model_config = SettingsConfigDict(env_prefix="HEADRACE_", env_ignore_empty=True, frozen=True)

    home: Path = Field(
        PROJECT / ".headrace", description="Folder of everything that is made: environments, data, state"
    )
    models: Annotated[str, AfterValidator(_absolute)] = Field(
        str(PROJECT / "models"),
        description="The model repository: a local or shared folder, or the URL of object storage (s3://bucket/models)",
    )
    model_load_seconds: float = Field(
        60.0, gt=0, description="How long a version may take to load before it counts as failed, in seconds"
    )
    model_cache: Path = Field(
        default_factory=_model_cache,
        description="Folder that keeps versions of a repository with a URL; by default `cache/models` in `home`",
    )
    model_device: Literal["cpu", "gpu"] = Field("cpu", description="What computes the models")
    model_gpu: int = Field(0, ge=0, description="Number of the GPU that a worker computes on")
    model_gpu_memory: int = Field(256, ge=1, description="Megabytes of the GPU that a model takes at once")
    model_math_threads: int = Field(
        1, ge=1, description="Threads of one run of a model on a CPU; Flink brings parallelism by subtasks"
    )
    model_onednn: Literal["measured", "on", "off"] = Field(
        "measured", description="Kernels of oneDNN on a CPU; `measured`: where they are faster, tried at each load"
    )
    ocr_math_threads: int = Field(
        2,
        ge=1,
        description="Threads of one run of an OCR model on a CPU: an image takes most of a second of a core, and two "
        "threads nearly halve that. 1 where every core has a subtask: together threads cost a third more",
    )
    ocr_bfloat16: bool = Field(
        True, description="Recognise text in bfloat16 where the processor has instructions for it: a third less time"
    )
    text_cache_entries: int = Field(10_000, ge=0, description="Recent texts whose results are kept, per version")
    text_cache_characters: int = Field(1_000_000, ge=0, description="Characters that these texts have together")
    image_bytes: int = Field(20_000_000, ge=1, description="Bytes of an image's file, at most")
    image_pixels: int = Field(
        50_000_000,
        ge=1,
        le=178_000_000,
        description="Pixels of a page as its file has them, at most (Pillow's limit too)",
    )
    image_side: int = Field(
        2560, ge=64, description="Pixels of a page's longer side for text recognition; larger pages are reduced"
    )
    image_pages: int = Field(3, ge=1, description="How many first pages of a PDF or TIFF are read")
    image_seconds: float = Field(
        5.0, gt=0, description="How long the bytes behind a URI may take in all, and a PDF page to be drawn, in seconds"
    )
    image_folders: _Folders = Field((), description="Folders that file: URIs may lie in, with commas; none by default")
    image_buckets: _Names = Field(
        (), description="Buckets, or bucket/prefix, that s3: URIs may lie in, with commas; none by default"
    )
    image_hosts: _Names = Field(
        (), description="Hosts (host, host:port, *.domain) of http: and https: URIs, with commas; none by default"
    )
    image_networks: Annotated[_Names, AfterValidator(_networks)] = Field(
        (), description="Networks (CIDR) off the public internet that these hosts may be in, with commas"
    )


class Settings(ModelSettings):
    """The settings of one process, read once from its environment.

    A port of 0 means: the usual one, or the next free one where that is taken. A port that is named must be free.
    """

    state: Path | None = Field(
        None, description="Folder of the stack's state; by default a folder of the stack's name in `home`"
    )
    stack_name: str = Field("stack", pattern=r"^[\w-]+$", description="Name of the local stack: its folder in `home`")
    kafka_port: int = Field(0, ge=0, le=65535, description="Port of the Kafka broker (usually 9092)")
    redis_port: int = Field(0, ge=0, le=65535, description="Port of Redis (usually 6379)")
    flink_rest_port: int = Field(0, ge=0, le=65535, description="Port of Flink's REST API and web page (usually 8081)")
    sql_gateway_port: int = Field(0, ge=0, le=65535, description="Port of Flink's SQL gateway (usually 8083)")
    task_managers: int = Field(2, ge=1, le=16, description="How many TaskManagers the local stack runs")
    warm_workers: bool = Field(
        True, description="Whether Python workers are forked from a process that has imported everything already"
    )
    flink_rest_url: str = Field(
        "", description="URL of the REST API of a Flink that is not the local stack's (`http://jobmanager:8081`)"
    )
    sql_gateway_url: str = Field("", description="URL of that Flink's SQL gateway")
    kafka_bootstrap_servers: str = Field("kafka:9092", description="Kafka of a stack that is not the local one")
    redis_url: str = Field("redis://redis:6379/0", description="Redis of a stack that is not the local one")
    redis_password_file: Path = Field(Path("/run/secrets/redis-password"), description="File with that Redis' password")
    checkpoints_url: str = Field("", description="URL of the checkpoints' folder; by default `checkpoints` in `state`")
    savepoints_url: str = Field("", description="URL of the savepoints' folder; by default `savepoints` in `state`")
    log_format: LogFormat = Field(
        "text",
        description="How the stack's processes log: `text`, or `json`, an object of ECS fields a line (the image)",
    )
    topic_partitions: int = Field(1, ge=1, description="Partitions of a topic that a deployment creates")
    startup_seconds: float = Field(120.0, gt=0, description="How long a process may take until it answers, in seconds")

    @property
    def stack(self) -> Path:
        """Folder of the local stack: configuration, logs and state of its processes."""
        return self.state or self.home / self.stack_name

    @property
    def flink(self) -> Path:
        """Folder of Flink's lib/, opt/ and plugins/, links to the jars of its package and ours."""
        return self.home / "flink"

    @property
    def flink_plugin(self) -> Path:
        """Our jar in Flink's lib/."""
        return self.flink / "lib" / "headrace-flink.jar"

    @property
    def flink_conf(self) -> Path:
        """Folder of Flink's configuration, rendered for this stack."""
        return self.stack / "conf"

    def worker_socket(self, number: int) -> Path:
        """The socket of the process that the workers of a TaskManager are forked from."""
        return self.stack / "workers" / f"taskmanager-{number}"

    @property
    def environment(self) -> Path:
        """The worker environment, a Python virtual environment."""
        return self.home / "env"


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
