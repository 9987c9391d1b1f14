"""A signature is kept apart from the words it stands under; where in doubt, it is words."""

from __future__ import annotations

import re

MOST_LINES = 12
MOST_LETTERS = 1_000
LONGEST_LINE = 120
DELIMITER = re.compile(r"[ \t]*(?:--|—|–|_{2,5})[ \t]*")
SENT_FROM = re.compile(
    r"sent (?:from|via|with|using) (?:my|the|an?|outlook|mail|yahoo|proton|samsung|gmail|windows|android)\b"
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
    first = max(0, len(lines) - MOST_LINES)
    for number in range(len(lines) - 1, first - 1, -1):
        if lines[number].startswith(">"):
            break
        if lines[number].strip() == SEAL:
            return number
        if _begins(lines, number, name):
            return _with_sent_from(lines, number)
    else:
        return _sealed_at(lines)
    return len(lines)


def _begins(lines: list[str], number: int, name: str) -> bool:
    block = lines[number:]
    if sum(map(len, block)) > MOST_LETTERS or max(map(len, block)) > LONGEST_LINE:
        return False
    line = lines[number].strip()
    if DELIMITER.fullmatch(line):
        return True
    if SENT_FROM.match(line):
        return not any(below.strip() for below in lines[number + 1 :]) or _is_link(lines, number)
    is_name = bool(name) and line.casefold() == name
    return is_name and len(block) > 1 and (number == 0 or not lines[number - 1].strip())


def _is_link(lines: list[str], number: int) -> bool:
    below = [line.strip() for line in lines[number + 1 :] if line.strip()]
    return all(line.startswith(("<http", "http", "[http", "(http")) for line in below)


def _with_sent_from(lines: list[str], number: int) -> int:
    """«Sent from …» often stands above the delimiter, or the other way round."""
    above = number - 1
    while above > 0 and not lines[above].strip():
        above -= 1
    line = lines[above].strip() if above > 0 else ""
    return above if len(line) <= LONGEST_LINE and SENT_FROM.match(line) else number


def _sealed_at(lines: list[str]) -> int:
    """A PGP signature may be longer than any other."""
    for number in range(len(lines) - 1, max(0, len(lines) - 60), -1):
        if lines[number].strip() == SEAL:
            return number
    return len(lines)
