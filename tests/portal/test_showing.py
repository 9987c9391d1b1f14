"""A part swapped in by htmx is the same as on a fresh page; a refused form keeps its words."""

import re
from datetime import timedelta

import pytest

from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def squeezed(html):
    html = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)
    html = re.sub(r'<p class="flash" role="status">.*?</p>', "", html, flags=re.S)
    return " ".join(html.split())


def swapped(response):
    """The fragments of an answer to htmx, by the id they go to."""
    first, *others = re.split(
        r'<div id="(\w+)" hx-swap-oob="innerHTML">', response.content.decode()
    )
    found = {response["HX-Retarget"].lstrip("#"): first}
    for name, html in zip(others[::2], others[1::2], strict=True):
        found[name] = html.rsplit("</div>", 1)[0]
    return found


def steps():
    restated = journey.restate(cast.heard(), words="You waited.", by=cast.ana())
    yield restated.recovery, f"understood/{restated.ref}/yes/", {}
    offer = cast.offered("Refund", "A small gift")
    yield offer.recovery, f"offer/{offer.ref}/yes/", {}
    yield cast.sorry(), "wish/", {"words": "A proper breakfast."}
    yield cast.sorry(), "words/", {"words": "The juice too."}
    yield cast.sorry(), "person/", {}
    yield cast.sorry(), "idea/", {"words": "A jug."}
    yield cast.put_right(), "not-fixed/", {"words": "Cold again."}
    yield cast.put_right(), "put-right/", {}
    yield cast.put_right(), "trust/", {"trust": "yes"}


def test_what_htmx_swaps_in_is_what_a_fresh_page_shows(holder):
    for recovery, path, given in steps():
        page = holder(recovery)
        response = page.press_by_htmx(path, **given)
        assert response.status_code == 200, path
        fresh = squeezed(page.reads() + page.reads("?said=thanks"))
        for name, html in swapped(response).items():
            assert squeezed(html) in fresh, f"{path} {name}"


def test_without_htmx_the_step_leads_back_to_its_place_on_the_page(holder):
    for recovery, path, given in steps():
        response = holder(recovery).press(path, **given)
        assert response.status_code == 303
        assert "#" in response["Location"]


def test_a_refused_form_stands_open_with_its_words(holder, clock):
    page = holder(cast.put_right())
    clock.shift(timedelta(days=4))
    response = page.press_by_htmx("trust/", words="Well, you see")
    assert response.status_code == 422
    assert response["HX-Retarget"] == "#returned"
    assert "Well, you see" in response.content.decode()


def test_only_what_we_say_ourselves_can_be_said_by_the_address(holder):
    page = holder(cast.heard())
    assert "We have it" in page.reads("?said=told")
    assert "<b>" not in page.reads("?said=<b>")
