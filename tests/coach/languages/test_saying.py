"""What a language says instead addresses nobody, and has a place for what the desk knows."""

import pytest

from amends.coach.languages.choosing import pack_for
from amends.coach.languages.pack import Pack
from amends.coach.languages.saying import Saying

ADDRESS = {"es": "usted tú te le su", "de": "sie ihnen du dir dich", "fr": "vous tu te votre"}


def saying(language: str) -> Saying:
    found = pack_for(language)
    assert found is not None
    pack: Pack = found[0]
    assert pack.saying is not None
    return pack.saying


@pytest.mark.parametrize("language", ADDRESS)
def test_no_sentence_chooses_between_the_forms_of_address(language: str):
    one = saying(language)
    said = f"{one.sorry} {one.sorry_for} {one.ours} {one.can_do} {one.by_when}".lower()
    assert not set(ADDRESS[language].split()) & set(said.replace(".", " ").split())


@pytest.mark.parametrize("language", ADDRESS)
def test_the_places_for_name_story_and_time_are_there(language: str):
    one = saying(language)
    assert "{line}" in one.sorry_for
    assert "{when}" in one.by_when
    assert "{name}" in one.greeting
