"""Sorry, but: an apology and a contrast in one breath, or in the next sentence."""

from amends.coach.rules.rule import Rule

# `favour` and `against` are what follows the contrast; see amends.coach.contrast.
SORRY_BUT = Rule(
    "sorry_but",
    why="What follows takes the apology back",
    source="S4-07; Kampf 2008; evidence.md 2.8, 3.2",
    flags={},
)
