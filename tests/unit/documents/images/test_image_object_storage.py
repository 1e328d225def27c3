"""s3: URIs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from image_files import jpeg
from object_storage import running_s3
from s3fs import S3FileSystem

from headrace.documents.images import ImageError, ImageLimits, ImageStatus, read_pages

LIMITS = ImageLimits(bytes=20_000, seconds=30, buckets=("bucket/images",))


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """URL of a bucket with images."""
    with running_s3() as url:
        files = S3FileSystem()
        files.pipe_file("bucket/images/发票 1+2.jpg", jpeg())
        files.pipe_file("bucket/images/empty.jpg", b"")
        files.pipe_file("bucket/images/large.jpg", bytes(20_001))
        files.pipe_file("bucket/others/a.jpg", jpeg())
        yield url


def test_an_object(s3: str) -> None:
    (page,) = read_pages(f"{s3}/images/发票%201+2.jpg", LIMITS)
    assert page.shape == (40, 60, 3)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("images/empty.jpg", ImageStatus.EMPTY),
        ("images/large.jpg", ImageStatus.TOO_LARGE),
        ("images/none.jpg", ImageStatus.NOT_FOUND),
        ("others/a.jpg", ImageStatus.URI_NOT_ALLOWED),
        ("images/../others/a.jpg", ImageStatus.URI_NOT_ALLOWED),
        ("images-of-others/a.jpg", ImageStatus.URI_NOT_ALLOWED),
    ],
)
def test_objects_that_cannot_be_used(s3: str, path: str, status: ImageStatus) -> None:
    with pytest.raises(ImageError) as caught:
        read_pages(f"{s3}/{path}", LIMITS)
    assert caught.value.status is status


def test_storage_that_does_not_answer(s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")  # nobody listens
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    S3FileSystem.clear_instance_cache()
    with pytest.raises(ImageError) as caught:
        read_pages(f"{s3}/images/empty.jpg", LIMITS)
    S3FileSystem.clear_instance_cache()
    assert caught.value.status in (ImageStatus.UNREACHABLE, ImageStatus.TIMED_OUT)
    assert caught.value.status.may_pass
