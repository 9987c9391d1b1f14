"""Finding a customer while typing, and two who turn out to be one, in the browser."""

import pytest

from amends.customers.customer import AddressKind, Customer
from amends.recovery import journey
from tests import cast
from tests.browser.test_looks import seen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def finch():
    made = cast.finch(phone="020 7946 0018")
    made.described(
        name=made.name, values="A quiet table", dislikes="Red lollipops", wants="take_part"
    )
    recovery = cast.agreed(customer=made)
    journey.name_companion(recovery, name="Jo Finch", relation="his wife", by=cast.ana())
    journey.order(customer=made, outside_id="A-7", place=recovery.place)
    return made


@pytest.fixture
def twin(finch):
    made = Customer.met(name="Bob Finch", email="bob@finch.example", place=cast.place())
    made.reachable_at(AddressKind.PHONE, "+44 20 7946 0018")
    return made


def test_typed_with_a_slip_found_put_together_and_parted(desk, finch, twin):
    page = desk(cast.ana())
    page.goto("/desk/customers/")
    page.locator("input[name=q]").press_sequentially("Robret Fin")
    page.locator("#people a", has_text="Robert Finch").click()
    page.locator("#alike a", has_text="Look at both").click()
    page.get_by_role("button", name="Yes, they are one").click()
    page.get_by_role("heading", name="Also known as").wait_for()
    assert page.get_by_role("link", name="bob@finch.example").is_visible()
    page.get_by_role("button", name="Make them two again").click()
    page.get_by_text("are two again").wait_for()
    twin.refresh_from_db()
    assert twin.merged_into is None


def test_the_pages_of_a_customer_look_right(desk, finch, twin):
    page = desk(cast.olive())
    here = f"/desk/customers/{finch.ref}/"
    for address in (here, f"{here}alike/{twin.ref}/", f"{here}erasure/", "/desk/customers/twins/"):
        assert seen(page, address) == []
