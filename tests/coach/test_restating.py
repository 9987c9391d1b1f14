"""S4-08: their story, given back."""

from amends.coach import restating


def test_forms_and_synonyms_of_one_thing_meet():
    assert restating.meanings("charged twice") & restating.meanings("We billed you")
    assert not restating.meanings("towels never changed") & restating.meanings("We take the point")
