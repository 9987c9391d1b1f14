import json

import pytest

from amends.customers.customer import Customer
from amends.kit.clock import now
from amends.mailroom.letter import Letter, State
from amends.recovery import journey
from amends.recovery.timeline import Verb
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
CUSTOMERS = "/desk/customers/"


@pytest.fixture
def finch():
    recovery = cast.heard()
    journey.let_go(recovery, why="They moved.", by=cast.mona())
    Letter.objects.filter(state=State.QUEUED).update(state=State.HANDED_OVER, handed_over_at=now())
    return Customer.objects.get(pk=recovery.customer_id)


def words(response):
    return " ".join(response.content.decode().split())


def page_of(customer):
    return f"{CUSTOMERS}{customer.ref}/erasure/"


def test_what_goes_and_what_stays_is_told_before_and_the_name_is_typed(client, finch):
    client.force_login(cast.olive())
    assert page_of(finch) in words(client.get(f"{CUSTOMERS}{finch.ref}/"))
    page = words(client.get(page_of(finch)))
    for told in ("This cannot be undone.", "1 address", "1 recovery", "Backups made before today"):
        assert told in page
    for typed in ("", "Robert", "yes"):
        refused = client.post(page_of(finch), {"name": typed})
        assert refused.status_code == 422
    assert Customer.objects.get(pk=finch.pk).name == "Robert Finch"
    assert client.post(page_of(finch), {"name": "robert finch"}).status_code == 303
    after = words(client.get(f"{CUSTOMERS}{finch.ref}/"))
    assert "Robert" not in after
    assert "Who this was is erased; the figures stay." in after
    assert "Erased by Olive Grant" in words(client.get(page_of(finch)))


def test_while_something_is_open_nothing_is_erased(client, finch):
    cast.heard(customer=finch)
    client.force_login(cast.olive())
    page = words(client.get(page_of(finch)))
    assert "1 recovery is still open" in page
    assert "for good</button>" not in page
    refused = client.post(page_of(finch), {"name": "Robert Finch"})
    assert refused.status_code == 422
    assert Customer.objects.get(pk=finch.pk).name == "Robert Finch"


def test_all_of_it_is_taken_out_and_that_is_written_down(client, finch):
    client.force_login(cast.olive())
    where = f"{CUSTOMERS}{finch.ref}/file/"
    answer = client.post(where, {"how": "json"})
    assert answer["Content-Disposition"] == f'attachment; filename="{finch.ref}.json"'
    assert json.loads(answer.content)["who"]["name"] == "Robert Finch"
    assert client.post(where, {"how": "csv"})["Content-Type"].startswith("text/csv")
    assert client.post(where, {"how": "<x>"})["Content-Disposition"].endswith('.json"')
    recovery = finch.recoveries.get()
    assert recovery.timeline.filter(verb=Verb.TAKEN_OUT, by=cast.olive()).count() == 3
    assert client.get(where).status_code == 405


def test_nobody_but_an_owner(client, finch):
    for by in (cast.ana(), cast.mona(), cast.audrey()):
        client.force_login(by)
        assert page_of(finch) not in words(client.get(f"{CUSTOMERS}{finch.ref}/"))
        assert client.get(page_of(finch)).status_code == 403
        assert client.post(page_of(finch), {"name": "Robert Finch"}).status_code == 403
        assert client.post(f"{CUSTOMERS}{finch.ref}/file/").status_code == 403
    finch.refresh_from_db()
    assert finch.name == "Robert Finch"
