"""A rule hands its phrases over under names that say what they do."""

from amends.coach.rules.rule import Rule


def test_phrases_are_named_by_category_and_use():
    rule = Rule("excuse", source="S0-04", flags={"why": "busy"}, unless="no excuse")
    assert rule.phrases()["excuse/flag/why"] == "busy"
    assert rule.phrases()["excuse/unless"] == "no excuse"
