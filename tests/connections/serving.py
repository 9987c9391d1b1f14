"""Machines outside, on a port of this machine: a push service whose browser reads what came, and a
site that answers as it is told."""

from __future__ import annotations

import base64
import json
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from amends.connections.phones.phone import Subscription


class Asked(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Site:
    """`site.says` is what it answers: status, headers, body; `site.asked` is what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.says: tuple[int, dict[str, str], bytes] = (200, {}, b"")
        site = self

        class Door(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = self.rfile.read(size)
                if len(asked) < size:  # whoever asked died before the end: nobody answers half
                    return
                site.asked.append(Asked(self.command, self.path, headers, asked))
                status, told, body = site.says
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **told}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.thread = threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.02}
        )
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class Browser:
    """One browser somewhere: its maker's push service takes messages that only it can open."""

    def __init__(self, site: Site, name: str = "one") -> None:
        self.site, self.path = site, f"/push/{name}"
        site.says = (201, {}, b"")
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = name.encode().ljust(16, b"-")[:16]

    @property
    def subscription(self) -> Subscription:
        return Subscription(self.site.url + self.path, _text(self.point), _text(self.secret))

    @property
    def point(self) -> bytes:
        return _point(self.key.public_key())

    @property
    def shown(self) -> list[dict[str, Any]]:
        """What came, opened; each was signed by whoever the browser gave leave to."""
        mine = [asked for asked in self.site.asked if asked.path == self.path]
        return [json.loads(self._opened(asked)) for asked in mine]

    @property
    def titles(self) -> list[str]:
        return [message["title"] for message in self.shown]

    def _opened(self, asked: Asked) -> bytes:
        """RFC 8291 from the other side."""
        assert asked.headers["content-encoding"] == "aes128gcm"
        self._signed(asked)
        salt, _, length = struct.unpack("!16sLB", asked.body[:21])
        theirs, sealed = asked.body[21 : 21 + length], asked.body[21 + length :]
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        shared = self.key.exchange(ec.ECDH(), point)
        info = b"WebPush: info\0" + self.point + theirs
        root = _derive(shared, salt=self.secret, info=info, length=32)
        key = _derive(root, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
        nonce = _derive(root, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
        return AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0").removesuffix(b"\x02")

    def _signed(self, asked: Asked) -> None:
        told = dict(
            part.strip().split("=", 1) for part in asked.headers["authorization"][6:].split(",")
        )
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _raw(told["k"]))
        options = {"verify_aud": False, "verify_exp": False}
        claims = jwt.decode(told["t"], key, algorithms=["ES256"], options=options)
        assert claims["sub"].startswith("mailto:")


def _derive(secret: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
