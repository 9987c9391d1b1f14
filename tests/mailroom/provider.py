"""A provider's token address on this machine: hands out tokens, renews and refuses them."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlsplit


class Provider:
    """`answer` is what the next request gets, when it is not the usual tokens."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.owners: dict[str, str] = {}  # whose a token is, for the IMAP server that asks
        self.answer: tuple[int, bytes] | None = None
        self.lasts = 3600
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def at(self) -> tuple[str, str]:
        return f"{self.url}/authorize", f"{self.url}/token"

    @property
    def token_info(self) -> str:
        return f"{self.url}/whose?token="

    def tokens(self, form: dict[str, str]) -> tuple[int, bytes]:
        self.asked.append(form)
        if self.answer is not None:
            return self.answer
        count = len(self.asked)
        made = {"access_token": f"access-{count}", "expires_in": self.lasts}
        return 200, json.dumps(made | {"refresh_token": f"refresh-{count}"}).encode()

    def refuse(self, error: str, words: str = "", status: int = 400) -> None:
        told = {"error": error, "error_description": words}
        self.answer = status, json.dumps(told).encode()

    def whose(self, token: str) -> tuple[int, bytes]:
        if token not in self.owners:
            return 400, b"{}"
        return 200, json.dumps({"email": self.owners[token], "active": "yes"}).encode()


@contextmanager
def running() -> Iterator[Provider]:
    made = Provider()

    class Page(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._say(*made.tokens(dict(parse_qsl(body.decode()))))

        def do_GET(self) -> None:
            token = parse_qs(urlsplit(self.path).query).get("token", [""])[0]
            self._say(*made.whose(token))

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            if status == 302:
                self.send_header("Location", f"{made.url}/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
