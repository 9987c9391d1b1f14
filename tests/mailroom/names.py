"""A name server of one's own on this machine: real questions, real answers, over real sockets."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from amends.mailroom.resolver import Resolver


class Names:
    """`zone["shop.test", "TXT"] = ["v=spf1 -all"]`; a name in `silent` is never answered, one in
    `broken` is answered with a failure."""

    def __init__(self) -> None:
        self.zone: dict[tuple[str, str], list[str]] = {}
        self.silent: set[str] = set()
        self.broken: set[str] = set()
        self.asked: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def resolver(self) -> Resolver:
        """Patient, for this machine may be busy; not so where nobody answers anyhow."""
        patience = 0.3 if self.silent else 3.0
        return Resolver("127.0.0.1", port=self.port, patience=patience)

    def text(self, name: str, *words: str) -> None:
        self.zone[name, "TXT"] = [_quoted(text) for text in words]

    def close(self) -> None:
        self._socket.sendto(b"", ("127.0.0.1", self.port))

    def _serve(self) -> None:
        while True:
            packet, caller = self._socket.recvfrom(4096)
            if not packet:
                self._socket.close()
                return
            if answer := self._answer(packet):
                self._socket.sendto(answer, caller)

    def _answer(self, packet: bytes) -> bytes:
        question = dns.message.from_wire(packet)
        [asked] = question.question
        name, kind = (
            asked.name.to_text(omit_final_dot=True).lower(),
            dns.rdatatype.to_text(asked.rdtype),
        )
        self.asked.append(f"{kind} {name}")
        if name in self.silent:
            return b""
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        if name in self.broken:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif records := self.zone.get((name, kind)):
            answer.answer.append(dns.rrset.from_text(asked.name, 300, "IN", kind, *records))
        elif not any(known == name for known, _ in self.zone):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer.to_wire(max_size=65_000)


@contextmanager
def names() -> Iterator[Names]:
    made = Names()
    try:
        yield made
    finally:
        made.close()


def _quoted(text: str) -> str:
    """In pieces of at most 255 letters, as the protocol wants it."""
    return " ".join(f'"{text[start : start + 250]}"' for start in range(0, len(text), 250)) or '""'
