"""The environment: every variable is typed, documented, and refused in one line when it is wrong."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.config import environment
from amends.config.environment import Address, Misunderstood, read

SETTINGS_PAGE = Path(__file__).parents[2] / "docs/operate/settings.md"


def test_nothing_set_is_a_small_business_on_this_machine():
    given_nothing = read({})
    assert given_nothing.listen == ("127.0.0.1", 8000)
    assert given_nothing.smtp_listen == ("127.0.0.1", 2525)
    assert given_nothing.lmtp_listen is None
    assert given_nothing.database_url.engine == "sqlite"
    assert given_nothing.mail_url is None
    assert given_nothing.url.geturl() == "http://127.0.0.1:8000"
    assert given_nothing.data.is_absolute()


@pytest.mark.parametrize("name", environment.names())
def test_every_variable_is_in_the_handbook(name):
    assert f"`{name}`" in SETTINGS_PAGE.read_text()


@pytest.mark.parametrize("name", environment.names())
def test_an_empty_variable_is_as_good_as_none(name):
    assert read({name: ""}) == read({})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AMENDS_COLOUR", "blue"),
        ("AMENDS_ALARM_URLS", "ring the bell"),
        ("AMENDS_ALARM_URLS", "ntfy://topic mailtos://me:secret@larder.example"),
        ("AMENDS_GOOGLE_APP", "only-an-id"),
        ("AMENDS_MAILGUN_KEY", "short"),
        ("AMENDS_MICROSOFT_APP", ":only-a-secret"),
        ("AMENDS_MICROSOFT_TENANT", "../common"),
        ("AMENDS_SMTP_CERTIFICATE", "/nowhere/cert.pem"),
        ("AMENDS_SMTP_KEY", "/etc/hostname"),
        ("AMENDS_WEBHOOK_SECRET", "amends:short"),
        ("AMENDS_WEBHOOK_SECRET", "twenty characters without a name"),
        ("AMENDS_DATABASE_URL", "mysql://localhost/amends"),
        ("AMENDS_DATABASE_URL", "postgresql://localhost"),
        ("AMENDS_DATABASE_URL", "postgresql://localhost/amends?prepare_threshold=never"),
        ("AMENDS_DATABASE_URL", "sqlite://amends.sqlite3"),
        ("AMENDS_DEMO", "perhaps"),
        ("AMENDS_FILES_URL", "s3://bucket"),
        ("AMENDS_LISTEN", "8000"),
        ("AMENDS_LISTEN", "127.0.0.1:70000"),
        ("AMENDS_LISTEN", "off"),
        ("AMENDS_LMTP_LISTEN", "yes"),
        ("AMENDS_LOG", "loud"),
        ("AMENDS_MAIL_DOMAIN", "no spaces.example"),
        ("AMENDS_MAIL_HOP", "two words"),
        ("AMENDS_MAIL_URL", "pop://mail.example.org"),
        ("AMENDS_MAIL_URL", "smtp://"),
        ("AMENDS_MAIL_URL", "smtp://mail.example.org:post"),
        ("AMENDS_SECRET_KEY", "short"),
        ("AMENDS_SMTP_SIZE", "0"),
        ("AMENDS_SMTP_SIZE", "lots"),
        ("AMENDS_URL", "amends.example.org"),
        ("AMENDS_URL", "https://example.org/amends"),
        ("AMENDS_URL", "http://example.org:port"),
        ("AMENDS_WORKERS", "0"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line_naming_the_variable(name, value):
    with pytest.raises(Misunderstood) as refusal:
        read({name: value})
    assert str(refusal.value).startswith(name)
    assert "\n" not in str(refusal.value)


def test_a_refusal_never_repeats_a_password():
    with pytest.raises(Misunderstood) as refusal:
        read({"AMENDS_MAIL_URL": "smtp://me:hunter22@mail.example.org:post"})
    assert "hunter22" not in str(refusal.value)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")))
def test_any_text_at_all_is_read_or_refused(text):
    for name in environment.names():
        try:
            read({name: text})
        except Misunderstood as refusal:
            assert str(refusal).startswith(name)


def test_a_mail_server_with_a_login():
    mail = read({"AMENDS_MAIL_URL": "smtp+starttls://me%40x:p%2Fw@mail.example.org"}).mail_url
    assert mail == environment.Mail(
        scheme="smtp+starttls", host="mail.example.org", port=587, user="me@x", password="p/w"
    )


def test_postgresql_by_socket_and_by_host():
    by_socket = read({"AMENDS_DATABASE_URL": "postgresql://me@/amends?host=/run/pg"}).database_url
    assert (by_socket.host, by_socket.name, by_socket.user) == ("/run/pg", "amends", "me")
    url = "postgres://me:secret@db.example:6543/amends?sslmode=require"
    by_host = environment.database_settings(
        read({"AMENDS_DATABASE_URL": url}).database_url, data=Path("/nowhere")
    )
    assert (by_host["HOST"], by_host["PORT"]) == ("db.example", "6543")
    assert by_host["OPTIONS"] == {"sslmode": "require", "prepare_threshold": 1}


def test_a_pooler_that_keeps_no_statements_is_told_of_in_the_address():
    told = read({"AMENDS_DATABASE_URL": "postgres://db/amends?prepare_threshold=off"})
    settings = environment.database_settings(told.database_url, data=Path("/nowhere"))
    assert settings["OPTIONS"] == {"prepare_threshold": None}


def test_sizes_logs_and_addresses_are_typed():
    told = read(
        {
            "AMENDS_SMTP_SIZE": "64k",
            "AMENDS_LOG": "json:debug",
            "AMENDS_LISTEN": "[::1]:80",
            "AMENDS_SMTP_LISTEN": "off",
        }
    )
    assert told.smtp_size == 65536
    assert told.log == environment.Logs(shape="json", level="DEBUG")
    assert told.listen == Address("::1", 80)
    assert str(told.listen) == "[::1]:80"
    assert told.smtp_listen is None


def test_listening_everywhere_is_reached_as_localhost():
    assert read({"AMENDS_LISTEN": "0.0.0.0:81"}).url.geturl() == "http://localhost:81"


def test_the_key_is_made_once_kept_and_for_its_owner_alone(tmp_path):
    data = tmp_path / "data"
    key = environment.key_of(data, given="")
    assert len(key) >= 50
    assert environment.key_of(data, given="") == key
    assert stat.S_IMODE((data / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in data.iterdir()] == ["secret_key"]


def test_a_given_key_leaves_no_file(tmp_path):
    assert environment.key_of(tmp_path / "data", given="k" * 40) == "k" * 40
    assert not (tmp_path / "data").exists()


def test_a_data_folder_that_cannot_be_made_is_said_in_one_line(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Misunderstood, match="^AMENDS_DATA: "):
        environment.key_of(tmp_path / "file", given="")


def test_the_start_stops_with_that_one_line(fresh_shell, tmp_path):
    told = subprocess.run(
        [sys.executable, "-c", "import amends.config.settings"],
        env=fresh_shell | {"AMENDS_DATA": str(tmp_path), "AMENDS_WORKERS": "many"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert told.stderr == "amends: AMENDS_WORKERS must be a number from 1 to 64\n"
