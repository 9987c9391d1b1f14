from amends.kit.clock import now
from amends.portal.templatetags.portal import is_list, is_moment


def test_values_are_told_apart():
    assert is_moment(now())
    assert not is_moment("today")
    assert is_list([])
    assert not is_list("words")
