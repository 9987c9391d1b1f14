"""Practice: stories of our own, and what the coach says of an answer to one. Nothing is kept of it,
no customer is in it, and no figure knows that it happened (S2-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amends.coach import review
from amends.recovery.coaching import ASKS_WHY, must_be_short

if TYPE_CHECKING:
    from amends.coach import Review


class Story(NamedTuple):
    """What somebody told a business that is not ours."""

    name: str
    where: str
    customer: str
    words: str


STORIES = [
    Story(
        "birthday-table",
        "a restaurant",
        "Amara Boateng",
        "I booked the window table for my mother's eightieth and told you twice that she cannot "
        "manage stairs. You sat us in the cellar, and carried her down on a kitchen chair in front "
        "of everybody. She has not stopped talking about it, and not in a good way.",
    ),
    Story(
        "broken-vase",
        "a gift shop",
        "Ida Moss",
        "The vase came in three pieces, loose in a box with one sheet of paper round it. It was for "
        "my sister on Friday. Now I have nothing to give her, and your telephone rings out.",
    ),
    Story(
        "cold-room",
        "a hotel",
        "Gustav Lindqvist",
        "Two nights at six degrees outside and the radiator in 214 stone cold. I asked at the desk "
        "both evenings and was told that somebody would come. Why did nobody come?",
    ),
    Story(
        "lost-number",
        "a telephone company",
        "Noor Aziz",
        "You moved my line on Monday and lost my number. For three days everybody who rang my "
        "studio heard that it does not exist. I teach piano, and I have lost two new pupils.",
    ),
    Story(
        "rent-twice",
        "a bank",
        "Samuel Nkosi",
        "You paid my rent twice on the first of the month. My card was refused at the chemist with "
        "a queue behind me, and the chap on the phone asked whether I was sure I had checked.",
    ),
    Story(
        "launch-day",
        "a software company",
        "Callum Reid",
        "you were down from nine till noon on the day of our launch. status page green the whole "
        "time. we paid for ads, people came, and saw your error page. how come nobody said anything",
    ),
    Story(
        "second-needle",
        "a surgery",
        "Elspeth Tandy",
        "I came in on the bus for my blood test, and a week later you rang to say that the sample "
        "was lost and could I come again. I am seventy-four and my veins are bad. The second time "
        "took four goes.",
    ),
    Story(
        "wrong-bolts",
        "a supplier of parts",
        "Katrin Vang",
        "600 bolts, all metric, order says imperial. My line stood from six to ten this morning "
        "with nine people on it. Third time this year something from you was wrong.",
    ),
    Story(
        "empty-seat",
        "an airline",
        "Ana Duarte",
        "We booked three seats together, paid for it too, and you put my son, who is four, six rows "
        "away from us next to a stranger. The steward said to ask people to swap. I had to beg.",
    ),
    Story(
        "missed-bins",
        "a council",
        "Doris Rowe",
        "Three weeks running you have missed my bins, and each time the young man tells me they "
        "were not out. They were out. My neighbour has a photograph.",
    ),
    Story(
        "stuck-ramp",
        "a bus company",
        "Bilal Hussain",
        "the ramp would not come out so the driver shrugged and drove off. i sat at that stop in my "
        "chair for fifty minutes in the sleet and missed my daughters school play",
    ),
    Story(
        "low-oil",
        "a garage",
        "Beatrix Quist",
        "I picked the car up from its service at four and at six the red light came on. A litre "
        "short, the breakdown man said. I was on the motorway with the children in the back.",
    ),
]


def story_called(name: str) -> Story | None:
    return next((story for story in STORIES if story.name == name), None)


def story_after(story: Story) -> Story:
    """The next one; after the last the first again."""
    return STORIES[(STORIES.index(story) + 1) % len(STORIES)]


def look_at(draft: str, *, story: Story) -> Review:
    """Everything the coach has to say of an answer to this story."""
    return review(
        must_be_short(draft),
        customer_name=story.customer,
        story=story.words,
        asked_why=bool(ASKS_WHY.search(story.words)),
    )
