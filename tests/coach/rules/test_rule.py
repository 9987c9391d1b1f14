"""A rule hands its phrases over under names that say what they do."""

from amends.coach.languages.english import English
from amends.coach.rules.rule import Rule


def test_phrases_are_named_by_category_and_use():
    rule = Rule(
        "excuse",
        source="S0-04",
        why="An excuse",
        sure="swamped",
        flags={"Busy": "busy"},
        unless="no excuse",
    )
    assert rule.phrases()["excuse/sure"] == "swamped"
    assert rule.phrases()["excuse/flag/Busy"] == "busy"
    assert rule.phrases()["excuse/unless"] == "no excuse"


def test_a_new_sure_phrase_is_found_at_once():
    rule = Rule("excuse", source="S0-04", why="An excuse", sure="mercury in retrograde")
    pack = English("en", sets={}, split={}, phrases=rule.phrases())
    hits = pack.search(pack.read("Mercury in retrograde, you see."))
    assert [hit.table for hit in hits] == ["excuse/sure"]
