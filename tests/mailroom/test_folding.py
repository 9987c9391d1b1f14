from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.folding import fold
from amends.mailroom.parsing import parse
from tests.mailroom.mails import real_mails

OURS = "We have received your message.\nIt will be answered today."
QUOTED = "\n".join(f"> {line}" for line in OURS.split("\n"))
NEW = "The plate came, but it is chipped again.\nPlease call me."

ATTRIBUTIONS = {
    "English": "On Tue, 2 Jun 2026 at 09:12, Service Desk <desk@amends.test> wrote:",
    "English, wrapped": "On Tue, 2 Jun 2026 at 09:12, Service Desk <\ndesk@amends.test> wrote:",
    "German": "Am 02.06.2026 um 09:12 schrieb Service Desk <desk@amends.test>:",
    "French": "Le mar. 2 juin 2026 à 09:12, Service Desk <desk@amends.test> a écrit :",
    "Spanish": "El mar, 2 jun 2026 a las 9:12, Service Desk (<desk@amends.test>) escribió:",
    "Portuguese": "Em ter., 2 de jun. de 2026 às 09:12, Desk <desk@amends.test> escreveu:",
    "Italian": "Il giorno mar 2 giu 2026 alle ore 09:12 Desk <desk@amends.test> ha scritto:",
    "Dutch": "Op di 2 jun 2026 om 09:12 schreef Service Desk <desk@amends.test>:",
    "Danish": "Den tirs. 2. jun. 2026 kl. 09.12 skrev Service Desk <desk@amends.test>:",
    "Finnish": "ti 2. kesäk. 2026 klo 9.12 Service Desk (desk@amends.test) kirjoitti:",
    "Polish": "wt., 2 cze 2026 o 09:12 Service Desk <desk@amends.test> napisał(a):",
    "Czech": "út 2. 6. 2026 v 9:12 odesílatel Service Desk <desk@amends.test> napsal:",
    "Russian": "вт, 2 июн. 2026 г. в 09:12, Service Desk <desk@amends.test>:",
    "Turkish": "Service Desk <desk@amends.test>, 2 Haz 2026 Sal, 09:12 tarihinde şunu yazdı:",
    "Hungarian": "Service Desk <desk@amends.test> ezt írta (időpont: 2026. jún. 2., K, 9:12):",
    "Greek": "Στις Τρί 2 Ιουν 2026 στις 9:12 π.μ., ο χρήστης Desk <desk@amends.test> έγραψε:",
    "Japanese": "2026年6月2日(火) 9:12 Service Desk <desk@amends.test>:",
    "Korean": "2026년 6월 2일 (화) 오전 9:12, Service Desk <desk@amends.test>님이 작성:",
    "Chinese": "Service Desk <desk@amends.test> 于2026年6月2日周二 09:12写道：",
}
BLOCKS = {
    "English": "From: Desk\nSent: 02 June 2026 09:12\nTo: Ana\nSubject: Chipped plate",
    "English, starred": "*From:* Desk <desk@amends.test>\n*Sent:* 2 June 2026\n*To:* Ana\n*Subject:* Plate",
    "German": "Von: Desk\nGesendet: Dienstag, 2. Juni 2026 09:12\nAn: Ana\nBetreff: Teller",
    "French": "De : Desk\nEnvoyé : mardi 2 juin 2026 09:12\nÀ : Ana\nObjet : Assiette",
    "Spanish": "De: Desk\nEnviado el: martes, 2 de junio de 2026 9:12\nPara: Ana\nAsunto: Plato",
    "Italian": "Da: Desk\nInviato: martedì 2 giugno 2026 09:12\nA: Ana\nOggetto: Piatto",
    "Dutch": "Van: Desk\nVerzonden: dinsdag 2 juni 2026 09:12\nAan: Ana\nOnderwerp: Bord",
    "Swedish": "Från: Desk\nSkickat: den 2 juni 2026 09:12\nTill: Ana\nÄmne: Tallrik",
    "Danish": "Fra: Desk\nSendt: 2. juni 2026 09:12\nTil: Ana\nEmne: Tallerken",
    "Polish": "Od: Desk\nWysłano: wtorek, 2 czerwca 2026 09:12\nDo: Ana\nTemat: Talerz",
    "Chinese": "发件人: Desk\n发送时间: 2026年6月2日 9:12\n收件人: Ana\n主题: 盘子",
    "Japanese": "差出人: Desk\n送信日時: 2026年6月2日 9:12\n宛先: Ana\n件名: 皿",
}


@pytest.mark.parametrize("language", ATTRIBUTIONS)
def test_freescout_separators_answers_above_a_quote_in_many_languages(language):
    """Guarantee 9."""
    assert fold(f"{NEW}\n\n{ATTRIBUTIONS[language]}\n\n{QUOTED}\n") == NEW


@pytest.mark.parametrize("language", ATTRIBUTIONS)
def test_freescout_349_answers_below_and_between_a_quote_are_kept(language):
    """Guarantee 9."""
    first, second = QUOTED.split("\n")
    text = f"{ATTRIBUTIONS[language]}\n{first}\nNo, you have not.\n\n{second}\n{NEW}\n"
    assert fold(text) == f"No, you have not.\n\n{NEW}"


@pytest.mark.parametrize("language", BLOCKS)
@pytest.mark.parametrize("above", ["", "_" * 32 + "\n", "-----Original Message-----\n"])
def test_freescout_5545_header_blocks_of_outlook_in_many_languages(language, above):
    """Guarantee 9."""
    assert fold(f"{NEW}\n\n{above}{BLOCKS[language]}\n\n{OURS}") == NEW


@pytest.mark.parametrize(
    "text",
    [
        f"{QUOTED}\n",
        f"On 2 June 2026 you wrote:\n{QUOTED}",
        f"{QUOTED}\n\n-- \nAna Lima",
        f"Sent from my iPhone\n\nOn 2 June 2026 you wrote:\n{QUOTED}",
        f"-----Original Message-----\n{OURS}",
        f"Please see my answers below.\n\nOn 2 June 2026 you wrote:\n{QUOTED}",
        f"Antworten siehe unten in rot\n\n{BLOCKS['German']}\n{OURS}",
    ],
)
def test_freescout_5624_when_nearly_nothing_is_left_everything_is_shown(text):
    """Guarantee 9."""
    assert fold(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "On Monday my mother wrote: never again.\nI agree.",
        "From: the start I was unhappy.\nThe end.",
        "From: the kitchen\nTo: the table\nit took an hour",
        "- one\n- two\n-- three",
        "-----\nA rule is no quote\n-----",
        "He said at 9:12:\nno refund",
        "My address is\nAna, 12 Long Lane, 2026 Bath:\nplease deliver there",
        "Re: your letter of 2026, I wrote:\nnothing",
        "See https://x.test/on-2026-05-02-someone-wrote:\nthat is it",
        "The data comes From: our shop, not From: yours",
        "Date: 2 June 2026\nFrom: London\nTo: Bath\nSubject: my parcel\nWhere is it?",
        "Von: Berlin\nAn: Bath\nGesendet: gestern\nBetreff: Paket\nWo ist es?",
        "On 1 June 2026 at 9:12 I wrote:\nplease replace the vase\nand nobody answered.",
        "On 1 June 2026 my neighbour wrote:\nnobody calls back",
    ],
)
def test_stories_that_look_like_quotes_are_kept(text):
    assert fold(text) == text


def test_freescout_5657_what_is_forwarded_is_what_they_want_us_to_read():
    """Guarantee 9."""
    text = f"See this.\n\n---------- Forwarded message ---------\n{BLOCKS['English']}\n\n{OURS}"
    assert fold(text) == text


def test_osticket_5548_a_separator_that_begins_with_dashes_is_no_signature():
    """Guarantee 9."""
    assert fold(f"{NEW}\n\n-- original message --\n{OURS}") == NEW


@pytest.mark.parametrize("above", ["-----Original Message-----\n", BLOCKS["German"] + "\n\n"])
def test_freescout_349_answers_below_a_marked_quote_are_kept_whatever_introduces_it(above):
    """Guarantee 9."""
    text = f"Hello,\n\n{above}{QUOTED}\n\n{NEW}\n"
    assert fold(text) == f"Hello,\n\n{NEW}"


def test_freescout_separators_samsung_writes_all_of_it_in_one_line():
    """Guarantee 9."""
    line = "-------- Original message --------From: Desk <desk@amends.test> Date: 2/6/26  09:12 To: Ana"
    assert fold(f"{NEW}\n\n{line}\n{OURS}") == NEW


def test_what_ends_with_a_rule_of_their_own_keeps_it():
    assert fold(f"{NEW}\n==========\n\n{ATTRIBUTIONS['English']}\n{QUOTED}") == f"{NEW}\n=========="


def test_mailstrip_5_a_signature_without_newline_at_the_end():
    """Guarantee 9."""
    assert fold(f"{NEW}\n--") == f"{NEW}\n--"


LETTER = "We are sorry for the delay and shall call you on Monday at nine.\nYours, the desk"
UNMARKED = "Neue Wörter.\n\nEine Zeile, die niemand kennt: x\n" + LETTER


def test_freescout_4460_an_end_of_our_words_is_folded_without_any_mark():
    """Guarantee 9: in whatever language the programme introduces it."""
    assert fold(UNMARKED, thread=[LETTER]) == "Neue Wörter.\n\nEine Zeile, die niemand kennt: x"
    assert fold(UNMARKED, thread=["Other words."]) == UNMARKED


def test_the_second_half_of_a_broken_line_is_history_too():
    """Guarantee 9."""
    line = "We are very sorry indeed for the long delay, and shall call you on Monday at nine."
    first, _, second = line.partition(" shall ")
    text = (
        f"On 2 June 2026, Desk <desk@amends.test> wrote:\n> {first}\nshall {second}\nNo, today.\n"
    )
    assert fold(text, thread=[line]) == "No, today."


def test_what_they_say_a_second_time_stays_in_sight():
    """Guarantee 9: people repeat what was not heard."""
    again = f"Hello again,\n\n{NEW}\nAnd please do it today, as I have asked you twice."
    assert fold(again, thread=[LETTER], theirs=[again]) == again
    assert fold(f"Hello\n\n> {NEW}", thread=[LETTER], theirs=[NEW]).startswith("Hello")


def test_a_sign_between_our_lines_is_an_answer():
    """Guarantee 9."""
    first, second = LETTER.split("\n")
    text = f"On 2 June 2026, Desk <desk@amends.test> wrote:\n> {first}\n👍\n> {second}\n"
    assert fold(text, thread=[LETTER]) == "👍"


def test_freescout_4638_words_written_into_a_line_of_ours_stay_in_sight():
    """Guarantee 9."""
    line = "We are sorry for the delay and shall call you NO on Monday at nine."
    block = BLOCKS["English"]
    assert "NO" in fold(f"See below\n\n{block}\n\n{line}\nYours, the desk", thread=[LETTER])
    assert "NO" in fold(f"Hello there\n\n{block}\n\n{line}\nYours, the desk", thread=[LETTER])


def test_thanks_alone_is_an_answer():
    assert fold(f"Thanks\n\n{ATTRIBUTIONS['English']}\n{QUOTED}") == "Thanks"
    assert fold(f"👍\n\n{ATTRIBUTIONS['English']}\n{QUOTED}") == "👍"
    assert fold(f"谢谢\n\n{ATTRIBUTIONS['Chinese']}\n{QUOTED}") == "谢谢"


@given(st.lists(st.text(alphabet=st.characters(exclude_characters=":：>\n\r-_*=")), max_size=12))
def test_lines_that_mark_nothing_are_all_kept(lines):
    text = "\n".join(lines)
    kept = [line.strip() for line in fold(text).split("\n") if line.strip()]
    assert kept == [line.strip() for line in text.split("\n") if line.strip()]


@given(st.text())
def test_what_is_folded_was_there_and_something_is_always_shown(text):
    fresh = fold(text)
    assert bool(fresh) == bool(text.strip())


@pytest.mark.parametrize(
    "piece",
    [
        ">\n",
        "On \n",
        "From: a\n",
        "From: a@b\n\n",
        "To: a,\nTo: b\n",
        "-----\n",
        "----- a-a ",
        "\n",
        "a\n\n\n",
        "On 2020, 12:12 " * 18 + ":\n",
        "1 von a b c d " * 20 + ":\n",
        "ich schrieb ",
        "* ",
    ],
)
def test_cve_2026_48187_hostile_text_costs_no_time(piece):
    """Guarantee 9."""
    began = process_time()
    fold(piece * (400_000 // len(piece)))
    assert process_time() - began < 4


def test_real_replies_of_many_programmes_give_their_new_words():
    replies = real_mails("email_replies", ".eml")
    for name, raw in replies.items():
        if "standard_replies" in name:
            fresh = fold(parse(raw).text)
            assert fresh.split("\n")[0].strip() in ("Hello", "Test reply"), name
            assert ">" not in fresh, name


def test_real_replies_never_lose_a_line_above_the_quote():
    for name, raw in real_mails("email_replies", ".txt").items():
        text = raw.decode("utf-8", "replace").replace("\r\n", "\n")
        first = next(line for line in text.split("\n") if line.strip())
        if not first.startswith((">", "On ", "From:")):
            assert first.strip() in fold(text), name
