"""What the cells of a column say: moments in any of the usual forms, money with a comma or a point.

Every form is one of ours, chosen by looking at the cells; nothing of a cell or heading becomes part
of a statement.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from amends.customers.importing.columns import SORTS, Field, Mapping, NotUnderstood, Sort, Source
from amends.kit.tables import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amends.kit.tables import Table

LOOKED_AT = 20_000  # rows
DIFFERENT = 2_000  # cells
DAYS = {
    "dmy": ["%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y", "%d/%m/%y", "%d-%m-%y"],
    "mdy": ["%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m/%d/%y", "%m-%d-%y"],
    "": ["%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%b %d, %Y",
         "%B %d, %Y", "%d-%b-%Y", "%d-%b-%y", "%a, %d %b %Y"],
}  # fmt: skip
HOURS = ["", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", "T%H:%M:%S", ", %H:%M"]
ORDERS = {"dmy": "the day", "mdy": "the month"}
ZONED = r"\d{2}:\d{2}.*([Zz]|[+-]\d{2}(:?\d{2})?)$"
BY_NUMBER = r"^\s*(\d{1,2})[./-](\d{1,2})[./-]\d"
# Since when a number counts: seconds and thousandths of 1970, days of a spreadsheet.
COUNTED = {
    r"^\d{10}$": "to_timestamp(TRY_CAST({c} AS BIGINT))::TIMESTAMP",
    r"^\d{13}$": "to_timestamp(TRY_CAST({c} AS BIGINT) / 1000)::TIMESTAMP",
    r"^[2-7]\d{4}(\.\d+)?$": "TIMESTAMP '1899-12-30' + to_seconds(round(TRY_CAST({c} AS DOUBLE) * 86400))",
}
SIGNS = {"€": "EUR", "£": "GBP", "R$": "BRL", "zł": "PLN", "CHF": "CHF", "¥": "JPY"}
YES = ["yes", "y", "true", "t", "1", "x", "ja", "oui", "si", "sí", "sim"]
NO = ["no", "n", "false", "f", "0", "nein", "non", "não"]
GONE = ["cancelled", "canceled", "cancel", "cancelado", "cancelada", "storniert", "annulé", "annulée",
        "annullato", "void", "voided", "unavailable", "failed", "declined",
        "no-show", "no_show", "noshow"]  # fmt: skip
BACK = ["refunded", "returned", "erstattet", "remboursé", "devuelto", "reembolsado"]
INCOMPLETE = ["short", "incomplete", "partial", "partially_shipped", "unvollständig"]


@dataclass
class Reading:
    """How this file writes its days and its money; `told` says it to people."""

    days: str = ""
    decimals: str = "point"
    forms: dict[Field, list[str]] = field(default_factory=dict)
    counted: dict[Field, str] = field(default_factory=dict)
    zoned: set[Field] = field(default_factory=set)
    told: list[str] = field(default_factory=list)


def look(table: Table, mapping: Mapping, *, days: str = "", decimals: str = "") -> Reading:
    if days not in ("", *ORDERS) or decimals not in ("", "comma", "point"):
        raise NotUnderstood("Say --map dates=dmy or mdy, and --map decimals=comma or point.")
    reading = Reading()
    moments = {f: s for f, s in mapping.sources.items() if SORTS.get(f) in (Sort.MOMENT, Sort.DAY)}
    money = [s for f, s in mapping.sources.items() if SORTS.get(f) in (Sort.MONEY, Sort.NUMBER)]
    reading.days = days or _which_first(table, reading, moments.values())
    reading.decimals = decimals or _which_decimals(table, money)
    for name, source in moments.items():
        _look_at_moments(table, reading, name, source)
    if reading.decimals == "comma":
        reading.told.append("Amounts are written with a comma: 1.234,50.")
    return reading


def text(source: Source) -> str:
    """The cells as one text; NULL where there is none."""
    if source.word is not None:
        return quoted(source.word)
    cells = [f"trim(c{n})" for n in source.columns]
    return (
        f"NULLIF({cells[0] if len(cells) == 1 else f'''concat_ws(' ', {', '.join(cells)})'''}, '')"
    )


def moment(reading: Reading, name: Field, source: Source, zone: str) -> str:
    """The moment in the time of the place. Where a cell says its zone, that is what counts."""
    cell = text(source)
    if name in reading.counted:
        return reading.counted[name].format(c=cell)
    plain = _with_year_first(cell)
    forms = reading.forms.get(name, [])
    if forms:
        listed = ", ".join(quoted(form) for form in forms)
        plain = f"COALESCE({plain}, try_strptime({cell}, [{listed}]))"
    if name not in reading.zoned:
        return plain
    there = f"TRY_CAST({cell} AS TIMESTAMPTZ) AT TIME ZONE {zone}"
    return f"CASE WHEN regexp_matches({cell}, {quoted(ZONED)}) THEN {there} ELSE {plain} END"


def number(reading: Reading, source: Source) -> str:
    """«£1,234.50», «1.234,50 €», «(12.00)», «12-»; two columns are multiplied."""
    return " * ".join(_number(reading, text(Source((n,)))) for n in source.columns) or (
        f"TRY_CAST({text(source)} AS DOUBLE)"
    )


def flag(source: Source) -> str:
    return f"CASE WHEN lower({text(source)}) {_among(YES)} THEN true WHEN lower({text(source)}) {_among(NO)} THEN false END"


def says(source: Source, words: list[str]) -> str:
    return f"COALESCE(lower({text(source)}) {_among(words)}, false)"


def sign_of(source: Source) -> str:
    """The currency by the sign that stands beside the money."""
    cell = text(source)
    found = " ".join(
        f"WHEN contains({cell}, '{sign}') THEN '{code}'" for sign, code in SIGNS.items()
    )
    return f"CASE {found} END"


def _with_year_first(cell: str) -> str:
    """«2026-05-03», with or without an hour; «3-5-26» is no year 3."""
    return f"CASE WHEN substr({cell}, 5, 1) = '-' THEN TRY_CAST({cell} AS TIMESTAMP) END"


def _number(reading: Reading, cell: str) -> str:
    thousands, point = (".", ",") if reading.decimals == "comma" else (",", ".")
    bare = f"regexp_replace({cell}, '[^0-9.,()+-]', '', 'g')"
    plain = f"replace(replace({bare}, '{thousands}', ''), '{point}', '.')"
    turned = rf"regexp_replace(regexp_replace({plain}, '^\((.*)\)$', '-\1'), '^(.*[0-9])-$', '-\1')"
    slowly = f"TRY_CAST({turned} AS DOUBLE)"
    if reading.decimals == "comma":
        return slowly
    return f"COALESCE(TRY_CAST({cell} AS DOUBLE), {slowly})"


def _among(words: list[str]) -> str:
    return f"IN ({', '.join(quoted(word) for word in words)})"


def _cells(table: Table, source: Source) -> str:
    """Different cells of the first rows and of rows here and there."""
    columns = f"SELECT {text(source)} AS c FROM cells"
    return f"""(SELECT DISTINCT c FROM (({columns} LIMIT {LOOKED_AT}) UNION ALL
        ({columns} USING SAMPLE {LOOKED_AT} ROWS (reservoir, 1)))
        WHERE c IS NOT NULL LIMIT {DIFFERENT})"""


def _which_first(table: Table, reading: Reading, sources: Iterable[Source]) -> str:
    """Nobody has thirteen months: the whole column is looked through."""
    most = [0, 0]
    for source in sources:
        cell = text(source)
        parts = [
            f"max(TRY_CAST(regexp_extract({cell}, {quoted(BY_NUMBER)}, {n}) AS INTEGER))"
            for n in (1, 2)
        ]
        ((first, second),) = table.ask(f"SELECT {', '.join(parts)} FROM cells")
        most = [max(most[0], first or 0), max(most[1], second or 0)]
    if not any(most):
        return "dmy"
    found = "mdy" if most[1] > 12 >= most[0] else "dmy"
    sure = "" if max(most) > 12 else " That is a guess: --map dates=mdy or dmy decides it."
    reading.told.append(f"In dates like 3/5/2026 {ORDERS[found]} comes first.{sure}")
    return found


def _which_decimals(table: Table, sources: Iterable[Source]) -> str:
    """What stands before the last one or two figures; of both, what comes last."""
    comma = point = 0
    for source in sources:
        for column in source.columns:
            sql = f"""SELECT count(*) FILTER (regexp_matches(c, ',\\d{{1,2}}\\D*$')),
                count(*) FILTER (regexp_matches(c, '\\.\\d{{1,2}}\\D*$'))
                FROM {_cells(table, Source((column,)))}"""
            ((commas, points),) = table.ask(sql)
            comma, point = comma + commas, point + points
    return "comma" if comma > point else "point"


def _look_at_moments(table: Table, reading: Reading, name: Field, source: Source) -> None:
    cells = _cells(table, source)
    ((count, zoned, plain),) = table.ask(
        f"""SELECT count(*), count(*) FILTER (regexp_matches(c, {quoted(ZONED)})),
        count({_with_year_first("c")}) FROM {cells}"""
    )
    if zoned:
        reading.zoned.add(name)
    if plain == count:
        return
    forms = [day + hour for day in (*DAYS[reading.days], *DAYS[""]) for hour in HOURS]
    asked = ", ".join(
        f"count(*) FILTER (year(try_strptime(c, {quoted(form)})) > 999)" for form in forms
    )
    (hits,) = table.ask(f"SELECT {asked} FROM {cells} WHERE {_with_year_first('c')} IS NULL")
    ranked = sorted(zip(hits, forms, strict=True), key=lambda hit: -hit[0])
    reading.forms[name] = [form for hit, form in ranked if hit]
    if reading.forms[name]:
        return
    for pattern, meant in COUNTED.items():
        ((fitting,),) = table.ask(
            f"SELECT count(*) FILTER (regexp_matches(c, {quoted(pattern)})) FROM {cells}"
        )
        if fitting * 2 > count:
            reading.counted[name] = meant
            return
