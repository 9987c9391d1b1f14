"""What mail programmes put above a quotation, in many languages: «On … she wrote:», blocks of header
lines, rules with a title. Looked for line by line, in linear time."""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST_ATTRIBUTION = 300
LONGEST_LABEL = 60
TALLEST_BLOCK = 8
ENDS_LIKE_ATTRIBUTION = re.compile(r"[:：]\s*$|^\s*-{3,}.*[^-\s]\s*-{3,}\s*$")
WROTE = re.compile(
    r"(?:\b(?:wrote|writes|schrieb|geschrieben|a écrit|escribió|escribiu|escreveu|ha scritto|schreef"
    r"|geschreven|skrev|skreiv|skrifaði|kirjoitti|kirjutas|napsal\(?a?\)?|napisał\(?a?\)?|nadesłał|napisana przez"
    r"|pisze|írta|yazdı|пишет|писал\(?а?\)?|написал\(?а?\)?|έγραψε|a scris|je napisao|napísal\(?a?\)?|napisal\(?a?\)?"
    r"|написа|напиша|піша|пише|написав|rašė|parašė|rakstīja|ha escrit|va escriure|idatzi|shkroi|menulis|tulis|đã viết"
    r"|เขียนว่า|כתב\(?/?ה?\)?|כתבה|كتبت?|نوشت|ने लिखा)|写道|寫道|작성|쓴 글|のメール|書きました|wrote)"
    r".{0,160}(?:[:：]|---)$",
    re.IGNORECASE,
)
# No programme speaks of itself: «On 1 June 2026 I wrote:» is a story.
MYSELF = re.compile(
    r"\b(?:I (?:had )?wrote|(?:schrieb|schreef) i[ck]h?|(?:ich|ik)\b.{1,60}\b(?:schrieb|geschrieben|schreef|geschreven)"
    r"|j['’](?:ai|avais) .{0,40}écrit|je (?:vous |t['’]|l['’])\s?ai écrit|skrev j(?:ag|eg)|j(?:ag|eg) skrev"
    r"|napisał[ae]m|(?:на)?писала? я|я (?:вам )?(?:на)?писала?)\b",
    re.IGNORECASE,
)
CITED = re.compile(
    r"\s*(?:zitat von|quoting|citando a?|citerar|citat fra|cytowanie) .{0,200}@", re.IGNORECASE
)
SEPARATOR_TITLE = (
    r"[-_*\s]{3,}(?:original (?:message|appointment|email)|ursprüngliche (?:nachricht|mitteilung|mail)"
    r"|original-?nachricht|message d['’]origine|(?:message|mail) original|mensaje original|mesaj(?:ul)? original"
    r"|mensagem original|messaggio originale|oorspronkelijk bericht|oprindelig (?:meddelelse|besked)|originalmeddelande"
    r"|ursprungligt meddelande|opprinnelig melding|alkuperäinen viesti|původní (?:zpráva|e-?mail)|pôvodná správa"
    r"|wiadomość oryginalna|oryginalna wiadomość|eredeti üzenet|orijinal (?:ileti|mesaj)|исходное сообщение"
    r"|оригинальное сообщение|αρχικό μήνυμα|原始邮件|原始郵件|原始信息|元のメッセージ|원본 (?:메시지|이메일|메일)"
    r"|reply message|forwarded by .{1,80})[-_*\s]{0,40}"
)
SEPARATOR = re.compile(SEPARATOR_TITLE, re.IGNORECASE)
FORWARDED = re.compile(
    r"[-_*\s]{0,30}(?:begin )?(?:forwarded message|weitergeleitete nachricht|message transféré"
    r"|mensaje reenviado|mensagem encaminhada|messaggio inoltrato|doorgestuurd bericht"
    r"|videresendt meddelelse|vidarebefordrat meddelande|przekazana wiadomość|пересылаемое сообщение"
    r"|转发的邮件|轉寄郵件|전달된 메시지)[-_*:\s]{0,40}",
    re.IGNORECASE,
)
TITLED_RULE = re.compile(
    r"\s*(?:[-_=*]{3,}(?:[^-_=*]|(?<=\w)-(?=\w)){0,60}[-_=*]{3,}|[-_=*]{4,})\s*"
)
RULE = re.compile(r"\s*[-_]{4,}\s*")
STARTS_LIKE_ATTRIBUTION = re.compile(
    r"\s*(?:on|am|le|el|em|no dia|il|in data|op|den|dne|dnia|dňa|dana|w dniu|på|pe|στις|на|vào|pada|----? ?on)\b"
    r"|\s*(?:\d|[^\W\d_]{2,12}[.,] ?\d|[^\W\d_]{3,12}, |wiadomość napisana)",
    re.IGNORECASE,
)
DATE_OR_ADDRESS = re.compile(r"\d[./-] ?\d{1,2}[./-] ?\d\d|\d[:.]\d\d\b|\d年|\b\d{4}\b|@")
ADDRESS_LAST = re.compile(
    r"<\s?[^<>\s]{1,200}@[^<>\s]{1,200}\s?>\s*:$"
    r"|\b(?:by|von|de|da|van|от|from)(?: [^\W\d_]{1,40}){0,4} [^<>\s]{1,200}@[^<>\s]{1,200}:$",
    re.IGNORECASE,
)
SENDER = (
    "from|von|de|da|van|fra|från|lähettäjä|od|nadawca|odesílatel|odosielateľ|kimden|gönderen|feladó|отправитель|от"
    "|від|από|发件人|寄件者|寄件人|差出人|送信者|보낸 ?사람|발신|מאת|من|de la|expéditeur|remitente|mittente|afzender"
    "|avsändare|afsender|šalje|nuo|saatja|từ|dari|จาก|由"
)
WHEN = (
    "date|sent|datum|gesendet|envoyée?(?: le)?|fecha|enviad[oa](?: el| em)?|data|data wysłania|inviato|verzonden"
    "|skickat|sendt|dato|lähetetty|päiväys|päivämäärä|wysłan[oe]|odesláno|odoslané|(?:el)?küldve|dátum|tarih"
    "|gönderildi|gönderme tarihi|trimis|изпратено|дата|отправлено|надіслано|ημερομηνία|στάλθηκε|poslano|išsiųsta"
    "|saadetud|đã gửi|dikirim|ส่ง|日付|日時|日期|送信日時|发送时间|寄件日期|보낸 ?날짜|날짜|נשלח|תאריך"
    "|تاريخ الإرسال|تم الإرسال|التاريخ|message du"
)
ABOUT = (
    "subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|ämne|rubrik|emne|aihe|temat|tema|předmět|predmet"
    "|zadeva|tárgy|konu|subiect|относно|тема|θέμα|teema|chủ đề|perihal|subjek|เรื่อง|件名|主题|主旨|제목|נושא|الموضوع"
)
OTHER_LABEL = (
    "to|an|à|para|per a|a|aan|til|till|saaja|vastaanottaja|komu|do|za|prima|kam|kime|alıcı|címzett|către|кому|до|προς"
    "|adressaat|đến|kepada|ถึง|收件人|收件者|宛先|받[는은] ?사람|אל|إلى|cc|kopie|kopia|copie(?: à)?|抄送|참조|עותק|نسخة"
    "|reply-to|importance"
)
FIELD = re.compile(
    rf"[*\s]*(?:(?P<sender>{SENDER})|{WHEN}|{ABOUT}|{OTHER_LABEL})\s?[*]?\s*[:：]|message du\s+\d",
    re.IGNORECASE,
)
IN_ONE_LINE = re.compile(rf"{SEPARATOR_TITLE}(?:{SENDER})\s?[:：]", re.IGNORECASE)
TIME_OR_ADDRESS = re.compile(r"\d[:.]\d\d\b|\S@\S|\d[時时点]")


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
    if not DATE_OR_ADDRESS.search(line) or MYSELF.search(line):
        return False
    address = ADDRESS_LAST.search(line)
    if address and re.search(r"\d", line[: address.start()]):
        return True
    return bool(WROTE.search(line) or CITED.match(line))


def height_of_block(lines: list[str], number: int) -> int:
    """How many lines From:, Sent:, To:, Subject: take here, in one of many languages and any order;
    nought when fewer than three stand together, or none says from whom."""
    if not _field(lines[number][:LONGEST_LABEL]):
        return 0
    fields, last, names_sender = 0, number, False
    step = 1 if "".join(lines[number + 1 : number + 2]).strip() else 2  # paragraphs of their own
    for at in range(number, min(len(lines), number + TALLEST_BLOCK * step), step):
        if "".join(lines[at - step + 1 : at]).strip():
            break
        field = _field(lines[at][:LONGEST_LABEL])
        is_end = not field and attribution(lines, at) == 1  # as Yandex ends it
        if field or is_end:
            fields, last = fields + 1, at
            names_sender = names_sender or is_end or bool(field and field["sender"])
        elif not _goes_on(lines, at):
            break
        if is_end:
            break
    return last + 1 - number if names_sender and fields >= 3 else 0


@lru_cache(maxsize=64)
def _field(line: str) -> re.Match[str] | None:
    """The same line is looked at from each of those above it."""
    return FIELD.match(line)


def _goes_on(lines: list[str], number: int) -> bool:
    """A long list of recipients takes several lines."""
    return lines[number].startswith((" ", "\t", "<")) or lines[number - 1].rstrip().endswith(
        (",", ";")
    )


def is_certain(lines: list[str]) -> bool:
    """Programmes write when, by the clock, or to which address. «From: London» is a customer's."""
    return any(TIME_OR_ADDRESS.search(line[:LONGEST_ATTRIBUTION]) for line in lines)
