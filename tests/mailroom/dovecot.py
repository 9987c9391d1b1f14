"""A real IMAP server for the tests: Dovecot with a throw-away configuration, as root or as anybody.

Every name is a user of it, with the password `PASSWORD`; a user's mail begins empty.
"""

import getpass
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from imapclient import IMAPClient

from amends.kit.refs import new_ref

PASSWORD = "open-sesame"
MISSING = "no Dovecot on this machine: apt-get install dovecot-imapd (the tests of IMAP need it)"
# What a server need not know. Without them everything must still work.
BARE = "IMAP4rev1 LITERAL+ SASL-IR"
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
mail_location = maildir:{folder}/mail/%u
mail_uid = {mail_user}
mail_gid = {mail_user_group}
first_valid_uid = 0
last_valid_uid = 0
default_login_user = {login_user}
default_internal_user = {internal_user}
default_internal_group = {internal_group}
ssl = {ssl}
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_failure_delay = 0
auth_mechanisms = plain login {mechanisms}
mail_max_userip_connections = 100
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service auth {{
  user = {auth_user}
}}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
{oauth}
userdb {{
  driver = static
  args = home={folder}/mail/%u
}}
protocol imap {{
  {capability}
}}
"""
OAUTH = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth
}}
"""


@dataclass
class Dovecot:
    folder: Path
    port: int
    tls_port: int

    @property
    def authority(self) -> Path:
        return self.folder / "cert.pem"

    def user(self) -> str:
        """Somebody nobody has used yet."""
        return f"box{new_ref(8)}"

    @contextmanager
    def talking(self, user: str, folder: str = "INBOX") -> Iterator[IMAPClient]:
        client = IMAPClient("127.0.0.1", self.port, ssl=False, timeout=20)
        client.login(user, PASSWORD)
        try:
            client.select_folder(folder)
            yield client
        finally:
            with suppress(Exception):
                client.logout()

    def put(self, user: str, *mails: bytes, folder: str = "INBOX", **given) -> None:
        with self.talking(user) as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)
            for raw in mails:
                client.append(folder, raw, **given)

    def lies_in(self, user: str, folder: str = "INBOX") -> list[int]:
        with self.talking(user, folder) as client:
            return client.search("ALL")

    def number_anew(self, user: str) -> None:
        """The folder gets another UIDVALIDITY and its messages other numbers."""
        box = self.folder / "mail" / user
        for path in box.glob("dovecot*"):
            path.unlink()
        (box / "dovecot-uidlist").write_text("3 V1700000000 N1 Gffffffffffffffffffffffffffffffff\n")
        os.chown(box / "dovecot-uidlist", *_owner(box))

    def told(self) -> str:
        return (self.folder / "log").read_text()


def _owner(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_uid, found.st_gid


def found() -> str | None:
    """Where the server is on this machine, if it is."""
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def running(*, capability: str = "", token_info: str = "") -> Iterator[Dovecot]:
    """A server of its own; `token_info` is where it asks whose a token is."""
    binary = found()
    if binary is None:
        pytest.skip(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="dv-"))  # short: sockets have short names
    try:
        server = Dovecot(folder, _free_port(), _free_port())
        _write(server, capability, token_info)
        process = subprocess.Popen(
            [binary, "-F", "-c", str(folder / "conf")], stderr=subprocess.PIPE, text=True
        )
        try:
            _wait_for(server, process)
            yield server
        finally:
            process.terminate()
            process.communicate(timeout=20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(server: Dovecot, capability: str, token_info: str) -> None:
    folder, is_root = server.folder, os.geteuid() == 0
    folder.chmod(0o755)
    _make_certificate(folder)
    me = getpass.getuser()
    mail_user = "nobody" if is_root else me
    (folder / "mail").mkdir()
    if is_root:
        shutil.chown(folder / "mail", mail_user)
    if token_info:
        asked = f"tokeninfo_url = {token_info}\nusername_attribute = email\n"
        (folder / "oauth").write_text(asked + "active_attribute = active\nactive_value = yes\n")
    (folder / "conf").write_text(
        CONFIGURATION.format(
            folder=folder,
            mail_user=mail_user,
            mail_user_group=_group(mail_user),
            login_user="dovenull" if is_root else me,
            internal_user="dovecot" if is_root else me,
            internal_group="dovecot" if is_root else _group(me),
            auth_user="$default_internal_user",
            ssl="yes",
            port=server.port,
            tls_port=server.tls_port,
            password=PASSWORD,
            mechanisms="xoauth2 oauthbearer" if token_info else "",
            oauth=OAUTH.format(folder=folder) if token_info else "",
            capability=f"imap_capability = {capability}" if capability else "",
        )
    )


def _group(user: str) -> str:
    import grp
    import pwd

    return grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name


def _make_certificate(folder: Path) -> None:
    """For 127.0.0.1 and localhost, signed by itself."""
    from tests.mailroom.certificates import make

    make(folder / "cert.pem", folder / "key.pem")


def _wait_for(server: Dovecot, process: "subprocess.Popen[str]") -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(f"Dovecot did not start: {process.communicate()[1]}")
        try:
            with socket.create_connection(("127.0.0.1", server.port), 1) as talk:
                if talk.recv(100).startswith(b"* OK"):
                    return
        except OSError:
            time.sleep(0.02)
    raise AssertionError("Dovecot does not answer: " + server.told())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def trusting(server: Dovecot) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(server.authority))
