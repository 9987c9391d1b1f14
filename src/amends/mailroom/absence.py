"""Out-of-office answers in many languages: whether it is one, and the last day of the absence."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from amends.kit.clock import now

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = timedelta(days=200)  # an absence further ahead is a date of something else
BEGINNINGS = re.compile(
    r"(?:^|\n)[^\w\n]{0,20}(?:automatic (?:reply|response)|auto(?:mated|matic)?[- :]*(?:reply|response|"
    r"answer)|auto:|out of (?:the )?office|ooo\b|vacation|on (?:leave|holiday|vacation)|away from"
    r"|i am (?:currently )?(?:out|away|on)|i'm (?:currently )?(?:out|away|on)"
    r"|automatische antwort|abwesen|ich bin (?:bis|vom|zur ?zeit|derzeit|im urlaub|nicht)"
    r"|réponse automatique|absence|absent|je suis (?:absent|en congé)"
    r"|respuesta automática|fuera de (?:la )?oficina|ausencia|ausente"
    r"|risposta automatica|fuori (?:sede|ufficio)|assente|assenza"
    r"|automatisch antwoord|afwezig|resposta automática|ausência|fora do escritório"
    r"|autosvar|automatiskt svar|frånvaro|automatisk svar|fravær|ikke på kontoret|ferie"
    r"|automaattinen vastaus|poissa|odpowiedź automatyczna|autoodpowiedź|nieobecn"
    r"|automatická odpověď|mimo kancelář|automatikus válasz|răspuns automat"
    r"|автоматический ответ|автоответ|нет на месте|αυτόματη απάντηση|otomatik yanıt"
    r"|自動返信|自動応答|不在|自动回复|自動回覆|자동 ?응답|부재)",
    re.I,
)
INSIDE = re.compile(
    r"out of (?:the )?office|on (?:annual )?leave|on holiday|on vacation|away until|nicht im (?:büro|"
    r"haus)|im urlaub|en congés?|de vacaciones|in ferie|met vakantie|op vakantie|de férias|på semester"
    r"|på ferie|lomalla|na urlopie|na dovolené|в отпуске|休暇|休假|휴가",
    re.I,
)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio gen januari janeiro tammikuuta stycznia ledna"
            " jänner janv ene января",
            "february feb februar février febrero febbraio februari fevereiro helmikuuta lutego"
            " února fév févr fev февраля",
            "march mar märz mars marzo maart março maaliskuuta marca března mrz mär mrt марта",
            "april apr avril abril aprile huhtikuuta kwietnia dubna avr abr апреля",
            "may mai mayo maggio mei maio maj toukokuuta maja května mag мая",
            "june jun juni juin junio giugno junho kesäkuuta czerwca června giu июня",
            "july jul juli juillet julio luglio julho heinäkuuta lipca července juil lug июля",
            "august aug août agosto augustus augusti elokuuta sierpnia srpna ago августа",
            "september sep sept septembre septiembre settembre setembro syyskuuta września září set"
            " сентября",
            "october oct oktober octobre octubre ottobre outubro lokakuuta października října okt"
            " ott out октября",
            "november nov novembre noviembre novembro marraskuuta listopada listopadu ноября",
            "december dec dezember décembre diciembre dicembre dezembro joulukuuta grudnia prosince"
            " dez déc dic des desember декабря",
        ),
        start=1,
    )
    for name in names.split()
}
NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
DATES = re.compile(
    r"(?P<iso>\b\d{4}-\d{1,2}-\d{1,2}\b)"
    r"|(?P<east>(?:\d{4}\s?[年년]\s?)?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일])"
    r"|(?P<numbers>\b\d{1,2}[./]\s?\d{1,2}(?:[./]\s?(?:\d{4}|\d{2}\b))?)"
    rf"|(?P<day>\b\d{{1,2}})(?:st|nd|rd|th|\.|er|º|ª)?\s*(?:of |de |d['’])?(?P<month>{NAMES})\b\.?"
    r"(?:,?\s*(?:de )?(?P<year>\d{4}))?"
    rf"|\b(?P<month2>{NAMES})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s*(?P<year2>\d{{4}}))?",
    re.I,
)
LAST_DAY = re.compile(
    r"\bto\s+(?:the\s|\w+,?\s)?$|\b(?:until|till|through|thru|bis|jusqu['’]?(?:au|à)?|au|al|hasta|fino|tot|t/m|até|t\.o\.m\."
    r"|till och med|til og med|til|asti|do|dnia|по|до|έως|μέχρι)\b[^\d\n]{0,25}$"
    r"|(?:–|-|~|から|至|到)\s*$",
    re.I,
)
RETURNING = re.compile(
    r"\b(?:back|return\w*|again|wieder|zurück|retour|vuel\w+|regres\w+|torn\w+|rientr\w+|terug"
    r"|volt\w+|tillbaka|tilbage|tilbake|takaisin|wr[aó]c\w+|zpět|вернусь)\b[^\d\n]{0,40}$",
    re.I,
)
AFTERWARDS = re.compile(r"\s*(?:まで|为止|止|까지|asti)")


def is_absence(words: str) -> bool:
    """A weak sign by itself: people write about their holidays too."""
    return bool(BEGINNINGS.search(words) or INSIDE.search(words))


def away_until(words: str, *, on: date | None = None) -> date | None:
    """The last day of the absence. A date that can be read in two ways is left alone."""
    on = on or now().date()
    found = [day for day in _days(words, on) if on <= day <= on + LONGEST]
    return max(found, default=None)


def _days(words: str, on: date) -> Iterator[date]:
    for written in DATES.finditer(words):
        before = words[max(0, written.start() - 80) : written.start()]
        after = words[written.end() : written.end() + 6]
        day = _day(written, on)
        if day is None:
            continue
        if LAST_DAY.search(before) or AFTERWARDS.match(after):
            yield day
        elif RETURNING.search(before):
            yield day - timedelta(days=1)


def _day(written: re.Match[str], on: date) -> date | None:
    if written["iso"]:
        year, month, day = map(int, written["iso"].split("-"))
        return _date(year, month, day, on)
    if written["east"]:
        numbers = [int(each) for each in re.findall(r"\d+", written["east"])]
        year = numbers[0] if len(numbers) == 3 else 0
        return _date(year, numbers[-2], numbers[-1], on)
    if written["numbers"]:
        return _of_numbers(written["numbers"], on)
    name = (written["month"] or written["month2"]).lower()
    day = int(written["day"] or written["day2"])
    return _date(int(written["year"] or written["year2"] or 0), MONTHS[name], day, on)


def _of_numbers(written: str, on: date) -> date | None:
    """«3.4.» is a day and a month; «3/4» is that in Britain and the other way round elsewhere, so
    that both must lead to the same day, or only one to a day that is near."""
    first, second, *rest = (int(each) for each in re.findall(r"\d+", written))
    year = rest[0] + 2000 if rest and rest[0] < 100 else (rest[0] if rest else 0)
    readings = [_date(year, second, first, on)]
    if "/" in written:
        readings.append(_date(year, first, second, on))
    near = {day for day in readings if day and on <= day <= on + LONGEST}
    return near.pop() if len(near) == 1 else None


def _date(year: int, month: int, day: int, on: date) -> date | None:
    """Without a year it is the next such day."""
    try:
        meant = date(year or on.year, month, day)
        return meant.replace(year=on.year + 1) if not year and meant < on else meant
    except ValueError:
        return None
