"""What the rows of a table say, each cell in its own form: the engine's table `told`, sorted by
customer, and `refused` with the rows that cannot be taken and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amends.customers.importing.cells import (
    BACK,
    GONE,
    INCOMPLETE,
    flag,
    moment,
    number,
    says,
    sign_of,
    text,
)
from amends.customers.importing.columns import Field, Kind, Mapping
from amends.kit.tables import quoted

if TYPE_CHECKING:
    from datetime import datetime

    from amends.customers.importing.cells import Reading
    from amends.kit.tables import Table

F = Field
LONGEST_ID, LONGEST_NAME = 100, 200
LARGEST = 10**9
RECENT = "36 hours"  # so long ago, somebody may still have to act on it
LATELY = "90 days"  # so long ago, a cancellation without a day is taken to be news
MOMENTS = (
    F.ORDERED_AT,
    F.DELIVERED_AT,
    F.CANCELLED_AT,
    F.AT,
    F.EXPECTED_AT,
    F.ARRIVED_AT,
    F.LEFT_AT,
)
NOBODY = "Nobody is named: no number, e-mail address or telephone number of the customer."
# Of each kind: the columns of `told` beside who and where, and how they are had from the typed cells.
ORDER_ROW = {
    "amount": "CASE WHEN amount < 0 THEN 0 ELSE amount END::DECIMAL(12, 2)",
    "currency": "CASE WHEN amount IS NOT NULL THEN currency END",
    "ordered_at": "ordered_at",
    "ordered_on": "ordered_on",
    "promised_on": "promised_on",
    "delivered_at": "delivered_at",
    "cancelled_at": "COALESCE(cancelled_at, CASE WHEN gone THEN "
    f"CASE WHEN ordered_at > now - INTERVAL '{LATELY}' THEN now ELSE ordered_at END END)",
    "refunded": "CASE WHEN amount < 0 THEN COALESCE(refunded, 0) - amount "
    "WHEN back THEN COALESCE(refunded, amount) ELSE refunded END::DECIMAL(12, 2)",
    "short": "short",
}
VISIT_ROW = {
    "table": '"table"',
    "expected_at": 'COALESCE(expected_at, CASE WHEN "at" > now OR gone THEN "at" END)',
    "arrived_at": 'COALESCE(arrived_at, CASE WHEN "at" <= now AND NOT gone THEN "at" END)',
    "left_at": "left_at",
    "amount": "amount::DECIMAL(12, 2)",
    "currency": "CASE WHEN amount IS NOT NULL THEN currency END",
    "cancelled_at": 'COALESCE(cancelled_at, CASE WHEN gone THEN LEAST(now, "at") END)',
}
RATING_ROW = {
    "order_id": '"order"',
    "score": "score::DECIMAL(7, 2)",
    "best": "COALESCE(best, (SELECT CASE WHEN max(score) <= 5 THEN 5 WHEN max(score) <= 10 THEN 10 "
    "ELSE 100 END FROM typed WHERE trouble IS NULL))::INTEGER",
    "words": "words",
    "at": '"at"',
}
ROWS = {Kind.CUSTOMERS: {"values": '"values"', "dislikes": "dislikes"},
        Kind.ORDERS: ORDER_ROW, Kind.VISITS: VISIT_ROW, Kind.RATINGS: RATING_ROW}  # fmt: skip
WHEN = {Kind.ORDERS: "ordered_at", Kind.VISITS: 'COALESCE(arrived_at, expected_at, "at")',
        Kind.RATINGS: '"at"'}  # fmt: skip


@dataclass(frozen=True)
class Where:
    """A place as the table may name it; with no word, the one for all rows that name none."""

    word: str
    place: int | None
    zone: str
    currency: str


def tell(
    table: Table, mapping: Mapping, reading: Reading, *, places: list[Where], at: datetime
) -> None:
    """`places` ends with the one for rows that name none."""
    Telling(table, mapping, reading, places, at).tell()


@dataclass
class Telling:
    table: Table
    mapping: Mapping
    reading: Reading
    places: list[Where]
    at: datetime

    def tell(self) -> None:
        run = self.table.engine.execute
        run("CREATE TABLE places (word VARCHAR, place BIGINT, zone VARCHAR, money VARCHAR)")
        for where in self.places:
            run(
                "INSERT INTO places VALUES (?, ?, ?, ?)",
                (where.word.casefold(), where.place, where.zone, where.currency),
            )
        run(f"CREATE TABLE typed AS SELECT * FROM ({self._typed()}) WHERE NOT blank")
        run("CREATE TABLE refused AS SELECT row, trouble FROM typed WHERE trouble IS NOT NULL")
        if self.mapping.kind == Kind.ORDERS and self._is_summed():
            self._sum_up()
        self._sort()
        run("DROP TABLE typed")

    def _is_summed(self) -> bool:
        amount = self.mapping.sources.get(F.AMOUNT)
        return amount is not None and amount.summed

    def repeated(self) -> int:
        """How many rows tell of one that comes again further down."""
        if F.ID not in self.mapping:
            return 0
        ((count,),) = self.table.ask(
            "SELECT COALESCE(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM typed "
            "WHERE trouble IS NULL GROUP BY hash(id)) WHERE n > 1"
        )
        return int(count)

    def _typed(self) -> str:
        """Each cell in its form, and the first thing that is wrong with the row."""
        named = self._named()
        columns = ", ".join(f'{sql} AS "{name}"' for name, sql in named.items())
        local = f"""SELECT {columns}, COALESCE(known.place, every.place) AS place_key,
            COALESCE(known.zone, every.zone) AS zone, COALESCE(known.money, every.money) AS money,
            known.word AS place_known
            FROM (SELECT cells.*, rowid AS row FROM cells)
            LEFT JOIN places AS known ON known.word = lower({self._text(F.PLACE)})
            JOIN places AS every ON every.word = ''"""
        moments = ", ".join(
            f'{self._utc(f)} AS "{f}"' for f in MOMENTS if f in NAMED[self.mapping.kind]
        )
        derived = f" REPLACE ({moments})" if moments else ""
        return f"""SELECT *{derived}, {self._days()} {self._trouble()} AS trouble FROM
            (SELECT *, {self._now()} AS now FROM ({local}))"""

    def _named(self) -> dict[str, str]:
        """The cells of a row by the name of what they hold, moments still in the time of the place."""
        zone = self._zone("COALESCE(known.zone, every.zone)")
        named = {"row": "row"}
        for one in NAMED[self.mapping.kind]:
            source = self.mapping.sources.get(one)
            raw = self._text(one)
            if one in MOMENTS or one == F.PROMISED_ON:
                typed = moment(self.reading, one, source, zone) if source else "NULL::TIMESTAMP"
                named[one] = typed
                named[f"{one} told"] = raw
            elif one in NUMBERS:
                named[one] = number(self.reading, source) if source else "NULL::DOUBLE"
                named[f"{one} told"] = raw
            else:
                named[one] = raw
        return named | self._known(named) | self._flags()

    def _known(self, named: dict[str, str]) -> dict[str, str]:
        """Who it is, as it is compared; what cannot be an address is none."""
        who = named.get(F.CUSTOMER, "") or named[F.ID]
        currency = f"upper({self._text(F.CURRENCY)})"
        if F.AMOUNT in self.mapping and F.CURRENCY not in self.mapping:
            currency = sign_of(self.mapping.sources[F.AMOUNT])
        email, phone = self._text(F.EMAIL), self._text(F.PHONE)
        cells = [f"c{n}" for n in range(len(self.table.columns))]
        return {
            "cid": f"COALESCE({who}, '')",
            "email": f"CASE WHEN regexp_full_match({email}, '[^@\\s]+@[^@\\s]+') "
            f"AND length({email}) < 255 THEN {email} ELSE '' END",
            "phone": f"CASE WHEN length(regexp_replace({phone}, '\\D', '', 'g')) BETWEEN 3 AND 20 "
            f"THEN left({phone}, 40) ELSE '' END",
            "name": f"left(COALESCE({self._text(F.NAME)}, ''), {LONGEST_NAME})",
            "currency told": currency,
            "blank": f"COALESCE({', '.join(cells)}) IS NULL",
        }

    def _flags(self) -> dict[str, str]:
        status, short = self.mapping.sources.get(F.STATUS), self.mapping.sources.get(F.SHORT)
        incomplete = f"NULLIF({says(status, INCOMPLETE)}, false)" if status else "NULL::BOOLEAN"
        return {
            "gone": says(status, GONE) if status else "false",
            "back": says(status, BACK) if status else "false",
            "short": flag(short) if short else incomplete,
        }

    def _text(self, one: Field) -> str:
        source = self.mapping.sources.get(one)
        return text(source) if source else "NULL::VARCHAR"

    def _utc(self, one: Field) -> str:
        return (
            f'"{one}"'
            if self._zone() == "'UTC'"
            else f"""timezone('UTC', timezone({self._zone()}, "{one}"))"""
        )

    def _zone(self, by_row: str = "zone") -> str:
        """Looked up once rather than for each row, where all places keep the same hours."""
        zones = {where.zone for where in self.places}
        return quoted(zones.pop()) if len(zones) == 1 else by_row

    def _days(self) -> str:
        """The day it was there, before the moment is told in the world's time."""
        found = 'COALESCE("currency told", money) AS currency, '
        if self.mapping.kind == Kind.ORDERS:
            found += "ordered_at::DATE AS ordered_on, "
        return found

    def _now(self) -> str:
        return f"TIMESTAMP '{self.at:%Y-%m-%d %H:%M:%S}'"

    def _trouble(self) -> str:
        told = [f"WHEN {when} THEN {words}" for when, words in self._troubles()]
        return f"CASE {' '.join(told)} END"

    def _troubles(self) -> list[tuple[str, str]]:
        kind, names = self.mapping.kind, NAMED[self.mapping.kind]
        nobody = "cid = '' AND email = '' AND phone = ''"
        if kind == Kind.RATINGS:
            nobody += ' AND "order" IS NULL'
        found = [(nobody, quoted(NOBODY))]
        if F.ID in self.mapping and kind != Kind.CUSTOMERS:
            found.append(("id IS NULL", quoted("It has no number of its own.")))
        found.append((f"length(id) > {LONGEST_ID} OR length(cid) > {LONGEST_ID}",
                      quoted("A number is longer than a hundred letters.")))  # fmt: skip
        found.append((f"{self._text_of(F.PLACE)} IS NOT NULL AND place_known IS NULL",
                      _shown(F.PLACE, "is no place here.")))  # fmt: skip
        for one in names:
            if one in MOMENTS or one == F.PROMISED_ON:
                found.append((f'"{one} told" IS NOT NULL AND "{one}" IS NULL',
                              _shown(f"{one} told", f"({one}) is no day or moment that can be read.")))  # fmt: skip
                found.append((f'year("{one}") NOT BETWEEN 1970 AND 2200',
                              _shown(f"{one} told", f"({one}) lies too far away.")))  # fmt: skip
            elif one in NUMBERS:
                found.append((f'"{one} told" IS NOT NULL AND "{one}" IS NULL',
                              _shown(f"{one} told", f"({one}) is no number that can be read.")))  # fmt: skip
                found.append(
                    (f'abs("{one}") >= {LARGEST}', _shown(f"{one} told", f"({one}) is too large."))
                )
        return found + self._troubles_of(kind)

    def _troubles_of(self, kind: Kind) -> list[tuple[str, str]]:
        later = "now + INTERVAL 1 DAY"
        if kind == Kind.ORDERS:
            return [
                ("ordered_at IS NULL", quoted("It has no day.")),
                (
                    f"ordered_at > {later} OR delivered_at > {later}",
                    quoted("It lies in the future."),
                ),
                CURRENCY,
            ]
        if kind == Kind.VISITS:
            return [
                ("place_key IS NULL", quoted("No place is named: say which with --place.")),
                ('COALESCE(arrived_at, expected_at, "at") IS NULL', quoted("It has no day.")),
                (f"arrived_at > {later} OR left_at > {later}", quoted("It lies in the future.")),
                ("amount < 0", quoted("Less than nothing was paid.")),
                CURRENCY,
            ]
        if kind == Kind.RATINGS:
            return [
                ("score IS NULL", quoted("It has no score.")),
                ('"at" IS NULL', quoted("It has no day.")),
                (f'"at" > {later}', quoted("It lies in the future.")),
                (
                    "score > COALESCE(best, 100)",
                    _shown("score told", "(score) is more than the best."),
                ),
                ("score < 0", _shown("score told", "(score) is less than nothing.")),
            ]
        return []

    def _text_of(self, one: Field) -> str:
        return f'"{one}"'

    def _sum_up(self) -> None:
        """One row for each order. An order of which a row cannot be read is held back whole: else
        its sum would be wrong."""
        run = self.table.engine.execute
        run("""INSERT INTO refused SELECT row, 'Another row of this order cannot be read.' FROM typed
            WHERE trouble IS NULL AND id IN (SELECT id FROM typed WHERE trouble IS NOT NULL)""")
        run("""CREATE TABLE summed AS SELECT * REPLACE (total AS amount, back_again AS refunded)
            FROM (SELECT *, sum(CASE WHEN amount >= 0 THEN amount END) OVER w AS paid,
                sum(CASE WHEN amount < 0 THEN -amount END) OVER w AS given,
                CASE WHEN paid IS NOT NULL THEN paid WHEN given IS NOT NULL THEN 0 END AS total,
                NULLIF(COALESCE(given, 0) + COALESCE(sum(refunded) OVER w, 0), 0) AS back_again
                FROM typed WHERE row NOT IN (SELECT row FROM refused)
                WINDOW w AS (PARTITION BY id))
            QUALIFY row_number() OVER (PARTITION BY id ORDER BY row) = 1""")
        run("DROP TABLE typed")
        run("ALTER TABLE summed RENAME TO typed")

    def _sort(self) -> None:
        """By customer, so that each is met once and their rows lie together; of rows that tell the
        same, the last one counts."""
        kind = self.mapping.kind
        row = ", ".join(f'{sql} AS "{name}"' for name, sql in ROWS[kind].items())
        last = (
            ""
            if kind == Kind.CUSTOMERS or not self.repeated()
            else ("QUALIFY row_number() OVER (PARTITION BY outside_id ORDER BY row DESC) = 1")
        )
        outside = "" if kind == Kind.CUSTOMERS else f"{self._own_number()} AS outside_id, "
        when = WHEN.get(kind, "NULL::TIMESTAMP")
        self.table.engine.execute(
            f"""CREATE TABLE told AS SELECT row_number() OVER () AS seq, * FROM (
            SELECT row, cid, email, phone, name, place_key AS place, {outside}{row},
                COALESCE({when} > now - INTERVAL '{RECENT}', false) AS recent
            FROM typed WHERE trouble IS NULL {last} ORDER BY cid, email, phone, row)"""
        )

    def _own_number(self) -> str:
        """A row without a number is known by what it says, and by how many said the same before."""
        if F.ID in self.mapping:
            return "id"
        says = [name for name in ("cid", "email", "phone", *NAMED[self.mapping.kind])
                if name in TELLING]  # fmt: skip
        same = ", ".join(f'"{name}"' for name in dict.fromkeys(says))
        nth = f"row_number() OVER (PARTITION BY {same} ORDER BY row)"
        return f"'~' || left(md5(concat_ws('|', {same}, {nth})), 24)"


NUMBERS = (F.AMOUNT, F.REFUNDED, F.SCORE, F.BEST)
TELLING = {"cid", "email", "phone", F.ORDERED_AT, F.AMOUNT, F.AT, F.ARRIVED_AT, F.EXPECTED_AT,
           F.SCORE, F.ORDER}  # fmt: skip
WHO = (F.ID, F.CUSTOMER, F.PLACE)
NAMED: dict[Kind, tuple[Field, ...]] = {
    Kind.CUSTOMERS: (F.ID, F.PLACE, F.VALUES, F.DISLIKES),
    Kind.ORDERS: (
        *WHO,
        F.ORDERED_AT,
        F.PROMISED_ON,
        F.DELIVERED_AT,
        F.CANCELLED_AT,
        F.AMOUNT,
        F.REFUNDED,
    ),
    Kind.VISITS: (
        *WHO,
        F.AT,
        F.EXPECTED_AT,
        F.ARRIVED_AT,
        F.LEFT_AT,
        F.CANCELLED_AT,
        F.AMOUNT,
        F.TABLE,
    ),
    Kind.RATINGS: (*WHO, F.ORDER, F.SCORE, F.BEST, F.AT, F.WORDS),
}
CURRENCY = (
    "amount IS NOT NULL AND currency <> '' AND NOT regexp_full_match(currency, '[A-Z]{3}')",
    "'“' || left(currency, 40) || '” is no currency like GBP.'",
)


def _shown(column: str, words: str) -> str:
    return f"""'“' || left("{column}", 40) || '” ' || {quoted(words)}"""
