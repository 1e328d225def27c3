"""URIs that need no network: data: and file:, and what is no URI at all."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from urllib.parse import quote, quote_from_bytes

import pytest
from image_files import jpeg

from headrace.documents.images import ImageError, ImageLimits, ImageStatus, read_pages
from headrace.documents.images.uri.reading import shown

JPEG = jpeg()
BASE64 = base64.b64encode(JPEG).decode()


@pytest.mark.parametrize(
    "uri",
    [
        f"data:image/jpeg;base64,{BASE64}",
        f"DATA:;BASE64,{BASE64}",
        f"data:text/plain;charset=utf-8;base64,{BASE64}",  # the content decides
        f"data:image/jpeg;base64,{BASE64.rstrip('=')}",
        f"data:image/jpeg;base64,{BASE64[:100]}\r\n {BASE64[100:]}",
        f"data:image/jpeg;base64,{quote(BASE64, safe='')}",
        f"data:image/jpeg,{quote_from_bytes(JPEG)}",
    ],
)
def test_data(uri: str) -> None:
    (page,) = read_pages(uri, ImageLimits())
    assert page.shape == (40, 60, 3)


@pytest.mark.parametrize(
    ("uri", "status"),
    [
        ("", ImageStatus.EMPTY),
        (" \n", ImageStatus.EMPTY),
        ("data:image/jpeg;base64,", ImageStatus.EMPTY),
        ("data:image/jpeg;base64", ImageStatus.BAD_URI),
        (f"data:image/jpeg;base64,{BASE64[:101]}", ImageStatus.BAD_URI),
        (f"data:image/jpeg;base64,!{BASE64}", ImageStatus.BAD_URI),
        (f"data:image/jpeg;base64,{BASE64[:50]}=={BASE64[50:]}", ImageStatus.BAD_URI),
        ("data:image/jpeg;base64,图", ImageStatus.BAD_URI),
        (f"data:image/jpeg;base64,{BASE64[:400]}", ImageStatus.TRUNCATED),
        ("data:,hello", ImageStatus.NOT_AN_IMAGE),
        (f"data:image/jpeg;base64,{'A' * 30_000}", ImageStatus.TOO_LARGE),
        (f"data:image/jpeg;base64,{'A' * 300_000}", ImageStatus.TOO_LARGE),
        ("/etc/passwd", ImageStatus.BAD_URI),
        ("ftp://host/a.jpg", ImageStatus.BAD_URI),
        ("gopher:", ImageStatus.BAD_URI),
        ("file:relative.jpg", ImageStatus.BAD_URI),
        ("file://host/a.jpg", ImageStatus.BAD_URI),
        ("file:///a%00b", ImageStatus.BAD_URI),
        ("file:///a b", ImageStatus.BAD_URI),
        ("s3://bucket", ImageStatus.BAD_URI),
        ("s3:///key", ImageStatus.BAD_URI),
        ("s3://other/key", ImageStatus.URI_NOT_ALLOWED),
        ("http:///path", ImageStatus.BAD_URI),
        ("http://host:port/", ImageStatus.BAD_URI),
        ("http://[::1/", ImageStatus.BAD_URI),
        ("http://user@host/", ImageStatus.BAD_URI),
        ("http://host\\@other/", ImageStatus.BAD_URI),
        ("https://example.com/a.jpg", ImageStatus.URI_NOT_ALLOWED),
    ],
)
def test_uris_that_cannot_be_used(uri: str, status: ImageStatus) -> None:
    with pytest.raises(ImageError) as caught:
        read_pages(uri, ImageLimits(bytes=20_000))
    assert caught.value.status is status
    assert not caught.value.status.may_pass


def test_messages_keep_secrets_and_data_out() -> None:
    assert shown("https://user:secret@host/a/b.jpg?X-Amz-Signature=abc#x") == "https://host/a/b.jpg"
    assert shown(f"data:image/jpeg;base64,{BASE64}") == "data:image/jpeg;base64,…"
    assert len(shown("file:///" + "a" * 9000)) < 250


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An allowed folder, beside one that is not."""
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "发票 1.jpg").write_bytes(JPEG)
    (tmp_path / "images-of-others").mkdir()
    (tmp_path / "images-of-others" / "secret.jpg").write_bytes(JPEG)
    return tmp_path / "images"


def status_of(uri: str, *folders: Path) -> ImageStatus | None:
    try:
        read_pages(uri, ImageLimits(bytes=20_000, folders=folders))
    except ImageError as error:
        return error.status
    return None


def test_files(folder: Path) -> None:
    assert status_of((folder / "发票 1.jpg").as_uri(), folder) is None
    assert status_of(f"file://localhost{quote(str(folder / '发票 1.jpg'))}", folder) is None
    assert status_of((folder / "发票 1.jpg").as_uri()) is ImageStatus.URI_NOT_ALLOWED
    assert status_of((folder / "none.jpg").as_uri(), folder) is ImageStatus.NOT_FOUND
    assert status_of((folder / "发票 1.jpg" / "x").as_uri(), folder) is ImageStatus.NOT_FOUND
    assert status_of(folder.as_uri(), folder) is ImageStatus.NOT_FOUND
    (folder / "large.jpg").write_bytes(bytes(20_001))
    assert status_of((folder / "large.jpg").as_uri(), folder) is ImageStatus.TOO_LARGE
    assert status_of(f"file:///{'a' * 300}", Path("/")) in (ImageStatus.NOT_FOUND, ImageStatus.REFUSED)


@pytest.mark.parametrize("path", ["../images-of-others/secret.jpg", "%2e%2e/images-of-others/secret.jpg", "../none"])
def test_nothing_outside_the_folder(folder: Path, path: str) -> None:
    assert status_of(f"{folder.as_uri()}/{path}", folder) is ImageStatus.URI_NOT_ALLOWED


def test_links_are_followed_before_the_folder_is_checked(folder: Path) -> None:
    secret = folder.parent / "images-of-others" / "secret.jpg"
    (folder / "out.jpg").symlink_to(secret)
    (folder / "in.jpg").symlink_to(folder / "发票 1.jpg")
    (folder / "circle").symlink_to(folder / "circle")
    assert status_of((folder / "out.jpg").as_uri(), folder) is ImageStatus.URI_NOT_ALLOWED
    assert status_of((folder / "in.jpg").as_uri(), folder) is None
    assert status_of((folder / "circle").as_uri(), folder) is ImageStatus.NOT_FOUND
    link = folder.parent / "link"
    link.symlink_to(folder)
    assert status_of((link / "发票 1.jpg").as_uri(), link) is None


def test_a_pipe_does_not_make_a_worker_wait(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    assert status_of((folder / "pipe").as_uri(), folder) is ImageStatus.NOT_FOUND
