"""Pages by cursor: every row once, in order, whatever is added meanwhile."""

import pytest
from django.core import signing

from amends.api.cursor import SALT
from tests import cast

pytestmark = pytest.mark.django_db


def walk(caller, path, **asked):
    """Every row of a list, page by page."""
    found, after = [], ""
    for _ in range(50):
        told = caller.get(path, after=after, **asked).json()
        found += told["results"]
        after = told["after"]
        if after is None:
            return found
    raise AssertionError("no end")


def guest(name):
    return cast.heard(customer=cast.finch(name=name, email=f"{name}@finch.example"))


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 100])
@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_every_row_comes_once_and_in_order_even_of_the_same_moment(call, clock, limit, order):
    made = [guest(name) for name in ("ann", "bob")]
    clock.shift(1)
    made += [guest(name) for name in ("cat", "dan")]
    refs = [one.ref for one in made]
    told = walk(call(cast.ana()), "/recoveries", limit=limit, order=order)
    assert [one["ref"] for one in told] == (refs if order == "oldest" else refs[::-1])


def test_what_is_added_meanwhile_moves_nothing(call, clock):
    first, second = guest("ann"), guest("bob")
    ana = call(cast.ana())
    told = ana.get("/recoveries", limit=1).json()
    clock.shift(1)
    guest("cat")
    following = ana.get("/recoveries", limit=1, after=told["after"]).json()
    assert told["results"][0]["ref"] == second.ref
    assert following["results"][0]["ref"] == first.ref
    assert following["after"] is None


def test_names_of_the_same_spelling_are_not_lost(call):
    for number in range(4):
        cast.finch(name="Rita Vale", email=f"{number}@vale.example")
    assert len(walk(call(cast.ana()), "/customers", limit=1)) == 4


def test_a_cursor_of_another_list_or_a_forged_one_is_refused(call):
    for name in ("ann", "bob"):
        guest(name)
    ana = call(cast.ana())
    after = ana.get("/recoveries", limit=1).json()["after"]
    forged = signing.dumps(["-known_at", "a\0", 1], key="other", salt=SALT)
    for path, cursor in (
        ("/recoveries", forged),
        ("/recoveries", after[:-1] + "x"),
        ("/customers", after),
    ):
        answer = ana.get(path, after=cursor)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "after"
    assert ana.get("/recoveries", after=after, order="oldest").status_code == 422
