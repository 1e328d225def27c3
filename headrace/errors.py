"""The errors that Headrace raises itself.

HeadraceError
├── StackError            a process of the local stack
├── StatementError        text that is not a sequence of SQL statements
├── GatewayError          Flink's SQL gateway does not answer, or refuses a statement
├── LineageError          what lineage is asked for is not there, or could be several things
├── ShellError            what an analyst typed cannot be done
├── ContainerImageError   a container image cannot be described
├── RenderingError        a document cannot be rendered: a font or layout is missing
└── DeployError           anything else that stops a deployment
"""

from __future__ import annotations


class HeadraceError(Exception):
    """Something that a user can set right; the message names the place, the fact and the remedy."""


class StackError(HeadraceError):
    """A process of the local stack does not start, stop or answer as it should."""


class StatementError(HeadraceError):
    """A file is not a sequence of SQL statements: an unclosed string, comment or statement set."""


class GatewayError(HeadraceError):
    """Flink's SQL gateway does not answer, or a statement in it failed."""


class LineageError(HeadraceError):
    """What lineage is asked for does not exist, or could be several things."""


class ShellError(HeadraceError):
    """What an analyst typed in `headrace sql` cannot be done."""


class ContainerImageError(HeadraceError):
    """What a container image is made of cannot be said, or its build's files cannot be read."""


class RenderingError(HeadraceError):
    """A document cannot be rendered: a font is not installed, or there is no such layout or case."""


class DeployError(HeadraceError):
    """A deployment cannot go on."""
