"""What tests of the mailroom share."""

from collections.abc import Iterator

import pytest

from tests.mailroom import dovecot as server


@pytest.fixture(scope="session")
def dovecot() -> Iterator[server.Dovecot]:
    """A real IMAP server; skipped with a clear word where there is none."""
    with server.running() as started:
        yield started


@pytest.fixture(scope="session")
def bare_dovecot() -> Iterator[server.Dovecot]:
    """The same without IDLE, UIDPLUS, MOVE, ESEARCH and all else that a server need not know."""
    with server.running(capability=server.BARE) as started:
        yield started
