"""A pack knows a word by itself, its sets and its beginning."""

from amends.coach.languages.pack import Pack


def test_a_word_answers_to_all_its_names():
    pack = Pack("test", sets={"<we>": "nous"}, split={}, phrases={"t": "<we>\nregr*"})
    assert pack.known("nous")[0] == {"<we>"}
    assert pack.known("regrettons")[0] == {"regr*"}
