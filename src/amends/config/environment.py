"""What the environment may say: every AMENDS_ variable, typed, and refused when it makes no sense."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

PREFIX = "AMENDS_"
OF_THE_TESTS = (
    "AMENDS_CHROMIUM",
    "AMENDS_TEST_ENGINE",
    "AMENDS_TEST_KILLS",
    "AMENDS_TEST_MAILS",
    "AMENDS_TEST_POSTGRES",
)
MAIL_SCHEMES = ("smtp", "smtps", "smtp+starttls", "keep", "console")
MEGABYTE = 1024 * 1024
DOMAIN = re.compile(r"(?=.{1,253}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*")
# A commit is on the disk before it is confirmed (synchronous = full): we tell mail servers "taken".
PRAGMAS = """
PRAGMA journal_mode = wal;
PRAGMA synchronous = full;
PRAGMA journal_size_limit = 67108864;
PRAGMA mmap_size = 134217728;
PRAGMA cache_size = -16000;
PRAGMA temp_store = memory;
"""
T = TypeVar("T")


class Misunderstood(Exception):
    """A variable that is unknown or says something impossible; the message is one line."""


class Address(NamedTuple):
    """Where a part of Amends listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, kw_only=True)
class Database:
    """Which engine keeps the rows, and where; no path and no name means SQLite in the data folder."""

    engine: Literal["sqlite", "postgres"] = "sqlite"
    path: Path | None = None
    name: str = ""
    host: str = ""
    port: str = ""
    user: str = ""
    password: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Mail:
    """How letters leave: through a server, kept here (the demo), or printed."""

    scheme: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""


class App(NamedTuple):
    """As what this installation is known to Microsoft or Google."""

    client_id: str
    client_secret: str


@dataclass(frozen=True, kw_only=True)
class Logs:
    shape: Literal["console", "json"] | None = None
    level: str = "INFO"


@dataclass(frozen=True, kw_only=True)
class Environment:
    """One field for each variable: `mail_url` is AMENDS_MAIL_URL."""

    alarm_urls: tuple[str, ...]
    data: Path
    database_url: Database
    debug: bool
    demo: bool
    dns: Address | None
    drop_folder: Path | None
    files_url: Path | None
    google_app: App | None
    listen: Address
    lmtp_listen: Address | None
    log: Logs
    mail_domain: str
    mail_hop: str
    mail_url: Mail | None
    mail_url_2: Mail | None
    mailgun_key: str
    microsoft_app: App | None
    microsoft_tenant: str
    private_addresses: bool
    proxies: int
    secret_key: str
    smtp_certificate: Path | None
    smtp_key: Path | None
    smtp_listen: Address | None
    smtp_size: int
    url: SplitResult
    webhook_secret: str
    workers: int


def read(environ: Mapping[str, str]) -> Environment:
    """The whole environment, or Misunderstood naming the one variable to mend."""
    _refuse_unknown(environ)

    def take(name: str, default: str, reader: Callable[[str], T]) -> T:
        return _read_one(environ, name, default, reader)

    listen = take("AMENDS_LISTEN", "127.0.0.1:8000", an_address)
    url = take("AMENDS_URL", f"http://{_reachable(listen)}", a_public_address)
    certificate = take("AMENDS_SMTP_CERTIFICATE", "", a_file)
    key = take("AMENDS_SMTP_KEY", "", a_file)
    if (certificate is None) != (key is None):
        alone, other = ("KEY", "CERTIFICATE") if key else ("CERTIFICATE", "KEY")
        raise Misunderstood(f"AMENDS_SMTP_{alone} needs AMENDS_SMTP_{other} beside it")
    return Environment(
        alarm_urls=take("AMENDS_ALARM_URLS", "", alarm_urls),
        data=take("AMENDS_DATA", "data", a_folder),
        database_url=take("AMENDS_DATABASE_URL", "", a_database),
        debug=take("AMENDS_DEBUG", "off", a_switch),
        demo=take("AMENDS_DEMO", "off", a_switch),
        dns=take("AMENDS_DNS", "", a_name_server),
        drop_folder=take("AMENDS_DROP_FOLDER", "", a_folder_if_any),
        files_url=take("AMENDS_FILES_URL", "", a_shelf),
        google_app=take("AMENDS_GOOGLE_APP", "", an_app),
        listen=listen,
        lmtp_listen=take("AMENDS_LMTP_LISTEN", "off", an_address_or_off),
        log=take("AMENDS_LOG", "", a_log),
        mail_domain=take("AMENDS_MAIL_DOMAIN", _domain_of(url), a_domain),
        mail_hop=take("AMENDS_MAIL_HOP", "", a_hop),
        mail_url=take("AMENDS_MAIL_URL", "", a_mail_server),
        mail_url_2=take("AMENDS_MAIL_URL_2", "", a_mail_server),
        mailgun_key=take("AMENDS_MAILGUN_KEY", "", a_key),
        microsoft_app=take("AMENDS_MICROSOFT_APP", "", an_app),
        microsoft_tenant=take("AMENDS_MICROSOFT_TENANT", "organizations", a_tenant),
        private_addresses=take("AMENDS_PRIVATE_ADDRESSES", "off", a_switch),
        proxies=take("AMENDS_PROXIES", "0", a_count(most=8)),
        secret_key=take("AMENDS_SECRET_KEY", "", a_secret),
        smtp_certificate=certificate,
        smtp_key=key,
        smtp_listen=take("AMENDS_SMTP_LISTEN", "127.0.0.1:2525", an_address_or_off),
        smtp_size=take("AMENDS_SMTP_SIZE", "25M", a_size),
        url=url,
        webhook_secret=take("AMENDS_WEBHOOK_SECRET", "", a_webhook_secret),
        workers=take("AMENDS_WORKERS", "1", a_count(least=1, most=64)),
    )


def names() -> list[str]:
    return [PREFIX + field.name.upper() for field in fields(Environment)]


def key_of(data: Path, *, given: str) -> str:
    """The secret key: the one given, else the one kept in the data folder, made on the first start."""
    if given:
        return given
    path = data / "secret_key"
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _keep_new_key(path)
        return path.read_text(encoding="ascii").strip()
    except OSError as trouble:
        raise Misunderstood(f"AMENDS_DATA: {trouble.strerror}: {data}") from None


def database_settings(database: Database, *, data: Path) -> dict[str, object]:
    """The entry of Django's DATABASES."""
    if database.engine == "postgres":
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": database.name,
            "HOST": database.host,
            "PORT": database.port,
            "USER": database.user,
            "PASSWORD": database.password,
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": _prepared(dict(database.options)),
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": database.path or data / "amends.sqlite3",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
    }


def _prepared(options: dict[str, str]) -> dict[str, object]:
    """The server keeps the statements of kit/ready.py, unless the address says «off»."""
    said = options.pop("prepare_threshold", "1")
    return {**options, "prepare_threshold": None if said == "off" else int(said)}


def a_folder(text: str) -> Path:
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError:
        raise ValueError("names the home folder of somebody who is not known here") from None


def a_folder_if_any(text: str) -> Path | None:
    return a_folder(text) if text else None


def a_database(text: str) -> Database:
    if not text:
        return Database()
    url = urlsplit(text)
    if url.scheme == "sqlite":
        return Database(path=_path_of(url, shape="sqlite:///folder/amends.sqlite3"))
    if url.scheme not in ("postgres", "postgresql"):
        raise ValueError("begins with sqlite:// or postgresql://")
    name = unquote(url.path.lstrip("/"))
    if not name:
        raise ValueError("needs the name of the database: postgresql://user:password@host/name")
    options = dict(parse_qsl(url.query))
    if not re.fullmatch(r"off|\d{1,6}", options.get("prepare_threshold", "off")):
        raise ValueError("prepare_threshold is a number or off")
    return Database(
        engine="postgres",
        name=name,
        host=options.pop("host", "") or url.hostname or "",
        port=options.pop("port", "") or str(url.port or ""),
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        options=tuple(options.items()),
    )


def a_public_address(text: str) -> SplitResult:
    url = urlsplit(text.rstrip("/"))
    if url.scheme not in ("http", "https") or not url.hostname:
        raise ValueError("must be like https://amends.example.org")
    if url.path or url.query or url.fragment or url.username:
        raise ValueError("must end after the host, like https://amends.example.org")
    _ = url.port  # raises ValueError when it is no number
    return url


def a_mail_server(text: str) -> Mail | None:
    if not text:
        return None
    url = urlsplit(text)
    if url.scheme not in MAIL_SCHEMES:
        raise ValueError("begins with " + ", ".join(f"{scheme}://" for scheme in MAIL_SCHEMES))
    if url.scheme in ("keep", "console"):
        return Mail(scheme=url.scheme)
    if not url.hostname:
        raise ValueError("must be like smtp+starttls://user:password@mail.example.org:587")
    usual = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}[url.scheme]
    return Mail(
        scheme=url.scheme,
        host=url.hostname,
        port=url.port or usual,
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
    )


def a_shelf(text: str) -> Path | None:
    if not text:
        return None
    url = urlsplit(text)
    if url.scheme != "file":
        raise ValueError("only a local folder is understood so far: file:///srv/amends/files")
    return _path_of(url, shape="file:///srv/amends/files")


def a_domain(text: str) -> str:
    domain = text.strip().lower()
    if not DOMAIN.fullmatch(domain):
        raise ValueError("must be a domain like desk.example.org")
    return domain


def a_hop(text: str) -> str:
    if text and not re.fullmatch(r"[A-Za-z0-9._-]{1,253}", text):
        raise ValueError("must be the name in Authentication-Results, like mx.example.org")
    return text.lower()


def an_address(text: str) -> Address:
    host, _, port = text.rpartition(":")
    host = host.strip("[]")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError("must be like 127.0.0.1:8000")
    return Address(host, int(port))


def a_name_server(text: str) -> Address | None:
    return an_address(text) if text else None


def an_address_or_off(text: str) -> Address | None:
    return None if text == "off" else an_address(text)


def a_size(text: str) -> int:
    found = re.fullmatch(r"(\d{1,12})([kKmM]?)", text)
    if not found or not int(found[1]):
        raise ValueError("must be like 25M")
    return int(found[1]) * {"": 1, "k": 1024, "m": MEGABYTE}[found[2].lower()]


def a_switch(text: str) -> bool:
    try:
        return {"on": True, "off": False}[text.lower()]
    except KeyError:
        raise ValueError("must be on or off") from None


def a_count(*, least: int = 0, most: int) -> Callable[[str], int]:
    def reader(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise ValueError(f"must be a number from {least} to {most}")
        return int(text)

    return reader


def a_secret(text: str) -> str:
    if text and len(text) < 32:
        raise ValueError("must have at least 32 characters")
    return text


def an_app(text: str) -> App | None:
    client_id, _, client_secret = text.partition(":")
    if text and not (client_id and client_secret):
        raise ValueError("must be like client-id:client-secret")
    return App(client_id, client_secret) if text else None


def a_tenant(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.-]{1,100}", text):
        raise ValueError("must be the name or number of a tenant, or organizations")
    return text


def a_webhook_secret(text: str) -> str:
    name, _, password = text.partition(":")
    if text and (not name or len(password) < 20 or not text.isascii()):
        raise ValueError("must be like amends:password, the password of at least 20 characters")
    return text


def a_key(text: str) -> str:
    if text and (len(text) < 16 or not text.isascii()):
        raise ValueError("must have at least 16 plain characters")
    return text


def a_file(text: str) -> Path | None:
    if text and not Path(text).is_file():
        raise ValueError("names a file that is not there")
    return Path(text).absolute() if text else None


def alarm_urls(text: str) -> tuple[str, ...]:
    urls = tuple(text.split())
    if not all(re.fullmatch(r"[a-zA-Z][a-zA-Z0-9]{1,20}://\S+", url) for url in urls):
        raise ValueError("must be addresses of Apprise with blanks between, like ntfy://my-topic")
    if any(url.lower().startswith("mailto") for url in urls):
        raise ValueError("must not be e-mail: that may be what is broken")
    return urls


def a_log(text: str) -> Logs:
    found = re.fullmatch(r"(?:(console|json)(?::|$))?(debug|info|warning|error)?", text)
    if not found:
        raise ValueError("must be like json, console:debug or warning")
    shape: Literal["console", "json"] | None = None
    if found[1]:
        shape = "json" if found[1] == "json" else "console"
    return Logs(shape=shape, level=(found[2] or "info").upper())


def _read_one(environ: Mapping[str, str], name: str, default: str, reader: Callable[[str], T]) -> T:
    # The value itself is never repeated in the message: it may hold a password.
    try:
        return reader(environ.get(name, "").strip() or default)
    except ValueError as trouble:
        raise Misunderstood(f"{name} {trouble}") from None


def _domain_of(url: SplitResult) -> str:
    host = url.hostname or ""
    return "localhost" if ":" in host or host.replace(".", "").isdecimal() else host


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    known = {*names(), *OF_THE_TESTS}
    unknown = sorted(name for name in environ if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise Misunderstood(
            f"{unknown[0]} is not a variable of Amends; see docs/operate/settings.md"
        )


def _reachable(listen: Address) -> Address:
    return Address("localhost", listen.port) if listen.host in ("0.0.0.0", "::") else listen  # noqa: S104


def _path_of(url: SplitResult, *, shape: str) -> Path:
    path = Path(unquote(url.path))
    if url.netloc not in ("", "localhost") or not path.is_absolute() or path == Path("/"):
        raise ValueError(f"must be like {shape}")
    return path


def _keep_new_key(path: Path) -> None:
    # Written aside and linked into place: of two processes that start at once one key wins, whole.
    rough = path.with_name(f".key-{secrets.token_hex(8)}")
    rough.touch(mode=0o600)
    try:
        rough.write_text(secrets.token_urlsafe(48), encoding="ascii")
        os.link(rough, path)
    except FileExistsError:
        pass
    finally:
        rough.unlink()
