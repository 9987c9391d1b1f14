"""Every guarantee of mail and every hard case that others met has its test, and the page says which."""

from tests import mail_guarantees


def test_every_guarantee_is_proved():
    known = mail_guarantees.tests()
    proved = frozenset().union(*(test.guarantees for test in known))
    expected = set(range(1, len(mail_guarantees.GUARANTEES) + 1))
    assert expected - proved == set()


def test_every_hard_case_has_a_test_named_after_it():
    known = mail_guarantees.tests()
    cases = [case for section in mail_guarantees.traps().values() for case in section]
    untested = [case for case in cases if not mail_guarantees.named_after(case, known)]
    assert untested == []


def test_the_page_says_what_the_tests_say():
    assert mail_guarantees.PAGE.read_text(encoding="utf-8") == mail_guarantees.page(), (
        "run bin/guarantees"
    )
