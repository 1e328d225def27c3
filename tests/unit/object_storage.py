"""Object storage for tests: moto answers as S3 does, over HTTP."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pytest
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from s3fs import S3FileSystem
from werkzeug.serving import make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


@contextlib.contextmanager
def running_s3() -> Iterator[str]:
    """URL of an empty bucket."""
    imitation = DomainDispatcherApplication(create_backend_app)
    one_request = threading.Lock()

    def s3_application(environment: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with one_request:  # S3's conditional writes are atomic; the imitation looks first, then writes
            return imitation(environment, start_response)

    server = make_server("127.0.0.1", 0, s3_application, threaded=True, request_handler=MotoRequestHandler)
    threading.Thread(target=server.serve_forever).start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "key")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        S3FileSystem.clear_instance_cache()  # those of an earlier server have its address
        # moto's buckets are of the process, whichever server asks
        file_system = S3FileSystem()
        if not file_system.exists("bucket"):
            file_system.mkdir("bucket")
        yield "s3://bucket"
    S3FileSystem.clear_instance_cache()
    server.shutdown()
