"""Who calls: a person's programme with their token, or a customer with their link."""

from typing import Any

from django.http import HttpRequest
from ninja.security.http import HttpAuthBase

from amends.api.refusing import Refused
from amends.kit.clock import now
from amends.people.person import Person
from amends.people.token import digest, person_for
from amends.recovery.link import Link

READING = ("GET", "HEAD", "OPTIONS")
WHO = {"WWW-Authenticate": 'Bearer realm="amends"'}

Caller = Person | Link


class Request(HttpRequest):
    """A call that came through the door: `auth` is the person it speaks for."""

    auth: Person


class CustomersRequest(HttpRequest):
    """A call with a customer's link."""

    auth: Link


def secret_of(request: HttpRequest) -> str:
    """What stands after «Bearer», or nothing."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def caller_of(secret: str) -> Caller | None:
    if not secret:
        return None
    if "." not in secret:  # only links carry their signature after a full stop
        return person_for(secret)
    return Link.opened(secret, at=now())


def fingerprint(secret: str) -> str:
    """How a caller is remembered without keeping the secret."""
    return digest(secret)


def nobody() -> Refused:
    return Refused(
        401,
        "Send a good token in the header «Authorization: Bearer …».",
        code="who-is-calling",
        headers=WHO,
    )


class PersonToken(HttpAuthBase):
    """The token of somebody who works here. It may do what that person may do."""

    openapi_scheme = "bearer"
    openapi_description = "A token of somebody who works here: amends people add --token."

    def __call__(self, request: HttpRequest) -> Any:
        caller = getattr(request, "caller", None)
        if not isinstance(caller, Person):
            raise Refused(403, "This is for people who work here.", code="not-allowed")
        if self.changes(request) and not caller.may_write:
            raise Refused(403, "An auditor reads, and changes nothing.", code="not-allowed")
        return caller

    def changes(self, request: HttpRequest) -> bool:
        return request.method not in READING


class ReadersToken(PersonToken):
    """For what is asked with a POST and changes nothing: an auditor may ask it too."""

    def changes(self, request: HttpRequest) -> bool:
        return False


class CustomerLink(HttpAuthBase):
    """What stands in the customer's link after /r/. It opens their own recovery, nothing else."""

    openapi_scheme = "bearer"
    openapi_description = "The token in the customer's own link: the part after /r/."

    def __call__(self, request: HttpRequest) -> Any:
        caller = getattr(request, "caller", None)
        if not isinstance(caller, Link) or caller.companion_id or not caller.is_proven:
            raise Refused(403, "This is for the customer alone to say.", code="not-allowed")
        return caller


def managers_only(person: Person) -> Person:
    if not person.is_manager:
        raise Refused(403, "This is for managers and owners.", code="not-allowed")
    return person
