"""Quoted history is folded away, never cut: `fresh` is what the customer wrote this time.

Marks of other people's words are looked for line by line, in linear time. Attribution lines in many
languages come from mail-parser-reply; the rest of that library would cut what stands below a quote.
"""

from __future__ import annotations

import re

from mailparser_reply.constants import MAIL_LANGUAGES

LONGEST_ATTRIBUTION = 300
ATTRIBUTIONS = [
    re.compile(language["wrote_header"], re.IGNORECASE)
    for language in MAIL_LANGUAGES.values()
    if "wrote_header" in language
]
ENDS_LIKE_ATTRIBUTION = re.compile(r"[:：]\s*$")
WROTE = re.compile(
    r"(?:\b(?:wrote|writes|schrieb|geschrieben|a écrit|escribió|escreveu|ha scritto|schreef|skrev|skreiv"
    r"|kirjoitti|napsal\(?a?\)?|napisał\(?a?\)?|pisze|írta|yazdı|пишет|писал\(?а?\)?|написал\(?а?\)?|έγραψε"
    r"|a scris|je napisao)|写道|寫道|님이 작성|のメール|wrote)[^:：\n]{0,160}[:：]$",
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
RULE = re.compile(r"\s*_{20,}\s*")
FIRST_LABEL = (
    "from|von|de|da|van|fra|från|lähettäjä|od|nadawca|kimden|feladó|отправитель|от|από|发件人|寄件者"
    "|差出人|보낸 사람|보낸사람|date|datum|data"
)
LABEL = (
    FIRST_LABEL + "|sent|gesendet|envoyé|enviado(?: el)?|inviato|verzonden|sendt|skickat|lähetetty"
    "|odesláno|wysłano|gönderme tarihi|elküldve|дата|отправлено|στάλθηκε|发送时间|寄件日期|送信日時"
    "|보낸 날짜|to|an|à|para|a|aan|til|till|vastaanottaja|komu|do|kime|címzett|кому|προς|收件人"
    "|收件者|宛先|받는 사람|subject|betreff|objet|asunto|assunto|oggetto|onderwerp|emne|ämne|aihe"
    "|předmět|temat|konu|tárgy|тема|θέμα|主题|主旨|件名|제목|cc|kopie|kopia|copie|抄送|참조"
    "|reply-to|importance"
)
FIRST_FIELD = re.compile(rf"[*\s]*(?:{FIRST_LABEL})\s?[*]?\s*[:：][*]?\s+\S", re.IGNORECASE)
FIELD = re.compile(rf"[*\s]*(?:{LABEL})\s?[*]?\s*[:：]", re.IGNORECASE)
SENT_FROM = re.compile(
    r"(?:"
    + "|".join(
        language["sent_from"] for language in MAIL_LANGUAGES.values() if language.get("sent_from")
    )
    + r"|sent (?:from|via|with) |envoyé de mon|enviado desde|von meinem .{1,30} gesendet)",
    re.IGNORECASE,
)
SEE_BELOW = re.compile(
    r"\b(?:below|inline|in-line|in red|in blue|in green|in bold|between the lines|unten|siehe"
    r"|ci-dessous|en rouge|abajo|más abajo|hieronder|nedenfor|nedan|qui sotto|in rosso)\b",
    re.IGNORECASE,
)
FEW_WORDS = 40


def fold(text: str) -> str:
    """The new words of a reply; the whole text when hardly any would be left."""
    lines = text.split("\n")
    quoted = [line.lstrip().startswith(">") for line in lines]
    _mark_histories(lines, quoted)
    kept = [line for line, is_quoted in zip(lines, quoted, strict=True) if not is_quoted]
    fresh = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return text.strip() if _says_too_little(fresh) else fresh


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
    for height in (1, 2, 3):
        together = " ".join(line.strip() for line in lines[number : number + height])
        if len(together) > LONGEST_ATTRIBUTION or number + height > len(lines):
            return 0
        if ENDS_LIKE_ATTRIBUTION.search(together):
            return height if _is_attribution(together) else 0
    return 0


def _is_attribution(line: str) -> bool:
    """A date or an address stands in it: «my mother wrote:» is a story."""
    if not re.search(r"\d{1,4}[./:年-]\d|\b\d{4}\b|@", line):
        return False
    return bool(WROTE.search(line)) or any(each.match(line) for each in ATTRIBUTIONS)


def _begins_history(lines: list[str], number: int) -> bool:
    line = lines[number]
    if SEPARATOR.fullmatch(line):
        return True
    if RULE.fullmatch(line):
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
