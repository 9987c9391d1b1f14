"""Who calls: people's programmes with tokens, customers with their links."""

import pytest

from amends.api import callers
from amends.api.refusing import Refused
from amends.kit.clock import now
from amends.people.person import Role
from amends.people.token import Token
from amends.recovery.link import Link
from tests import cast


@pytest.mark.parametrize(
    ("header", "secret"),
    [
        ("Bearer abc", "abc"),
        ("bearer  abc ", "abc"),
        ("Bearer", ""),
        ("Basic abc", ""),
        ("", ""),
    ],
)
def test_the_secret_stands_after_bearer(rf, header, secret):
    request = rf.get("/", headers={"Authorization": header} if header else {})
    assert callers.secret_of(request) == secret


@pytest.mark.django_db
def test_a_token_is_a_persons_and_a_link_a_customers():
    ana = cast.ana()
    assert callers.caller_of(Token.issue(ana, name="Till")[1]) == ana
    link = Link.to(cast.heard(), at=now())
    assert callers.caller_of(link.token) == link
    assert callers.caller_of("") is None
    assert callers.caller_of("nobody.knows") is None


@pytest.mark.django_db
def test_a_caller_is_remembered_without_the_secret():
    secret = Token.issue(cast.ana(), name="Till")[1]
    assert secret not in callers.fingerprint(secret)
    assert len(callers.fingerprint(secret)) == 64


@pytest.mark.django_db
def test_some_steps_are_for_managers_and_owners():
    for person in (cast.mona(), cast.olive()):
        assert callers.managers_only(person) == person
    for person in (cast.ana(), cast.person("Audrey Penn", Role.AUDITOR)):
        with pytest.raises(Refused) as no:
            callers.managers_only(person)
        assert no.value.status == 403
