"""Request Tracker as a peer: the system's package, with a site of its own in a throw-away folder, mail in by its gateway."""

from __future__ import annotations

import contextlib
import http.client
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from bench import ground
from bench.ground import Count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.ground import Measured

NAME = "Request Tracker"
# Where Debian's package puts them; the server is not on the path.
HOME = Path("/usr/share/request-tracker5")
SERVER = HOME / "libexec" / "rt-server"
SETUP = Path("/usr/sbin/rt-setup-database-5")
PACKAGES = "request-tracker5 rt5-standalone rt5-db-sqlite rt5-db-postgresql"
HOW = f"on Debian: apt-get install --no-install-recommends {PACKAGES}"
WORKERS = 2  # of its web server, and messages that are handed over at once
DATABASE = "rt5"
LANDED = (
    "select count(*) from Transactions"
    " where ObjectType = 'RT::Ticket' and Type in ('Create', 'Correspond')"
)
OPENED = "select count(*) from Tickets"
PATIENCE = 300  # seconds that a message or a step of its setting up may take

# Everything of the site is in the folder; nothing is written outside.
SITE = """
Set($rtname, 'bench.example');
Set($Organization, 'bench.example');
Set($CorrespondAddress, '{desk}');
Set($CommentAddress, 'comment@bench.example');
Set($RTAddressRegexp, '^(?:desk|comment)@bench\\.example$');
Set($WebDomain, '127.0.0.1');
Set($WebPort, {port});
Set($Timezone, 'UTC');
Set($DatabaseType, '{type}');
Set($DatabaseName, '{name}');
Set($DatabaseHost, '{host}');
Set($DatabasePort, '{database_port}');
Set($DatabaseUser, 'rt_user');
Set($DatabasePassword, 'for one measurement only');
Set($DatabaseAdmin, '{admin}');
Set($MailCommand, 'sendmailpipe');
Set($SendmailPath, '{folder}/sendmail');
Set($LogToSyslog, undef);
Set($LogToSTDERR, 'error');
$RT::VarPath = '{folder}/var';
$RT::MasonDataDir = '{folder}/mason';
$RT::MasonSessionDir = '{folder}/sessions';
1;
"""

# Whoever writes may open a ticket and answer one, without an account.
RIGHTS = """
@ACL = (map { { GroupDomain => 'SystemInternal', GroupType => 'Everyone', Queue => 'General',
    Right => $_ } } qw(CreateTicket ReplyToTicket));
1;
"""

# What a mail server's sendmail does, without a queue: 20 ms of CPU a letter.
SENDMAIL = """#!/usr/bin/perl
use strict;
use warnings;
use IO::Socket::INET;
my $letter = do { local $/; <STDIN> };
my ($head) = split /\\r?\\n\\r?\\n/, $letter, 2;
$head =~ s/\\r?\\n[ \\t]+/ /g;
my %to = map { $_ => 1 } map { /[^\\s<>,"]+@[^\\s<>,"]+/g } $head =~ /^(?:To|Cc|Bcc): *(.*)/mig;
my $sink = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => SINK) or die "no sink: $!";
sub said { my $line = <$sink>; die "refused" unless defined $line and $line =~ /^[23]/ }
sub say_so { print $sink "$_[0]\\r\\n"; said() }
said();
say_so('HELO bench.example');
say_so('MAIL FROM:<desk@bench.example>');
say_so("RCPT TO:<$_>") for sort keys %to;
say_so('DATA');
$letter =~ s/\\r?\\n/\\r\\n/g;
$letter =~ s/^\\./../mg;
say_so("$letter\\r\\n.");
say_so('QUIT');
"""


def install(_folder: Path) -> str | None:
    """Its web server where the system has it; where not, says in a line how it would be had."""
    if not (SERVER.exists() and SETUP.exists()):
        print(f"{NAME} is not installed here: it is not measured ({HOW})")
        return None
    asked = ["perl", f"-I{HOME / 'lib'}", "-e", "require RT; print $RT::VERSION"]
    try:
        said = subprocess.run(asked, check=True, capture_output=True, text=True)
    except (OSError, subprocess.SubprocessError):
        print(f"{NAME} does not start here: it is not measured")
        return None
    print(f"peer: {NAME} {said.stdout}")
    return str(SERVER)


class Desk:
    """Its site: the configuration, the database, and what is asked of both."""

    def __init__(self, folder: Path, *, address: str, sink: int) -> None:
        self.folder, self.address = folder / "tracker", address
        self.port, self.file = ground.free_port(), self.folder / "desk.sqlite3"
        for name in ("var", "mason", "sessions", "more"):
            (self.folder / name).mkdir(parents=True)
        self._write("site.pm", self._site())
        self._write("rights", RIGHTS)
        self._write("sendmail", SENDMAIL.replace("SINK", str(sink)))
        (self.folder / "sendmail").chmod(0o755)
        self.given = {
            "RT_SITE_CONFIG": str(self.folder / "site.pm"),
            "RT_SITE_CONFIG_DIR": str(self.folder / "more"),
        }

    def _write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def _site(self) -> str:
        told = {"desk": ground.DESK, "port": self.port, "folder": self.folder, **self._database()}
        text = SITE
        for key, value in told.items():
            text = text.replace(f"{{{key}}}", str(value))
        return text

    def _database(self) -> dict[str, object]:
        if not self.address:
            where = {"type": "SQLite", "name": self.file}
            return {**where, "host": "", "database_port": "", "admin": ""}
        from psycopg.conninfo import conninfo_to_dict

        told = conninfo_to_dict(self.address)
        return {
            "type": "Pg",
            "name": DATABASE,
            "host": told.get("host") or "",
            "database_port": told.get("port") or "",
            "admin": told.get("user") or "",
        }

    def set_up(self) -> None:
        admin = str(self._database()["admin"])
        self._step("init", "--dba", admin, "--dba-password", "")
        self._step("insert", "--datafile", str(self.folder / "rights"))

    def _step(self, action: str, *more: str) -> None:
        command = [str(SETUP), "--action", action, *more]
        env = {**os.environ, **self.given}
        done = subprocess.run(
            command, env=env, check=False, capture_output=True, text=True, timeout=PATIENCE
        )
        if done.returncode:
            raise RuntimeError(f"{NAME} cannot be set up: {done.stdout}{done.stderr}")

    @contextlib.contextmanager
    def running(self, server: str) -> Iterator[int]:
        command = [server, "--host", "127.0.0.1", "--port", str(self.port)]
        workers = ["--max-workers", str(WORKERS)]
        with ground.running([*command, *workers], self.port, greets=False, **self.given) as pid:
            yield pid

    def take(self, messages: list[bytes]) -> None:
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(self._take_one, messages))

    def _take_one(self, raw: bytes) -> None:
        """As rt-mailgate does, without a start of Perl for each; a refusal shows in what landed."""
        mark = "one-message-and-no-other"
        fields = {"SessionType": "REST", "queue": "General", "action": "correspond"}
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        ]
        last = (
            f'--{mark}\r\nContent-Disposition: form-data; name="message"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        body = "".join([*parts, last]).encode() + raw + f"\r\n--{mark}--\r\n".encode()
        gateway = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        with contextlib.closing(gateway):
            gateway.request("POST", "/REST/1.0/NoAuth/mail-gateway", body, kind)
            said = gateway.getresponse().read().decode("utf-8", "replace").strip()
        if said != "ok":
            print(f"{NAME} says {said[:200]!r}", file=sys.stderr)

    def count(self) -> Count:
        """Stored messages, its own acknowledgements not among them, and tickets."""
        return Count(landed=self._number(LANDED), opened=self._number(OPENED))

    def _number(self, question: str) -> int:
        if self.address:
            import psycopg

            with psycopg.connect(self.address, dbname=DATABASE) as server:
                (number,) = server.execute(question.encode()).fetchone() or (0,)
            return int(number)
        with contextlib.closing(sqlite3.connect(self.file, timeout=PATIENCE)) as file:
            return int(file.execute(question).fetchone()[0])


def measure(server: str, count: int, folder: Path, *, engine: str) -> list[Measured]:
    with (
        ground.database(engine, folder) as (address, servers),
        ground.sink(folder) as (port, log),
    ):
        desk = Desk(folder, address=address, sink=port)
        desk.set_up()
        with desk.running(server) as pid:
            return _phases(desk, count, folder, log=log, processes=[pid, *servers])


def _phases(
    desk: Desk, count: int, folder: Path, *, log: Path, processes: list[int]
) -> list[Measured]:
    def taken(what: str, messages: list[bytes]) -> Measured:
        return ground.measured(
            NAME,
            what,
            len(messages),
            lambda: desk.take(messages),
            processes=processes,
            count=desk.count,
        )

    taken("warm-up", ground.warm_up(folder))
    first = taken("new complaints, each answered", ground.new_complaints(count, folder))
    second = taken("replies", ground.replies(count, folder, log))
    return [first, second, ground.together("all", first, second)]
