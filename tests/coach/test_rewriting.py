"""Rewrites are made from what the desk knows and what the draft says."""

from amends.coach.languages.english import ENGLISH
from amends.coach.letter import Letter
from amends.coach.rewriting import instead


def line(category: str, draft: str, **known: str) -> str:
    letter = Letter(draft, ENGLISH, **known)  # type: ignore[arg-type]
    return instead(letter, category, 0, len(letter.words) - 1)


def test_s4_07_the_apology_ends_before_the_turn():
    assert (
        line("sorry_but", "I am sorry about the towels, but we were full.")
        == "I am sorry about the towels."
    )


def test_a_passive_is_turned_round():
    assert (
        line("passive_evasion", "Your form was mislaid in the office.")
        == "We mislaid your form in the office."
    )
    assert line("passive_evasion", "Your parcel had been forgotten.") == "We forgot your parcel."


def test_s3_16_a_time_in_the_draft_is_used():
    assert "tomorrow" in line("vague_promise", "We will look into it tomorrow.")


def test_s4_08_their_story_is_said_back_by_name():
    said = line(
        "missing_restatement", "Hello", customer_name="Carmen Ruiz", story="Towels never changed."
    )
    assert said.startswith("Carmen, so what you are telling me is: “Towels never changed”.")


def test_s4_15_the_question_is_ready():
    assert line("missing_ask", "Hello") == "What would you think would be fair?"


def test_s4_09_a_title_stays():
    assert line("missing_name", "We lost it.", customer_name="Mr Rossi") == "Dear Mr Rossi,"


def test_mistakes_were_made_by_us():
    assert line("passive_evasion", "Mistakes were made.") == "We made mistakes."
    assert (
        line("passive_evasion", "It was felt that all was well.") == "That was ours to get right."
    )


def test_their_story_is_told_from_our_side():
    said = line(
        "non_apology", "We are sorry if you felt so.", story="I waited, and you lost my bag."
    )
    assert said == "I am sorry that you waited, and we lost your bag."


def test_inside_a_sentence_a_rewrite_begins_small():
    letter = Letter("However, our policy forbids it.", ENGLISH)
    assert instead(letter, "policy_recital", 1, 4) == "here is what I can do for you: …"
    assert instead(letter, "policy_recital", 1, 3) == ""
