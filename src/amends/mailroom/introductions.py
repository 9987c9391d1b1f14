"""What mail programmes put above a quotation, in many languages: «On … she wrote:», blocks of header
lines, rules with a title. Looked for line by line, in linear time."""

from __future__ import annotations

import re

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


def attribution(lines: list[str], number: int) -> int:
    """How many lines an «On … she wrote:» takes here; nought when there is none."""
    if not lines[number].strip():
        return 0
    tallest = 3 if STARTS_LIKE_ATTRIBUTION.match(lines[number]) else 1
    for height in range(1, tallest + 1):
        end = number + height
        if end > len(lines) or not lines[end - 1].strip():
            return 0  # it is wrapped, never spread over paragraphs
        together = " ".join(line.strip() for line in lines[number:end])
        if len(together) > LONGEST_ATTRIBUTION:
            return 0
        if ENDS_LIKE_ATTRIBUTION.search(together):
            return height if _is_attribution(together) else 0
    return 0


def _is_attribution(line: str) -> bool:
    """A date or an address stands in it: «my mother wrote:» is a story."""
    if not DATE_OR_ADDRESS.search(line):
        return False
    return bool(ADDRESS_LAST.search(line) or WROTE.search(line))


def is_header_block(lines: list[str], number: int) -> bool:
    """From:, Sent:, To:, Subject: in one of many languages, at least three of them together."""
    if not FIRST_FIELD.match(lines[number][:200]):
        return False
    block = [line for line in lines[number : number + 8] if line.strip()][:5]
    return sum(bool(FIELD.match(line[:200])) for line in block) >= 3
