"""Mail servers with a character, speaking SMTP over real sockets."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import BinaryIO


class Server:
    """Answers each command as told: `answers={"RCPT": "550 no"}`; "hang up" and "silence" are
    answers too, and several in a tuple are given one after the other, the last for ever. "GONE" is
    the answer to the recipient gone@, "LATER" the one to later@. `letters` holds what was handed
    over, `commands` all that was said."""

    def __init__(self, **answers: str | tuple[str, ...]) -> None:
        self.answers = answers
        self.letters: list[bytes] = []
        self.commands: list[str] = []
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def url(self) -> SimpleNamespace:
        return SimpleNamespace(
            scheme="smtp", host="127.0.0.1", port=self.port, user="", password=""
        )

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits for a caller
        self._listener.close()
        for each in self._open:
            each.close()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            try:
                if self._say(connection, "GREETING", "220 here") is None:
                    return
                while line := lines.readline():
                    command = line.decode("utf-8", "replace").strip()
                    self.commands.append(command)
                    if not self._obey(connection, lines, command):
                        return
            except OSError:
                return

    def _obey(self, connection: socket.socket, lines: BinaryIO, command: str) -> bool:
        word = command.split(" ")[0].upper()
        usual = {"DATA": "354 go", "QUIT": "221 bye", "EHLO": "250-here\r\n250 8BITMIME"}
        for name in ("GONE", "LATER"):
            if f"<{name.lower()}@" in command and name in self.answers:
                word = name
        said = self._say(connection, word, usual.get(word, "250 ok"))
        if said is None:
            return False
        if word == "DATA" and said.startswith("354"):
            content = [line.removeprefix(b".") for line in iter(lines.readline, b".\r\n")]
            self.letters.append(b"".join(content))
            return self._say(connection, "END", "250 taken") is not None
        return word != "QUIT"

    def _say(self, connection: socket.socket, word: str, usual: str) -> str | None:
        """What was said; nothing when it hung up instead."""
        answer = self.answers.get(word, usual)
        if isinstance(answer, tuple):
            answer, self.answers[word] = answer[0], answer[1:] or answer[0]
        if answer == "hang up":
            connection.shutdown(socket.SHUT_RDWR)
            return None
        if answer != "silence":
            connection.sendall(f"{answer}\r\n".encode())
        return answer


@contextmanager
def server(**answers: str | tuple[str, ...]) -> Iterator[Server]:
    made = Server(**answers)
    try:
        yield made
    finally:
        made.close()
