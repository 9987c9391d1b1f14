import pytest

from amends.recovery import practising
from amends.recovery.coaching import ASKS_WHY, TooLong
from amends.recovery.practising import STORIES, story_after, story_called


def test_every_story_is_told_by_somebody_with_a_name_of_its_own():
    assert len(STORIES) >= 10
    assert len({story.name for story in STORIES}) == len(STORIES)
    assert len({story.where for story in STORIES}) == len(STORIES)
    assert all(len(story.customer.split()) == 2 for story in STORIES)
    assert all(100 < len(story.words) < 400 for story in STORIES)
    assert 0 < sum(bool(ASKS_WHY.search(story.words)) for story in STORIES) < len(STORIES)


def test_after_the_last_story_comes_the_first():
    assert story_called("broken-vase").customer == "Ida Moss"
    assert story_called("nothing") is None
    assert story_after(STORIES[0]) == STORIES[1]
    assert story_after(STORIES[-1]) == STORIES[0]


def test_s2_01_an_answer_in_practice_is_read_as_a_whole_letter():
    story = story_called("broken-vase")
    words = "Dear customer, your vase came in three pieces. I am sorry. Your money is back. Ana"
    said = practising.look_at(words, story=story)
    assert {"missing_name", "missing_ask"} <= {note.category for note in said.notes}
    assert any("Ida" in note.instead for note in said.notes)
    with pytest.raises(TooLong):
        practising.look_at("a" * 20_001, story=story)
