"""A signature is kept apart from the words it stands under; where in doubt, it is words."""

from __future__ import annotations

import re

MOST_LINES = 12
MOST_LETTERS = 1_000
LONGEST_LINE = 120
ENDS = (".", "!", "?", "…", "。", "！", "？")
MOST_WORDS = 9  # of «Sent from …»
DELIMITER = re.compile(r"[ \t]*(?:--|[—–]{1,10}|_{2,5})[ \t]*")
LINKS = ("<http", "http", "[http", "(http")
SENT_FROM = re.compile(
    r"sent (?:from|via|with|using) (?:my|the|an?|outlook|mail|yahoo|proton|samsung|gmail|windows"
    r"|android|typeapp|spark|canary|blue|airmail|aol|sparrow|superhuman)\b"
    r"|get outlook for|gesendet (?:von|mit) |von meinem .{1,30} gesendet"
    r"|envoyé (?:depuis|de mon|avec|à partir)|enviado (?:desde|do|a partir|de mi)|inviato (?:da|dal|con)\b"
    r"|verzonden (?:vanaf|met|vanuit)|verstuurd vanaf|sendt fra|skickat från|skickades från|lähetetty |odesláno z"
    r"|wysłan[oe] z|отправлено (?:с|из)|надіслано з|gönderildi|iphoneから送信|.{0,20}から送信"
    r"|发自我的|從我的.{1,20}傳送|从我的.{1,20}发送|内 .{1,20}에서 보냄|나의 .{1,20}에서 보냄|내 .{1,20}에서 보냄"
    r"|στάλθηκε από|נשלח מ|أرسل من|mengirim dari|đã gửi từ",
    re.IGNORECASE,
)
SEAL = "-----BEGIN PGP SIGNATURE-----"


def parted(text: str, *, name: str = "") -> tuple[str, str]:
    """The words, and the signature below them. `name`: what the sender is called."""
    lines = text.rstrip().split("\n")
    end = _words_end(lines, " ".join(name.casefold().split()))
    words = "\n".join(lines[:end]).rstrip()
    if end == len(lines) or not re.search(r"\w|[^\x00-\xff]", words):
        return text.strip(), ""
    below = lines[end:]
    if DELIMITER.fullmatch(below[0]):
        below = below[1:]
    return words.strip("\n"), "\n".join(below).strip()


def _words_end(lines: list[str], name: str) -> int:
    """Read from below: «Sent from …», a mark with what stands under it, «Sent from …» again."""
    end, is_marked = len(lines), False
    for number in range(len(lines) - 1, max(0, len(lines) - MOST_LINES) - 1, -1):
        line = lines[number].strip()
        if line.startswith(">"):
            break
        if _is_sent_from(lines[number:end]):
            end = number
        elif not is_marked and _begins(lines, number, name):
            end, is_marked = number, True
    return end if end < len(lines) else _sealed_at(lines)


def _begins(lines: list[str], number: int, name: str) -> bool:
    line = lines[number].strip()
    if not DELIMITER.fullmatch(line) and not (
        name
        and line.casefold() == name
        and number < len(lines) - 1
        and (number == 0 or not lines[number - 1].strip())
    ):
        return False
    block = lines[number:]
    if sum(map(len, block)) > MOST_LETTERS or max(map(len, block)) > LONGEST_LINE:
        return False
    return not any(map(_is_sentence, block))


def _is_sentence(line: str) -> bool:
    """People set their points apart with dashes too, and add a postscript below their name."""
    count = len(line.split())
    return count > MOST_WORDS + 3 or (count >= 5 and line.rstrip().endswith(ENDS))


def _is_sent_from(block: list[str]) -> bool:
    """A line of the programme alone, or with its address below it. A sentence is none."""
    line = block[0].strip()
    if not SENT_FROM.match(line) or line.endswith(".") or ", " in line:
        return False
    is_short = len(line.split()) <= MOST_WORDS and len(line) <= LONGEST_LINE
    below = (each.strip() for each in block[1:])
    return is_short and all(not each or each.startswith(LINKS) for each in below)


def _sealed_at(lines: list[str]) -> int:
    """A PGP signature may be longer than any other."""
    for number in range(len(lines) - 1, max(0, len(lines) - 60), -1):
        if lines[number].strip() == SEAL:
            return number
    return len(lines)
