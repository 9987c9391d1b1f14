"""What every test may ask for; and the promise that no test speaks to the world outside."""

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest
import time_machine
from django.core.cache import cache

from tests.settings import ENGINE

# A shared machine is slow at times; that is no fault of the code under test.
hypothesis.settings.register_profile("patient", deadline=None, max_examples=50)
hypothesis.settings.load_profile("patient")
LOOPBACK = ("127.0.0.1", "::1", "localhost", "0.0.0.0", "::", "")
MONDAY_MORNING = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks no database is the same on every engine: on the second one it is left out."""
    if ENGINE == "sqlite":
        return
    same = [item for item in items if not _depends_on_the_engine(item)]
    config.hook.pytest_deselected(items=same)
    items[:] = [item for item in items if _depends_on_the_engine(item)]


def _depends_on_the_engine(item: pytest.Item) -> bool:
    asked = any(item.get_closest_marker(name) for name in ("django_db", "engines"))
    return asked or not {"db", "transactional_db"}.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def no_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine can be reached."""
    connect = socket.socket.connect

    def guarded(sock: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(sock, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def empty_cache(request: pytest.FixtureRequest) -> None:
    """Its table is not a model's: where a test is not rolled back, it stays as the last one left it."""
    asked = request.node.get_closest_marker("django_db")
    if asked and asked.kwargs.get("transaction"):
        request.getfixturevalue("transactional_db")
        cache.clear()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Time stands still on a Monday morning: `clock.shift(timedelta(...))`, `clock.move_to(...)`."""
    with time_machine.travel(MONDAY_MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def live(live_server: Any, settings: Any) -> Any:
    """The whole site on a port of this machine; `live.url` is its address."""
    cache.clear()
    settings.AMENDS_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    return live_server


@pytest.fixture
def fresh_shell() -> dict[str, str]:
    """What a process started by hand would see: nothing of these tests, nothing of Amends."""
    ours = ("AMENDS_", "DJANGO_", "PYTEST_")
    seen = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return seen | {"PYTHONPATH": os.pathsep.join(sys.path)}


class Sink:
    """A real mail server that keeps what it is given; `refuse` makes it say no."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.envelopes: list[Any] = []
        self.refuse = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refuse:
            return self.refuse
        self.envelopes.append(envelope)
        self.letters.append(envelope.original_content)
        return "250 taken"


@pytest.fixture
def sink() -> Iterator[SimpleNamespace]:
    """A mail server to send to, at `sink.host` and `sink.port`; `sink.box.letters` are raw mails."""
    from aiosmtpd.controller import Controller

    box = Sink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield SimpleNamespace(box=box, host="127.0.0.1", port=port, url=f"smtp://127.0.0.1:{port}")
    controller.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser of this machine, driven by Playwright."""
    names = (os.environ.get("AMENDS_CHROMIUM") or "", *BROWSERS)
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on this machine: install it, or name it in AMENDS_CHROMIUM")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, live: Any) -> Iterator[Callable[..., Any]]:
    """`open_page(width=390)`: a page in a browser of its own, on the live site."""
    contexts: list[Any] = []
    troubles: list[str] = []

    def opened(*, width: int = 1280, height: int = 900, **more: Any) -> Any:
        # A worker that is just starting can keep a browser from ever closing: only a phone has one.
        told = {"viewport": {"width": width, "height": height}, "service_workers": "block", **more}
        context = chromium.new_context(base_url=live.url, **told)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: _note(troubles, said.text))
        return page

    yield opened
    for context in contexts:
        for page in context.pages:
            page.goto("about:blank")  # closed while an answer is under way, it may never end
        context.close()
    assert troubles == []


def _note(troubles: list[str], said: str) -> None:
    if "Content Security Policy" in said:
        troubles.append(said)
