"""Quoted history is folded away, never cut: `fresh` is what the customer wrote this time.

Where the thread is known, only what was said in it is history: whatever marks it wears, a line with
one new word stays in sight. Where it is not, marks of other people's words are looked for line by
line, in linear time. The libraries for this cut whatever stands below a quote, and that is where
many customers answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from amends.mailroom.history import Said, words
from amends.mailroom.signature import SENT_FROM, parted

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_TEXT = 500_000  # beyond that all is shown
LONGEST_ATTRIBUTION = 300
ENDS_LIKE_ATTRIBUTION = re.compile(r"[:：]\s*$")
WROTE = re.compile(
    r"(?:\b(?:wrote|writes|schrieb|geschrieben|a écrit|escribió|escreveu|ha scritto|schreef|skrev|skreiv"
    r"|kirjoitti|napsal\(?a?\)?|napisał\(?a?\)?|nadesłał|pisze|írta|yazdı|пишет|писал\(?а?\)?|написал\(?а?\)?|έγραψε"
    r"|a scris|je napisao|napísal\(?a?\)?|написа|пише|написав|menulis|đã viết|เขียนว่า|כתב\(?/?ה?\)?|כתבה|كتبت?)|写道|寫道|님이 작성|のメール|wrote).{0,160}[:：]$",
    re.IGNORECASE,
)
SEPARATOR = re.compile(
    r"[-_*\s]{3,}(?:original (?:message|appointment)|ursprüngliche nachricht|originalnachricht"
    r"|message d'origine|message original|mensaje original|mensagem original|messaggio originale"
    r"|oorspronkelijk bericht|oprindelig meddelelse|originalmeddelande|ursprungligt meddelande"
    r"|opprinnelig melding|alkuperäinen viesti|původní zpráva|wiadomość oryginalna|eredeti üzenet"
    r"|orijinal ileti|исходное сообщение|αρχικό μήνυμα|原始邮件|原始郵件|元のメッセージ|원본 메시지"
    r"|reply message|forwarded by .{1,80})[-_*\s]{0,40}",
    re.IGNORECASE,
)
FORWARDED = re.compile(
    r"[-_*\s]{0,30}(?:begin )?(?:forwarded message|weitergeleitete nachricht|message transféré"
    r"|mensaje reenviado|mensagem encaminhada|messaggio inoltrato|doorgestuurd bericht"
    r"|videresendt meddelelse|vidarebefordrat meddelande|przekazana wiadomość|пересылаемое сообщение"
    r"|转发的邮件|轉寄郵件|전달된 메시지)[-_*:\s]{0,40}",
    re.IGNORECASE,
)
TITLED_RULE = re.compile(r"\s*(?:[-_=*]{3,}[^-_=*]{0,60}[-_=*]{3,}|[-_=*]{4,})\s*")
RULE = re.compile(r"\s*[-_=*]{4,}\s*")
STARTS_LIKE_ATTRIBUTION = re.compile(
    r"\s*(?:on|am|le|el|em|il|in data|op|den|dne|dnia|w dniu|på|pe|στις)\b|\s*(?:\d|[^\W\d_]{2,12}[.,] ?\d"
    r"|[^\W\d_]{3,12}, )",
    re.IGNORECASE,
)
DATE_OR_ADDRESS = re.compile(r"\d{1,4}[./:年-]\d|\b\d{4}\b|@")
ADDRESS_LAST = re.compile(r"\d.*<[^<>\s]{1,200}@[^<>\s]{1,200}>\s*:$")
FIRST_LABEL = (
    "from|von|de|da|van|fra|från|lähettäjä|od|nadawca|kimden|feladó|отправитель|от|από|发件人|寄件者"
    "|差出人|보낸 사람|보낸사람|מאת|من|від|odosielateľ|date|datum|data|message du"
)
LABEL = (
    FIRST_LABEL
    + "|sent|gesendet|envoyé(?: le)?|enviado(?: el)?|inviato|verzonden|sendt|skickat|lähetetty"
    "|odesláno|wysłano|gönderme tarihi|elküldve|дата|отправлено|στάλθηκε|发送时间|寄件日期|送信日時"
    "|보낸 날짜|to|an|à|para|a|aan|til|till|vastaanottaja|komu|do|kime|címzett|кому|προς|收件人"
    "|收件者|宛先|받는 사람|subject|betreff|objet|asunto|assunto|oggetto|onderwerp|emne|ämne|aihe"
    "|předmět|temat|konu|tárgy|тема|θέμα|主题|主旨|件名|제목|cc|kopie|kopia|copie(?: à)?|dato|抄送|참조"
    "|reply-to|importance|נשלח|תאריך|אל|נושא|עותק|تاريخ الإرسال|تم الإرسال|التاريخ|إلى|الموضوع|نسخة|надіслано|тема|predmet|předmět|komu"
)
FIRST_FIELD = re.compile(rf"[*\s]*(?:{FIRST_LABEL})\s?[*]?\s*[:：][*]?\s+\S", re.IGNORECASE)
FIELD = re.compile(rf"[*\s]*(?:{LABEL})\s?[*]?\s*[:：]", re.IGNORECASE)
SEE_BELOW = re.compile(
    r"\b(?:below|inline|in-line|in red|in blue|in green|in bold|between the lines|unten|siehe"
    r"|ci-dessous|en rouge|abajo|más abajo|hieronder|nedenfor|nedan|qui sotto|in rosso)\b",
    re.IGNORECASE,
)
FEW_WORDS = 40


MARKS = re.compile(r"^[>\s|]+")
ENOUGH_UNMARKED = 12  # words said before, at the end and without any mark


class Reading(NamedTuple):
    """A letter as a person would read it: what is new, and the signature below it."""

    fresh: str
    signature: str = ""


def read(
    text: str,
    *,
    thread: Sequence[str] | None = None,
    theirs: Sequence[str] = (),
    name: str = "",
) -> Reading:
    """`thread`: the letters of ours it may quote, None when we do not know them and must guess;
    `theirs`: their own. `name`: what the sender is called."""
    return Reading(*parted(fold(text, thread=thread, theirs=theirs), name=name))


def fold(text: str, *, thread: Sequence[str] | None = None, theirs: Sequence[str] = ()) -> str:
    """The new words of a reply; the whole text when hardly any would be left."""
    is_first = thread is not None and not any([*thread, *theirs])
    if len(text) > LONGEST_TEXT or is_first:
        return text.strip()
    lines = text.split("\n")
    quoted = [line.lstrip().startswith(">") for line in lines]
    _mark_histories(lines, quoted)
    if thread is not None and (any(quoted) or len(lines) > 1):
        quoted = _said_before(lines, quoted, Said(thread), theirs)
    kept = [line for line, is_quoted in zip(lines, quoted, strict=True) if not is_quoted]
    while any(quoted) and kept and (not kept[-1].strip() or RULE.fullmatch(kept[-1])):
        kept.pop()
    fresh = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return text.strip() if _says_too_little(fresh) else fresh


def _said_before(
    lines: list[str], quoted: list[bool], ours: Said, theirs: Sequence[str]
) -> list[bool]:
    """Of the lines that wear marks of history, those that are; and an end that wears none."""
    bare = [MARKS.sub("", line) for line in lines]
    frame = _frame(bare, quoted)
    spoken = [[] if is_frame else words(line) for line, is_frame in zip(bare, frame, strict=True)]
    is_ours = ours.repeats(spoken)
    _mark_wrapped(quoted, spoken, is_ours)
    all_said = Said(theirs, also=ours) if any(quoted) else ours
    found = [False] * len(lines)
    for first, last in _runs(bare, quoted):
        repeated = all_said.repeats(spoken[first:last])
        is_history = any(
            line and known for line, known in zip(spoken[first:last], repeated, strict=True)
        )
        if is_history or not any(bare[first:last]):
            found[first:last] = repeated
    _mark_end(found, spoken, is_ours)
    return found


def _frame(bare: list[str], quoted: list[bool]) -> list[bool]:
    """Lines that introduce a quotation: «On … she wrote:», header blocks, rules."""
    frame = [False] * len(bare)
    number = 0
    while number < len(bare):
        height = _height_of_frame(bare, number) if quoted[number] else 0
        frame[number : number + height] = [True] * height
        number += height or 1
    return frame


def _height_of_frame(bare: list[str], number: int) -> int:
    line = bare[number]
    if SEPARATOR.fullmatch(line) or RULE.fullmatch(line) or FORWARDED.fullmatch(line):
        return 1
    if height := _attribution(bare, number):
        return height
    if not _is_header_block(bare, number):
        return 0
    end = number
    while end < len(bare) and end < number + 8 and FIELD.match(bare[end][:200]):
        end += 1
    return end - number


def _runs(lines: list[str], quoted: list[bool]) -> list[tuple[int, int]]:
    """Where marked lines stand together, with nothing but blank lines between them."""
    runs: list[tuple[int, int]] = []
    first, last = None, 0
    for number, (line, is_quoted) in enumerate(zip(lines, quoted, strict=True)):
        if is_quoted:
            first, last = number if first is None else first, number + 1
        elif line and first is not None:
            runs.append((first, last))
            first = None
    return runs if first is None else [*runs, (first, last)]


def _mark_wrapped(quoted: list[bool], spoken: list[list[str]], is_ours: list[bool]) -> None:
    """Some programmes break long quoted lines and mark only the first half."""
    for number in range(1, len(quoted)):
        if quoted[number - 1] and is_ours[number] and spoken[number]:
            quoted[number] = True


def _mark_end(found: list[bool], spoken: list[list[str]], is_ours: list[bool]) -> None:
    """Some programmes quote without any mark: a long end of nothing but our words is history. Their
    own words are not, for people repeat what was not heard."""
    first = len(spoken)
    while first > 0 and (found[first - 1] or is_ours[first - 1]):
        first -= 1
    unmarked = sum(
        len(line) for line, known in zip(spoken[first:], found[first:], strict=True) if not known
    )
    if first > 0 and unmarked >= ENOUGH_UNMARKED:
        found[first:] = [True] * (len(found) - first)


def _mark_histories(lines: list[str], quoted: list[bool]) -> None:
    """Attributions fold with the quote they introduce; a separator folds all that follows."""
    number = 0
    while number < len(lines):
        if quoted[number]:
            number += 1
        elif FORWARDED.fullmatch(lines[number]):
            return  # what is forwarded is what they want us to read
        elif _begins_history(lines, number):
            quoted[number:] = [True] * (len(lines) - number)
            return
        elif height := _attribution(lines, number):
            following = _next_words(lines, number + height)
            if following < len(lines) and not quoted[following]:
                quoted[number:] = [True] * (len(lines) - number)
                return
            quoted[number : number + height] = [True] * height
            number += height
        else:
            number += 1


def _attribution(lines: list[str], number: int) -> int:
    """How many lines an «On … she wrote:» takes here; nought when there is none."""
    if not lines[number].strip():
        return 0
    tallest = 3 if STARTS_LIKE_ATTRIBUTION.match(lines[number]) else 1
    for height in range(1, tallest + 1):
        together = " ".join(line.strip() for line in lines[number : number + height])
        if len(together) > LONGEST_ATTRIBUTION or number + height > len(lines):
            return 0
        if ENDS_LIKE_ATTRIBUTION.search(together):
            return height if _is_attribution(together) else 0
    return 0


def _is_attribution(line: str) -> bool:
    """A date or an address stands in it: «my mother wrote:» is a story."""
    if not DATE_OR_ADDRESS.search(line):
        return False
    return bool(ADDRESS_LAST.search(line) or WROTE.search(line))


def _begins_history(lines: list[str], number: int) -> bool:
    line = lines[number]
    if SEPARATOR.fullmatch(line):
        return True
    if TITLED_RULE.fullmatch(line) and not FORWARDED.fullmatch(line):
        number = _next_words(lines, number + 1)
    return number < len(lines) and _is_header_block(lines, number)


def _is_header_block(lines: list[str], number: int) -> bool:
    """From:, Sent:, To:, Subject: in one of many languages, at least three of them together."""
    if not FIRST_FIELD.match(lines[number][:200]):
        return False
    block = [line for line in lines[number : number + 8] if line.strip()][:5]
    return sum(bool(FIELD.match(line[:200])) for line in block) >= 3


def _next_words(lines: list[str], number: int) -> int:
    while number < len(lines) and not lines[number].strip():
        number += 1
    return number


def _says_too_little(fresh: str) -> bool:
    """Nothing but a signature, or a hint that the answers stand inside the quote."""
    said = []
    for line in fresh.split("\n"):
        if line.rstrip() in ("--", "—", "__"):
            break
        if not SENT_FROM.match(line.strip()):
            said.append(line)
    words = " ".join(said)
    if not re.search(r"\w|[^\x00-\xff]", words):
        return True
    return len(words.split()) <= FEW_WORDS and bool(SEE_BELOW.search(words))
