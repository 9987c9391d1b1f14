"""Files among the words become attachments; words never become files."""

import binascii
import time

from hypothesis import given
from hypothesis import strategies as some

from amends.mailroom.parsing import parse
from amends.mailroom.uuencoded import File, taken_out


def encoded(content: bytes, name: str = "bill.pdf") -> str:
    pieces = [content[start : start + 45] for start in range(0, len(content), 45)]
    lines = [binascii.b2a_uu(piece).decode() for piece in pieces]
    return f"begin 644 {name}\n{''.join(lines)}`\nend"


def test_a_file_among_the_words_is_attached_and_named_where_it_stood():
    """Guarantee 9: the words above and below stay in sight."""
    body = f"The bill was wrong.\n\n{encoded(b'%PDF' * 50)}\n\nPlease look.\n"
    parsed = parse(f"From: a@x.example\nSubject: Bill\n\n{body}".encode())
    assert parsed.text == "The bill was wrong.\n\n[bill.pdf]\n\nPlease look."
    (file,) = parsed.attachments
    assert (file.name, file.content) == ("bill.pdf", b"%PDF" * 50)
    assert file.content_type == "application/pdf"


def test_a_name_that_would_climb_out_of_its_folder_is_made_harmless():
    body = encoded(b"root", "../../etc/passwd")
    (file,) = parse(f"From: a@x.example\n\n{body}\n".encode()).attachments
    assert "/" not in file.name


@given(some.binary(min_size=1, max_size=400), some.binary(min_size=1, max_size=100))
def test_what_was_encoded_comes_out_whole(first, second):
    text = f"Above.\n{encoded(first, 'a.bin')}\nBetween.\n{encoded(second, 'b.bin')}\nBelow."
    words, files = taken_out(text)
    assert words == "Above.\n[a.bin]\nBetween.\n[b.bin]\nBelow."
    assert files == [File("a.bin", first), File("b.bin", second)]


@given(some.text(max_size=200))
def test_what_is_no_file_stays_word_for_word(words):
    text = f"begin 644 of the story\n{words}\nand nothing more"
    assert taken_out(text) == (text, [])


def test_a_file_that_was_torn_off_stays_in_sight():
    text = encoded(b"half of it" * 20)[:-5]
    assert taken_out(text) == (text, [])


def test_blanks_that_were_lost_at_the_ends_of_lines_do_no_harm():
    content = bytes(90)
    text = "\n".join(line.rstrip() for line in encoded(content).replace("`", " ").split("\n"))
    assert taken_out(text) == ("[bill.pdf]", [File("bill.pdf", content)])


def test_many_beginnings_cost_no_time():
    text = "begin 644 a\nM\n" * 100_000
    began = time.process_time()
    assert taken_out(text)[1] == []
    assert time.process_time() - began < 3
