"""Real replies that lie beside the project, with the answers that are known of them."""

import re

import pytest

from amends.mailroom.folding import read
from amends.mailroom.parsing import parse, read_again
from amends.mailroom.plain import from_html
from tests.mailroom.mails import real_mails

HTML_REPLY = "Hi. I am fine. Thanks, Alex"
# Lines of words in sight, in the signature, and folded: judged by reading each mail.
LINES = {
    "correct_sig": (1, 1, 1),
    "email_1": (5, 3, 1),
    "email_10": (5, 0, 7),
    "email_12": (5, 0, 7),
    "email_13": (5, 0, 7),
    "email_15": (9, 0, 0),
    "email_19": (1, 1, 10),
    "email_2": (18, 3, 15),
    "email_21": (497, 0, 0),
    "email_23": (5, 0, 2),
    "email_25": (5, 0, 4),
    "email_26": (5, 0, 4),
    "email_2_1": (1, 0, 13),
    "email_3": (3, 3, 44),
    "email_4": (1, 0, 2),
    "email_6": (2, 0, 10),
    "email_7": (17, 0, 17),
    "email_9": (5, 0, 10),
    "email_custom_quote_header": (1, 2, 12),
    "email_customer_quote_header_2": (1, 0, 4),
    "email_customer_quote_header_3": (3, 0, 6),
    "email_danish_dash_separator": (5, 0, 5),
    "email_en_multiline_2": (5, 0, 5),
    "email_finnish": (5, 0, 3),
    "email_fr_multiline": (5, 0, 5),
    "email_french_2": (5, 0, 3),
    "email_french_dash_separator": (5, 0, 4),
    "email_german_3": (7, 0, 0),
    "email_gmail_split_line_from": (5, 0, 6),
    "email_ios_outlook": (5, 1, 15),
    "email_italian": (5, 0, 2),
    "email_msn": (5, 0, 6),
    "email_multi_word_sent_from_my_mobile_device": (1, 1, 0),
    "email_not_a_signature": (11, 0, 0),
    "email_one_is_not_on": (3, 0, 3),
    "email_original_message": (5, 0, 4),
    "email_original_message_2": (5, 0, 4),
    "email_outlook_split_line_from": (5, 0, 18),
    "email_portuguese": (5, 0, 3),
    "email_russian": (5, 0, 2),
    "email_sent_from": (1, 1, 3),
    "email_sent_from_my_not_signature": (2, 0, 0),
    "email_tricky_10_special_chars_in_name": (5, 0, 2),
    "email_tricky_11_double_signature": (3, 4, 1),
    "email_tricky_12_no_space_after_header": (5, 0, 3),
    "email_tricky_13_timestamp_variations": (7, 0, 0),
    "email_tricky_14_long_quote_header": (5, 0, 2),
    "email_tricky_15_original_message_variations": (5, 0, 6),
    "email_tricky_16_unicode_signatures": (3, 4, 1),
    "email_tricky_17_forward_header": (7, 0, 0),
    "email_tricky_18_inline_reply": (3, 0, 4),
    "email_tricky_19_quote_without_header": (3, 0, 5),
    "email_tricky_1_on_false_positive": (4, 0, 0),
    "email_tricky_2_url_with_wrote": (5, 0, 0),
    "email_tricky_3_code_block": (10, 0, 0),
    "email_tricky_4_from_in_body": (3, 0, 0),
    "email_tricky_8_sent_from_in_content": (3, 0, 0),
    "email_tricky_9_nested_quotes": (12, 0, 0),
    "email_unquoted_reply": (1, 0, 2),
    "email_with_date_headers": (3, 0, 0),
    "email_with_regards": (6, 0, 0),
    "sig_no_empty_line": (1, 1, 1),
}


def flat(words: str) -> str:
    return " ".join(words.split())


def lines_of(words: str) -> list[str]:
    return [line.strip() for line in words.split("\n") if line.strip()]


def test_every_reply_of_eight_programmes_gives_exactly_its_new_words():
    """Guarantee 9: the answers are those of the collection itself."""
    mails = real_mails("email_replies")
    replies = {name: raw for name, raw in mails.items() if name.endswith(".eml")}
    standard = {name: raw for name, raw in replies.items() if "standard_replies" in name}
    assert len(standard) >= 8
    for name, raw in standard.items():
        known = mails.get(name.replace(".eml", "_reply_text"), b"Hello").decode()
        parsed = parse(raw)
        shown = f"{parsed.fresh}\n-- \n{parsed.signature}" if parsed.signature else parsed.fresh
        assert flat(shown) == flat(known), name


def test_every_html_reply_gives_exactly_its_new_words():
    """Guarantee 9."""
    replies = real_mails("email_replies", ".html")
    for name, raw in replies.items():
        if "html_replies" in name:
            assert flat(read(from_html(raw.decode())).fresh) == HTML_REPLY, name


def test_a_signature_that_is_known_is_found():
    """Guarantee 9: kept apart from the words, by the sender's name."""
    mails = real_mails("email_replies")
    bodies = [name for name in mails if name.endswith("_body")]
    for name in bodies:
        sender, known = (mails[name.replace("_body", end)] for end in ("_sender", "_signature"))
        reading = read(mails[name].decode(), name=sender.decode().strip())
        assert flat(reading.signature) == flat(known.decode()), name


@pytest.mark.parametrize("name", LINES)
def test_the_words_of_a_reply_are_in_sight_and_its_history_folded(name):
    """Guarantee 9."""
    raw = real_mails("email_replies")[f"crisp-email-reply-parser/{name}.txt"]
    text = raw.decode("utf-8", "replace").replace("\r\n", "\n")
    fresh, signature = read(text)
    shown = len(lines_of(fresh)), len(lines_of(signature))
    assert (*shown, len(lines_of(text)) - sum(shown)) == LINES[name]
    assert set(lines_of(fresh)) <= set(lines_of(text))


def test_real_mails_in_a_thread_that_said_nothing_of_it_stay_in_sight_whole():
    """Guarantee 9: of all the mails we have, not one line is folded that was not said before."""
    tried = 0
    for folder in ("email_mime", "email_replies"):
        for name, raw in real_mails(folder).items():
            parsed = read_again(parse(raw), thread=["Something quite different was said."])
            shown = set(lines_of(f"{parsed.fresh}\n{parsed.signature}"))
            hidden = [line for line in lines_of(parsed.text) if line not in shown]
            assert [line for line in hidden if re.search(r"[^\W_]", line)] == [], name
            tried += 1
    assert tried >= 500


def test_real_mails_in_a_thread_that_said_it_all_are_folded_to_what_is_new():
    """Guarantee 9: the quoted lines alone are the thread; nothing else may disappear."""
    for name, raw in real_mails("email_replies", ".txt").items():
        text = raw.decode("utf-8", "replace").replace("\r\n", "\n")
        quoted = [line for line in text.split("\n") if line.startswith(">")]
        own = [line for line in text.split("\n") if line.strip() and not line.startswith(">")]
        fresh, signature = read(text, thread=["\n".join(quoted)] if quoted else ["other words"])
        lost = set(lines_of("\n".join(own))) - set(lines_of(f"{fresh}\n{signature}"))
        wording = [line for line in lost if re.search(r"[^\W_]", line) and not _introduces(line)]
        assert wording == [], name


def _introduces(line: str) -> bool:
    return bool(re.search(r"(?:wrote|écrit|írta|scritto|writes)\s*:?$|@.*[:>]$|^On |^Il ", line))
