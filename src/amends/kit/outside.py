"""Asking a machine outside, by an address that one of us typed or a browser named: so many bytes, so
many seconds, and nothing inside our own network unless the installation says that it may be."""

from __future__ import annotations

import base64
import http.client
import ipaddress
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

PATIENCE = 15.0  # seconds for everything
LARGEST = 5 * 1024 * 1024
FARTHEST = 3  # other addresses it may send us on to
MOVED = frozenset({301, 302, 303, 307, 308})
PIECE = 64 * 1024


class Refused(Exception):
    """An address we do not ask, or an answer we do not take; the message is fit to be shown."""


class Unreachable(Exception):
    """Nobody answered, or not in time."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def fetch(url: str, *, headers: Mapping[str, str] | None = None, limit: int = LARGEST) -> Answer:
    """What lies at this address, wherever it was moved to; secrets travel to its own host only."""
    sent = dict(headers or {})
    for _ in range(FARTHEST + 1):
        answer = ask(url, headers=sent, limit=limit)
        to = answer.headers.get("location", "")
        if answer.status not in MOVED or not to:
            return answer
        url, before = urljoin(url, to), urlsplit(url)
        after = urlsplit(url)
        if before.scheme == "https" and after.scheme != "https":
            raise Refused("It sends us from a protected address to one that is not.")
        sent.pop("If-None-Match", None)
    raise Refused("It sends us on and on.")


def ask(
    url: str,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    limit: int = LARGEST,
    patience: float = PATIENCE,
) -> Answer:
    """One question and its answer. The machine asked is the one that was looked at."""
    parts = parsed(url)
    try:
        sock = _connect(parts, patience)
    except (OSError, ssl.SSLError) as trouble:
        raise Unreachable(f"{parts.hostname} does not answer.") from trouble
    # A machine that says one letter a minute would outwait every time limit of a single read.
    alarm = threading.Timer(patience, _hang_up, [sock])
    alarm.daemon = True
    alarm.start()
    try:
        return _talk(sock, parts, method, body, dict(headers or {}), limit)
    except (OSError, http.client.HTTPException) as trouble:
        raise Unreachable(f"{parts.hostname} does not answer as it should.") from trouble
    finally:
        alarm.cancel()
        sock.close()


def parsed(url: str) -> SplitResult:
    """An address of the web with a host, or Refused."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise Refused("This is no address of the web.") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise Refused("This is no address of the web: it begins with https://")
    if any(ord(sign) < 33 or ord(sign) == 127 for sign in url.strip()):
        raise Refused("This is no address of the web.")
    return parts


def must_be_outside(host: str, port: int = 443) -> list[str]:
    """The numbers of this host, or Refused when one of them lies inside a private network."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(f"There is no machine called {host}.") from None
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not settings.AMENDS_PRIVATE_ADDRESSES and not all(map(is_public, numbers)):
        raise Refused(
            f"{host} lies in a private network. Whoever runs Amends can allow that with "
            "AMENDS_PRIVATE_ADDRESSES=on."
        )
    return numbers


def is_public(number: str) -> bool:
    """Also what is wrapped inside another kind of number must be public."""
    ip = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inside = ip.ipv4_mapped or ip.sixtofour
        if inside is not None:
            return is_public(str(inside))
        if ip.teredo is not None or ip in ipaddress.ip_network("64:ff9b::/96"):
            return False
    return ip.is_global and not ip.is_multicast


def _connect(parts: SplitResult, patience: float) -> socket.socket:
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    trouble: OSError | None = None
    for number in must_be_outside(host, port):
        try:
            sock = socket.create_connection((number, port), timeout=patience)
        except OSError as refused:
            trouble = refused
            continue
        if parts.scheme == "http":
            return sock
        return ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    raise trouble or OSError("no number")


def _talk(
    sock: socket.socket,
    parts: SplitResult,
    method: str,
    body: bytes | None,
    headers: dict[str, str],
    limit: int,
) -> Answer:
    talk = http.client.HTTPConnection(parts.hostname or "", parts.port)
    talk.sock = sock
    where = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if parts.username:
        known = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = f"Basic {base64.b64encode(known.encode()).decode()}"
    usual = {"Host": _host(parts), "User-Agent": "Amends", "Accept-Encoding": "identity"}
    talk.request(method, where, body=body, headers={**usual, **headers})
    response = talk.getresponse()
    told = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, _read(response, limit), told)


def _host(parts: SplitResult) -> str:
    name = parts.hostname or ""
    name = f"[{name}]" if ":" in name else name
    return f"{name}:{parts.port}" if parts.port else name


def _read(response: http.client.HTTPResponse, limit: int) -> bytes:
    """Up to the limit; what is larger is refused, not cut."""
    pieces, size = [], 0
    while piece := response.read(PIECE):
        size += len(piece)
        if size > limit:
            raise Refused(f"What lies there is larger than {limit // 1024 // 1024} MB.")
        pieces.append(piece)
    if response.length:
        raise http.client.IncompleteRead(b"")
    return b"".join(pieces)


def _hang_up(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
