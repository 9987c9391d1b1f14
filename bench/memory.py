"""What the whole of `amends mail` needs in memory while large messages come in by SMTP: the most it ever
held, as Linux counts it (VmHWM), on SQLite and PostgreSQL.

    bin/bench memory [--engine SQLite|PostgreSQL]
"""

from __future__ import annotations

import argparse
import os
import random
import smtplib
import subprocess
import sys
import tempfile
import time
from base64 import b64encode, encodebytes
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench import ground
from bench.mail import ENGINES, counted, first_place

if TYPE_CHECKING:
    from collections.abc import Callable

MEGABYTE = 1_000_000
LARGE = 40 * MEGABYTE
PARTS, PICTURES = 10_000, 40
MOST = 300  # MB, the aim
COLUMNS = f"{'':<52}{'MB sent':>9}{'peak MB':>9}{'seconds':>9}{'landed':>8}{'files':>7}"


class Held(NamedTuple):
    """One line of the table."""

    what: str
    sent: float
    peak: float
    wall: float
    landed: int
    files: int

    def __str__(self) -> str:
        numbers = (
            f"{self.sent:>9.1f}{self.peak:>9.0f}{self.wall:>9.1f}{self.landed:>8}{self.files:>7}"
        )
        return f"{self.what:<52}{numbers}{'' if self.peak < MOST else '  too much'}"


def head(kind: str) -> bytes:
    name = kind.replace(" ", ".")
    fields = (
        f"From: Ana Lima <{name}@customers.example>",
        f"Message-ID: <{name}.1@customers.example>",
        f"To: {ground.DESK}",
        f"Subject: {kind}",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="b"',
    )
    return "\r\n".join([*fields, "", ""]).encode()


def part(kind: str, content: bytes, *more: str) -> bytes:
    fields = "\r\n".join([f"Content-Type: {kind}", *more])
    return b"--b\r\n" + fields.encode() + b"\r\n\r\n" + content + b"\r\n"


def encoded(kind: str, name: str, size: int) -> bytes:
    content = random.Random(name).randbytes(size * 3 // 4 * 76 // 78)
    lines = encodebytes(content).replace(b"\n", b"\r\n")
    more = ("Content-Transfer-Encoding: base64", f"Content-ID: <{name}>")
    return part(f'{kind}; name="{name}"', lines, *more)


WORDS = part("text/plain", b"The vase came broken. Here is what I have.")


def one_file() -> bytes:
    return head("One file") + WORDS + encoded("application/zip", "film.zip", LARGE) + b"--b--\r\n"


def lines_of_text() -> bytes:
    line = "The vase came in three pieces again, and nobody calls: {}.\r\n".format
    text = "".join(line(number) for number in range(LARGE // 63)).encode()
    return head("Lines of text") + part("text/plain; charset=utf-8", text) + b"--b--\r\n"


def lines_of_html() -> bytes:
    line = "<p>The vase <b>came</b> in three pieces again: {}</p>\r\n".format
    text = "".join(line(number) for number in range(LARGE // 56)).encode()
    return head("HTML") + part("text/html; charset=utf-8", text) + b"--b--\r\n"


def pictures() -> bytes:
    each = LARGE // PICTURES
    files = (encoded("image/jpeg", f"{number}.jpg", each) for number in range(PICTURES))
    return head("Pictures") + WORDS + b"".join(files) + b"--b--\r\n"


def picture_in_html() -> bytes:
    """As some programmes send them: written into the page itself."""
    data = b64encode(random.Random(1).randbytes(LARGE * 3 // 4))
    page = b'<p>The vase came broken.</p><img src="data:image/png;base64,' + data + b'"><p>Ana</p>'
    return head("A picture in the page") + part("text/html", page) + b"--b--\r\n"


def many_parts() -> bytes:
    one = part("image/png", b"PNG", 'Content-Disposition: attachment; filename="a.png"')
    return head("Many parts") + WORDS + one * PARTS + b"--b--\r\n"


MESSAGES: dict[str, Callable[[], bytes]] = {
    "40 MB, one file": one_file,
    "40 MB, lines of text": lines_of_text,
    "40 MB, lines of HTML": lines_of_html,
    "40 MB, forty pictures": pictures,
    "40 MB, a picture within the HTML": picture_in_html,
    "10,000 parts": many_parts,
}
# What comes, and whether all of it comes at once.
TOGETHER = (
    ("all of these, one after the other", tuple(MESSAGES), False),
    ("40 MB in one file and 10,000 parts at once", ("40 MB, one file", "10,000 parts"), True),
    ("four of 40 MB at once", tuple(MESSAGES)[:4], True),
)


def as_another(raw: bytes, number: int) -> bytes:
    """Of somebody else, under another id: the very same once more would be known."""
    return raw.replace(b"<", b"<%d-" % number, 2)


def send(raw: bytes, port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=120) as connection:
        connection.sendmail("ana@customers.example", [ground.DESK], raw)


def peak_of(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / MEGABYTE
    raise RuntimeError("this system does not say what a process holds in memory")


def held(what: str, messages: list[bytes], *, engine: str, at_once: bool = False) -> Held:
    """By a way in of its own, started for this."""
    port = ground.free_port()
    command = [sys.executable, "-m", "amends.config.command", "mail"]
    given = {"AMENDS_SMTP_LISTEN": f"127.0.0.1:{port}", "AMENDS_SMTP_SIZE": "45M"}
    before = counted().landed, files()
    with ground.running(command, port, **given) as pid:
        begin = time.perf_counter()
        with ThreadPoolExecutor(len(messages) if at_once and messages else 1) as pool:
            list(pool.map(lambda raw: send(raw, port), messages))
        wall = time.perf_counter() - begin
        peak = peak_of(pid)
    came = counted().landed - before[0], files() - before[1]
    return Held(f"{engine}: {what}", sum(map(len, messages)) / MEGABYTE, peak, wall, *came)


def files() -> int:
    from amends.mailroom.attachment import Attachment

    return Attachment.objects.count()


def measure(engine: str) -> None:
    from amends.config.preparing import prepare

    prepare()
    first_place()
    print(held("nothing", [], engine=engine), flush=True)
    for what, made in MESSAGES.items():
        print(held(what, [made()], engine=engine), flush=True)
    for number, (what, together, at_once) in enumerate(TOGETHER):
        messages = [as_another(MESSAGES[name](), number) for name in together]
        print(held(what, messages, engine=engine, at_once=at_once), flush=True)


def on_engine(engine: str) -> None:
    with tempfile.TemporaryDirectory(prefix="amends-bench-") as name:
        folder = Path(name)
        os.environ["AMENDS_DATA"] = str(folder / "data")
        with ground.database(engine, folder) as (address, _):
            if address:
                os.environ["AMENDS_DATABASE_URL"] = address
            from amends.config.start import start

            start()
            measure(engine)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=ENGINES)
    given = parser.parse_args()
    if given.engine:
        on_engine(given.engine)
        return
    print(COLUMNS, flush=True)
    for engine in ENGINES:
        subprocess.run([sys.executable, "-m", "bench.memory", "--engine", engine], check=True)


if __name__ == "__main__":
    main()
