"""Reads a Dockerfile: the instructions that this project's has, and no others.

What is not known here is refused, never passed over: a test that follows the file must not leave out a line of it.
https://docs.docker.com/reference/dockerfile/
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from headrace.errors import HeadraceError


class DockerfileError(HeadraceError):
    """A line of a Dockerfile that is not understood here."""


@dataclass(frozen=True)
class Instruction:
    """One instruction; `text` is what follows its name and flags, `flags` are those that begin with two dashes."""

    place: str
    name: str
    text: str
    flags: tuple[tuple[str, str], ...] = ()

    def values(self, flag: str) -> list[str]:
        """All values of a flag."""
        return [value for name, value in self.flags if name == flag]

    def words(self) -> list[str]:
        """The text as a shell splits it."""
        return shlex.split(self.text)

    def exec_form(self) -> list[str]:
        """The words of a JSON array.

        Raises:
            DockerfileError: it is not one; the shell form would put a shell between the engine and the program.
        """
        try:
            words = json.loads(self.text)
        except json.JSONDecodeError as error:
            raise DockerfileError(f'{self.place}: {self.name}: write it as ["program", "argument"]: {error}') from error
        return [str(word) for word in words]

    def pairs(self, variables: Mapping[str, str]) -> dict[str, str]:
        """NAME=value …, with variables filled in."""
        pairs = {}
        for word in self.words():
            name, equals, value = word.partition("=")
            if not equals:
                raise DockerfileError(f"{self.place}: {self.name} {word}: write NAME=value.")
            pairs[name] = expand(value, variables, self.place)
        return pairs


@dataclass(frozen=True)
class Stage:
    """What begins with FROM: what it is based on, its name, its instructions."""

    place: str
    base: str
    name: str
    instructions: tuple[Instruction, ...]


@dataclass
class Dockerfile:
    """A file's stages, and the arguments before the first one."""

    arguments: dict[str, str] = field(default_factory=dict)
    stages: dict[str, Stage] = field(default_factory=dict)


# The flags that each instruction may have.
_FLAGS: dict[str, frozenset[str]] = {
    "ARG": frozenset(),
    "CMD": frozenset(),
    "COPY": frozenset({"from"}),
    "ENTRYPOINT": frozenset(),
    "ENV": frozenset(),
    "EXPOSE": frozenset(),
    "FROM": frozenset(),
    "HEALTHCHECK": frozenset({"interval", "timeout", "start-period", "retries"}),
    "LABEL": frozenset(),
    "RUN": frozenset({"mount"}),
    "USER": frozenset(),
    "VOLUME": frozenset(),
    "WORKDIR": frozenset(),
}
_FLAG = re.compile(r"--([a-z-]+)=(\S+)\s+")
_FROM = re.compile(r"(\S+) AS ([a-z0-9-]+)")
_VARIABLE = re.compile(r"\$(?:\{([^}]*)\}|(\w+))")


def read_dockerfile(text: str, arguments: Mapping[str, str], name: str = "Dockerfile") -> Dockerfile:
    """Reads a file's text.

    Args:
        text: its content.
        arguments: of the build, `--build-arg`.
        name: what error messages call it.

    Raises:
        DockerfileError: there is something in it that is not known here.
    """
    file = Dockerfile()
    current: list[Instruction] = []
    for instruction in _instructions(text, name):
        if instruction.name == "FROM":
            found = _FROM.fullmatch(instruction.text)
            if not found:
                raise DockerfileError(f"{instruction.place}: FROM {instruction.text}: write FROM <base> AS <name>.")
            current = []
            base = expand(found[1], file.arguments, instruction.place)
            if found[2] in file.stages:
                raise DockerfileError(f"{instruction.place}: stage {found[2]} is there twice. Rename one.")
            file.stages[found[2]] = Stage(instruction.place, base, found[2], ())
        elif not file.stages:
            if instruction.name != "ARG":
                raise DockerfileError(f"{instruction.place}: {instruction.name} before the first FROM. Move it below.")
            file.arguments.update(argument(instruction, arguments, {}))
        else:
            current.append(instruction)
            last = list(file.stages.values())[-1]
            file.stages[last.name] = Stage(last.place, last.base, last.name, tuple(current))
    return file


def argument(instruction: Instruction, given: Mapping[str, str], file_arguments: Mapping[str, str]) -> dict[str, str]:
    """The value of an ARG instruction: the build's, else its own default, else that of the whole file.

    Raises:
        DockerfileError: it has none of them.
    """
    name, equals, default = instruction.text.partition("=")
    if name in given:
        return {name: given[name]}
    if equals:
        return {name: "".join(shlex.split(default))}
    if name in file_arguments:
        return {name: file_arguments[name]}
    raise DockerfileError(f"{instruction.place}: ARG {name}: has no value. Give it a default, or --build-arg {name}=…")


def expand(text: str, variables: Mapping[str, str], place: str) -> str:
    """Fills in `${NAME}` and `$NAME`.

    Raises:
        DockerfileError: there is no such variable, or it is written with a modifier.
    """

    def value(match: re.Match[str]) -> str:
        name = match[1] or match[2]
        if name not in variables:
            raise DockerfileError(f"{place}: {match[0]}: there is no such variable. Declare it: ARG {name}")
        return variables[name]

    return _VARIABLE.sub(value, text)


def _instructions(text: str, name: str) -> Iterator[Instruction]:
    for number, line in _logical_lines(text, name):
        place = f"{name}:{number}"
        word, _, rest = line.partition(" ")
        if word not in _FLAGS:
            raise DockerfileError(f"{place}: {word}: an instruction that is not known here.")
        rest = rest.strip()
        flags: list[tuple[str, str]] = []
        while match := _FLAG.match(rest):
            if match[1] not in _FLAGS[word]:
                raise DockerfileError(f"{place}: {word} --{match[1]}: a flag that is not known here.")
            flags.append((match[1], match[2]))
            rest = rest[match.end() :]
        if rest.startswith("--") or "<<" in rest:
            raise DockerfileError(f"{place}: {word} {rest}: a form that is not known here.")
        yield Instruction(place, word, rest, tuple(flags))


def _logical_lines(text: str, name: str) -> Iterator[tuple[int, str]]:
    """Lines that end in a backslash are joined; comments and empty lines are left out."""
    start = 0
    parts: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped.startswith("#") or (not stripped and not parts):
            continue
        start = start if parts else number
        parts.append(stripped.removesuffix("\\").strip())
        if not stripped.endswith("\\"):
            yield start, " ".join(parts)
            parts = []
    if parts:
        raise DockerfileError(f"{name}:{start}: the file ends in a backslash.")
