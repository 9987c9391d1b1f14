"""`review` in one look: notes worst first, quotes that stand where they say, silence when all is well."""

from amends.coach import review


def test_a_hurting_line_raises_its_note_with_the_words_themselves():
    draft = "Two of the cooks called in sick, hence the muddle with your starters."
    found = review(draft, whole=False)
    assert [note.category for note in found.notes] == ["excuse"]
    assert all(draft[note.start : note.end] == note.quote for note in found.notes)


def test_an_empty_draft_raises_nothing():
    assert review("").notes == ()
