"""A posted form of any size we allow, in bytes as they came.

Django's own reading is bounded for people's forms, at twenty files: a mail may have seventy.
"""

import re
from collections.abc import Collection
from urllib.parse import parse_qsl

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.http import parse_header_parameters

MOST_PARTS = 12_000
LONGEST_HEAD = 16_000
END_OF_HEADING = re.compile(rb"\r?\n\r?\n")


class Oversized(Exception):
    """More than we take."""


class Malformed(Exception):
    """No form at all, or one that breaks off."""


def read(request: HttpRequest, *, most: int, messages: Collection[str] = ()) -> dict[str, bytes]:
    """Read the body, no more than `most` bytes, and fill the request with what is in it; the fields
    as bytes besides. What is no form is left as a body. Of a field that is a whole message, which may
    be large, the request gets the heading only."""
    body = request.read(most + 1)
    if len(body) > most:
        raise Oversized
    request._body = body
    kind, parameters = parse_header_parameters(request.headers.get("Content-Type", ""))
    if kind == "application/x-www-form-urlencoded":
        found = [(_text(name), "", content) for name, content in _pairs(body)]
    elif kind == "multipart/form-data":
        found = list(_parts(body, parameters.get("boundary", "").encode("latin-1", "replace")))
    else:
        return {}
    if any(name in messages for name, *_ in found):
        request._body = b""
    _fill(request, found, messages)
    return {name: content for name, file_name, content in found if not file_name}


def heading(message: bytes) -> bytes:
    end = END_OF_HEADING.search(message)
    return message[: end.start()] if end else message


def _pairs(body: bytes):
    try:
        text = body.decode("ascii", "surrogateescape")
        told = parse_qsl(
            text, keep_blank_values=True, max_num_fields=MOST_PARTS, errors="surrogateescape"
        )
    except ValueError as trouble:
        raise Malformed from trouble
    return [(name, value.encode("utf-8", "surrogateescape")) for name, value in told]


def _parts(body: bytes, boundary: bytes):
    if not boundary:
        raise Malformed
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary, MOST_PARTS)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise Malformed
    for piece in pieces[1:-1]:
        head, _, content = piece.partition(b"\r\n\r\n")
        name, file_name, kind = _named(head[:LONGEST_HEAD])
        if name:
            yield name, (file_name, kind) if file_name else "", content


def _named(head: bytes) -> tuple[str, str, str]:
    headers = {}
    for line in head.decode("utf-8", "replace").split("\r\n"):
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    _, told = parse_header_parameters(headers.get("content-disposition", ""))
    kind = headers.get("content-type", "application/octet-stream")
    return told.get("name", ""), told.get("filename", ""), kind


def _text(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _fill(request: HttpRequest, found, messages: Collection[str]) -> None:
    fields, files = QueryDict(mutable=True), MultiValueDict()
    for name, file, content in found:
        if file:
            files.appendlist(name, SimpleUploadedFile(file[0], content, content_type=file[1]))
        else:
            told = heading(content) if name in messages else content
            fields.appendlist(name, told.decode("utf-8", "replace"))
    request._post, request._files = fields, files
