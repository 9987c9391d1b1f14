import re

import pytest
from django.http import QueryDict

from amends.portal.questions import IdeaForm, SwapForm, TrustForm, WordsForm
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_no_two_fields_of_the_page_share_an_id(holder):
    shown = holder(cast.offered("Refund", "A small gift", "A handwritten note").recovery).reads()
    ids = re.findall(r'\sid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))


def test_an_extra_can_be_swapped_for_what_is_worth_no_more():
    offer = cast.offered("Refund", "A small gift")
    form = SwapForm(line=offer.lines.get(side="extra"))
    offered = set(form.fields["remedy"].queryset)
    assert cast.remedy("A handwritten note") in offered
    assert cast.remedy("Refund") not in offered
    assert cast.remedy("A small gift") not in offered


@pytest.mark.parametrize("form", [WordsForm, IdeaForm, TrustForm])
def test_an_empty_form_says_in_words_what_is_missing(form):
    refused = form(QueryDict(), {}) if form is WordsForm else form(QueryDict())
    assert not refused.is_valid()
    for errors in refused.errors.values():
        assert "required" not in errors[0]
