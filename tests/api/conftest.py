"""Callers of the API: `call(ana)` gets and posts as somebody; `as_customer(recovery)` with a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from amends.kit.clock import now
from amends.people.token import Token
from amends.recovery.link import Link

if TYPE_CHECKING:
    from collections.abc import Callable

    from amends.people.person import Person
    from amends.recovery.recovery import Recovery

ROOT = "/api/v1"


class Caller:
    """Another programme, with one secret."""

    def __init__(self, secret: str = "") -> None:
        self.secret = secret
        self.client = Client(raise_request_exception=True)

    def get(self, path: str, **asked: Any) -> Any:
        return self.client.get(ROOT + path, asked, headers=self.headers())

    def post(self, path: str, told: Any = None, *, key: str = "") -> Any:
        return self.send("post", path, told, key=key)

    def patch(self, path: str, told: Any) -> Any:
        return self.send("patch", path, told)

    def send(self, method: str, path: str, told: Any = None, *, key: str = "", **more: Any) -> Any:
        headers = self.headers() | ({"Idempotency-Key": key} if key else {})
        kind = {"content_type": "application/json", **more}
        body = {} if told is None else {"data": told}
        return getattr(self.client, method)(ROOT + path, **body, headers=headers, **kind)

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}


@pytest.fixture
def call(db: None) -> Callable[..., Caller]:
    """`call(ana)`: with a token of Ana's; `call()`: with none."""

    def caller(person: Person | None = None) -> Caller:
        return Caller(Token.issue(person, name="Till")[1] if person else "")

    return caller


@pytest.fixture
def as_customer(db: None) -> Callable[[Recovery], Caller]:
    """With the link that a letter carried to the customer of this recovery."""

    def caller(recovery: Recovery) -> Caller:
        return Caller(Link.to(recovery, at=now()).token)

    return caller
