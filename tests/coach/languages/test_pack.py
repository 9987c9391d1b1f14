"""A pack knows a word by itself, its sets and its beginning."""

import pytest

from amends.coach.languages.pack import Pack


def test_a_word_answers_to_all_its_names():
    pack = Pack("test", sets={"<we>": "nous"}, split={}, phrases={"t": "<we>\nregr*"})
    assert pack.known["nous"][0].keys == {"<we>"}
    assert pack.known["regrettons"][0].keys == {"regr*"}


def test_a_capital_inside_a_sentence_is_a_name_and_at_its_beginning_not():
    pack = Pack("test", sets={}, split={}, phrases={"t": "<capname> will"})
    begun, inside = pack.read("Mina met Mina")[::2]
    assert "<capname>" not in begun.keys
    assert "<capname>" in inside.keys


def test_a_very_long_word_is_read_but_not_kept():
    pack = Pack("test", sets={}, split={}, phrases={"t": "sorry"})
    assert len(pack.read("a" * 50_000)) == 1
    assert not pack.known


def test_what_is_kept_has_an_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("amends.coach.languages.pack.KEPT", 3)
    pack = Pack("test", sets={}, split={}, phrases={"t": "sorry"})
    pack.read("one two three four five")
    assert len(pack.known) <= 3
