"""Introductions of quotations as further programmes write them, word for word: phones, web mail of many
countries, and the desktop ones in their own languages. `{}` is who wrote, `{a}` only the address."""

from __future__ import annotations

from html import escape

from tests.mailroom.corpus.writing import BETWEEN, BOTTOM, OURS, TOP, Written

DESK, ADDRESS = "Judith Lane <desk@amends.test>", "desk@amends.test"
ABOVE, INSIDE, FLAT = "above a marked quotation", "inside it", "above words without a mark"
# Programme: where the introduction stands, and how it reads.
INTRODUCED: dict[str, tuple[str, tuple[str, ...]]] = {
    "Samsung Email": (
        FLAT,
        (
            "-------- Original message --------\nFrom: {} \nDate: 02/06/2026  09:12  (GMT+00:00) \nTo: Ana Lima <ana@customers.test> \nSubject: Re: Vase ",
            "-------- Ursprüngliche Nachricht --------\nVon: {} \nDatum: 02.06.26  09:12  (GMT+01:00) \nAn: Ana Lima <ana@customers.test> \nBetreff: Re: Vase ",
            "-------- Message d'origine --------\nDe : {} \nDate : 02/06/2026  09:12  (GMT+01:00) \nÀ : Ana Lima <ana@customers.test> \nObjet : Re: Vase ",
            "-------- Message d’origine --------\nDe : {} \nDate : 02/06/2026  09:12  (GMT+01:00) \nÀ : Ana Lima <ana@customers.test> \nObjet : Re: Vase ",
            "-------- Mensaje original --------\nDe: {} \nFecha: 2/6/26  9:12  (GMT+01:00) \nPara: Ana Lima <ana@customers.test> \nAsunto: Re: Vase ",
            "-------- Messaggio originale --------\nDa: {} \nData: 02/06/26  09:12  (GMT+01:00) \nA: Ana Lima <ana@customers.test> \nOggetto: Re: Vase ",
            "-------- Oorspronkelijk bericht --------\nVan: {} \nDatum: 02-06-2026  09:12  (GMT+01:00) \nAan: Ana Lima <ana@customers.test> \nOnderwerp: Re: Vase ",
            "-------- Oryginalna wiadomość --------\nOd: {} \nData: 02.06.2026  09:12  (GMT+01:00) \nDo: Ana Lima <ana@customers.test> \nTemat: Re: Vase ",
            "-------- Oprindelig besked --------\nFra: {} \nDato: 02.06.2026  09.12  (GMT+01:00) \nTil: Ana Lima <ana@customers.test> \nEmne: Re: Vase ",
            "-------- Originalmeddelande --------\nFrån: {} \nDatum: 2026-06-02  09:12  (GMT+01:00) \nTill: Ana Lima <ana@customers.test> \nRubrik: Re: Vase ",
            "-------- Alkuperäinen viesti --------\nLähettäjä: {} \nPäivämäärä: 2.6.2026  9.12  (GMT+02:00) \nSaaja: Ana Lima <ana@customers.test> \nAihe: Re: Vase ",
            "-------- Orijinal mesaj --------\nKimden: {} \nTarih: 2.06.2026  09:12  (GMT+03:00) \nAlıcı: Ana Lima <ana@customers.test> \nKonu: Re: Vase ",
            "-------- Mesaj original --------\nDe la: {} \nData: 02.06.2026  09:12  (GMT+02:00) \nCătre: Ana Lima <ana@customers.test> \nSubiect: Re: Vase ",
            "-------- 원본 이메일 --------\n발신: {} \n날짜: 26/6/2  오전 9:12  (GMT+09:00) \n받은사람: Ana Lima <ana@customers.test> \n제목: Re: Vase ",
            "-------- 原始信息 --------\n由： {} \n日期： 2026/6/2  上午9:12  (GMT+08:00) \n收件人： Ana Lima <ana@customers.test> \n主题： Re: Vase ",
        ),
    ),
    "GMX, WEB.DE, mail.com": (
        FLAT,
        (
            "Gesendet: Dienstag, 2. Juni 2026 um 09:12 Uhr\nVon: {}\nAn: ana@customers.test\nBetreff: Re: Vase",
            "Sent: Tuesday, June 02, 2026 at 9:12 AM\nFrom: {}\nTo: ana@customers.test\nSubject: Re: Vase",
            "Envoyé: mardi 2 juin 2026 à 09:12\nDe: {}\nÀ: ana@customers.test\nObjet: Re: Vase",
            "Enviado: martes 2 de junio de 2026 a las 9:12\nDe: {}\nPara: ana@customers.test\nAsunto: Re: Vase",
        ),
    ),
    "GMX, the app": (ABOVE, ("Am 02.06.26, 09:12 schrieb {}:",)),
    "Orange": (
        INSIDE,
        (
            "Message du 02/06/26 09:12\nDe : {}\nA : ana@customers.test\nCopie à : \nObjet : Re: Vase",
        ),
    ),
    "Orange, the newer": (
        FLAT,
        ("envoyé : 2 juin 2026 à 09:12\nde : {}\nà : ana@customers.test\nobjet : Re: Vase",),
    ),
    "SFR": (
        FLAT,
        (
            "========================================\n\nMessage du : 02/06/2026 09:12\nDe : {}\nA : ana@customers.test\nCopie à : \nSujet : Re: Vase",
        ),
    ),
    "La Poste, Free (Zimbra)": (
        FLAT,
        (
            '----- Mail original -----\nDe: {}\nÀ: "Ana" <ana@customers.test>\nEnvoyé: Mardi 2 Juin 2026 09:12:00\nObjet: Re: Vase',
            'De: {}\nÀ: "Ana" <ana@customers.test>\nEnvoyé: Mardi 2 Juin 2026 09:12:00\nObjet: Re: Vase',
            '----- Ursprüngliche Mail -----\nVon: {}\nAn: "Ana" <ana@customers.test>\nGesendet: Dienstag, 2. Juni 2026 09:12:00\nBetreff: Re: Vase',
            '----- Messaggio originale -----\nDa: {}\nA: "Ana" <ana@customers.test>\nInviato: Martedì, 2 giugno 2026 9:12:00\nOggetto: Re: Vase',
        ),
    ),
    "Yandex": (
        ABOVE,
        (
            "02.06.2026, 09:12, {}:",
            "----------------\nКому: Ana (ana@customers.test);\nТема: Re: Vase;\n02.06.2026, 09:12, {}:",
            "----------------\nTo: Ana (ana@customers.test);\nSubject: Re: Vase;\n02.06.2026, 09:12, {}:",
        ),
    ),
    "Mail.ru": (
        INSIDE,
        (
            "Вторник, 2 июня 2026, 9:12 +03:00 от {}:",
            "вторник, 2 июня 2026г., 09:12 +03:00 от Judith Lane {a}:",
            "Tuesday, June 2, 2026 9:12 AM +03:00 from {}:",
        ),
    ),
    "iOS Mail": (
        INSIDE,
        (
            "On 2 Jun 2026, at 09:12, {} wrote:",
            "Am 02.06.2026 um 09:12 schrieb {}:",
            "Le 2 juin 2026 à 09:12, {} a écrit :",
            "El 2 jun 2026, a las 9:12, {} escribió:",
            "Il giorno 2 giu 2026, alle ore 09:12, {} ha scritto:",
            "Em 2 de jun. de 2026, à(s) 09:12, {} escreveu:",
            "No dia 02/06/2026, às 09:12, {} escreveu:",
            "Op 2 jun. 2026 om 09:12 heeft {} het volgende geschreven:",
            "2 juni 2026 kl. 09:12 skrev {}:",
            "2. juni 2026 kl. 09:12 skrev {}:",
            "{} kirjoitti 2.6.2026 kello 9.12:",
            "Wiadomość napisana przez {} w dniu 2 cze 2026, o godz. 09:12:",
            "2. 6. 2026 v 9:12, {}:",
            "2026. jún. 2. dátummal, 9:12 időpontban {} írta:",
            "Pe 2 iun. 2026, la 09:12, {} a scris:",
            "{} şunları yazdı (2 Haz 2026 09:12):",
            "2 Ιουν 2026, 9:12 π.μ., ο χρήστης «{}» έγραψε:",
            "2 июня 2026 г., в 09:12, {} написал(а):",
            "2 черв. 2026 р. о 09:12 {} пише:",
            "{} je napisao/la 2. lip 2026. u 09:12:",
            "El 2 juny 2026, a les 9:12, {} va escriure:",
            "ב-2 ביוני 2026, בשעה 9:12, {} כתב/ה:",
            "في ٢ يونيو ٢٠٢٦، الساعة ٩:١٢ ص، كتب/كتبت {}:",
            "2026/06/02 9:12、{}のメール:",
            "在 2026年6月2日，09:12，{} 写道：",
            "{} 於 2026年6月2日 上午9:12 寫道：",
            "2026. 6. 2. 오전 9:12, {} 작성:",
            "ในวันที่ 2 มิ.ย. 2026 เวลา 09:12 {} เขียนว่า:",
            "Vào 2 thg 6, 2026, lúc 09:12, {} đã viết:",
            "Pada 2 Jun 2026, pukul 09.12, {} menulis:",
        ),
    ),
    "Proton": (
        ABOVE,
        (
            "On Tuesday, June 2nd, 2026 at 9:12 AM, {} wrote:",
            "{} schrieb am Dienstag, 2. Juni 2026 um 09:12:",
            "Le mardi 2 juin 2026 à 09:12, {} a écrit :",
            "El martes, 2 de junio de 2026 a las 9:12, {} escribió:",
        ),
    ),
    "Tuta": (
        ABOVE,
        (
            "Jun 2, 2026, 09:12 by {a}:",
            "2. Juni 2026, 09:12 von {a}:",
            "2 juin 2026, 09:12 de {a}:",
        ),
    ),
    "HEY": (ABOVE, ("On June 2, 2026, {} wrote:",)),
    "Superhuman": (ABOVE, ("On Tue, Jun 02, 2026 at 9:12 AM, Judith Lane < {a} > wrote:",)),
    "Spark": (ABOVE, ("On 2 Jun 2026 at 09:12 +0100, {}, wrote:",)),
    "Zoho": (
        ABOVE,
        (
            "---- On Tue, 02 Jun 2026 09:12:00 +0100 {} wrote ----",
            "---- On Tue, 02 Jun 2026 09:12:00 +0100  <{a}> wrote ---",
            "---- Am Di, 02 Jun 2026 09:12:00 +0200 {} schrieb ----",
            "---- Le mar., 02 juin 2026 09:12:00 +0200 {} a écrit ----",
        ),
    ),
    "Outlook for Mac, the new Outlook": (
        FLAT,
        (
            "From: {}\nDate: Tuesday, 2 June 2026 at 09:12\nTo: Ana Lima <ana@customers.test>\nSubject: Re: Vase",
            "Von: {}\nDatum: Dienstag, 2. Juni 2026 um 09:12\nAn: Ana Lima <ana@customers.test>\nBetreff: Re: Vase",
            "De : {}\nDate : mardi 2 juin 2026 à 09:12\nÀ : Ana Lima <ana@customers.test>\nObjet : Re: Vase",
            "De: {}\nFecha: martes, 2 de junio de 2026, 9:12\nPara: Ana Lima <ana@customers.test>\nAsunto: Re: Vase",
            "Da: {}\nData: martedì, 2 giugno 2026 alle ore 09:12\nA: Ana Lima <ana@customers.test>\nOggetto: Re: Vase",
            "De: {}\nEnviada em: terça-feira, 2 de junho de 2026 09:12\nPara: Ana Lima <ana@customers.test>\nAssunto: Re: Vase",
            "Van: {}\nDatum: dinsdag, 2 juni 2026 om 09:12\nAan: Ana Lima <ana@customers.test>\nOnderwerp: Re: Vase",
            "Från: {}\nDatum: tisdag, 2 juni 2026 09:12\nTill: Ana Lima <ana@customers.test>\nÄmne: Re: Vase",
            "Feladó: {}\nKüldve: 2026. június 2., kedd 9:12\nCímzett: Ana Lima <ana@customers.test>\nTárgy: Re: Vase",
            "De la: {}\nTrimis: marți, 2 iunie 2026 09:12\nCătre: Ana Lima <ana@customers.test>\nSubiect: Re: Vase",
            "От: {}\nИзпратено: вторник, 2 юни 2026 г. 9:12\nДо: Ana Lima <ana@customers.test>\nОтносно: Re: Vase",
            "Šalje: {}\nPoslano: utorak, 2. lipnja 2026. 9:12\nPrima: Ana Lima <ana@customers.test>\nPredmet: Re: Vase",
            "Od: {}\nPoslano: torek, 2. junij 2026 09:12\nZa: Ana Lima <ana@customers.test>\nZadeva: Re: Vase",
            "Od: {}\nOdoslané: utorok 2. júna 2026 9:12\nKomu: Ana Lima <ana@customers.test>\nPredmet: Re: Vase",
            "Nuo: {}\nIšsiųsta: 2026 m. birželio 2 d. 09:12\nKam: Ana Lima <ana@customers.test>\nTema: Re: Vase",
            "Từ: {}\nĐã gửi: Thứ Ba, 2 tháng 6, 2026 9:12\nĐến: Ana Lima <ana@customers.test>\nChủ đề: Re: Vase",
            "Dari: {}\nDikirim: Selasa, 02 Juni 2026 09.12\nKepada: Ana Lima <ana@customers.test>\nPerihal: Re: Vase",
            "จาก: {}\nส่ง: 2 มิถุนายน 2569 9:12\nถึง: Ana Lima <ana@customers.test>\nเรื่อง: Re: Vase",
        ),
    ),
    "Thunderbird": (
        ABOVE,
        (
            "Am 02.06.26 um 09:12 schrieb Judith Lane:",
            "Le 02/06/2026 à 09:12, Judith Lane a écrit :",
            "El 2/6/26 a las 9:12, Judith Lane escribió:",
            "Il 02/06/26 09:12, Judith Lane ha scritto:",
            "Em 02/06/2026 09:12, Judith Lane escreveu:",
            "Às 09:12 de 02/06/2026, Judith Lane escreveu:",
            "Op 02-06-2026 om 09:12 schreef Judith Lane:",
            "Den 2026-06-02 kl. 09:12, skrev Judith Lane:",
            "Judith Lane kirjoitti 2.6.2026 klo 9.12:",
            "W dniu 2.06.2026 o 09:12, Judith Lane pisze:",
            "Dne 02. 06. 26 v 9:12 Judith Lane napsal(a):",
            "Dňa 2. 6. 2026 o 9:12 Judith Lane napísal(a):",
            "2026. 06. 02. 9:12 keltezéssel, Judith Lane írta:",
            "2.06.2026 09:12 tarihinde Judith Lane yazdı:",
            "02.06.2026 09:12, Judith Lane пишет:",
            "02.06.26 09:12, Judith Lane пише:",
            "Στις 2/6/26 09:12, ο/η Judith Lane έγραψε:",
            "Judith Lane さんは書きました (2026/06/02 9:12):",
            "在 2026/6/2 9:12, Judith Lane 写道:",
            "Judith Lane 於 2026/6/2 上午 09:12 寫道:",
            "26. 6. 2. 09:12에 Judith Lane 이(가) 쓴 글:",
            "El 2/6/26 a les 9:12, Judith Lane ha escrit:",
            "Dana 2. 6. 2026. u 09:12, Judith Lane je napisao/la:",
            "Dne 2. 6. 2026 ob 9:12 je Judith Lane napisal(a):",
            "Pe 02.06.2026 09:12, Judith Lane a scris:",
            "На 2.6.2026 г. в 9:12 ч., Judith Lane написа:",
            "2026-06-02 09:12, Judith Lane rašė:",
            "2026.06.02. 09:12, Judith Lane rakstīja:",
            "02.06.2026 09:12 Judith Lane kirjutas:",
            "Дана 2.6.26. у 09:12, Judith Lane је написао/ла:",
            "Þann 2.6.2026 kl. 09:12, skrifaði Judith Lane:",
            "Vào lúc 09:12 ngày 2/6/2026, Judith Lane đã viết:",
        ),
    ),
    "K-9 Mail": (
        ABOVE,
        (
            "On 2 June 2026 09:12:00 BST, {} wrote:",
            "Am 2. Juni 2026 09:12:00 MESZ schrieb {}:",
            "Le 2 juin 2026 09:12:00 GMT+02:00, {} a écrit :",
        ),
    ),
    "K-9 Mail, without marks": (
        FLAT,
        (
            "-------- Originalnachricht --------\nVon: {}\nGesendet: 2. Juni 2026 09:12:00 MESZ\nAn: ana@customers.test\nBetreff: Re: Vase",
        ),
    ),
    "FairEmail": (ABOVE, ("2 Jun 2026 09:12:00 {}:", "Jun 2, 2026 9:12:00 AM {}:")),
    "Open-Xchange": (
        ABOVE,
        (
            "{} hat am 02.06.2026 09:12 CEST geschrieben:",
            "On 06/02/2026 9:12 AM BST {} wrote:",
            "Le 02/06/2026 09:12 CEST, {} a écrit :",
        ),
    ),
    "Horde": (ABOVE, ("Zitat von {}:", "Quoting {}:")),
    "T-Online": (
        FLAT,
        (
            "-----Original-Nachricht-----\nBetreff: Re: Vase\nDatum: 2026-06-02T09:12:00+0200\nVon: {}\nAn: ana@customers.test",
        ),
    ),
    "Seznam": (
        FLAT,
        (
            "---------- Původní e-mail ----------\nOd: {}\nKomu: ana@customers.test\nDatum: 2. 6. 2026 9:12:00\nPředmět: Re: Vase",
        ),
    ),
    "Onet, Interia": (
        FLAT,
        (
            'Od: {}\nDo: "Ana" <ana@customers.test>;\nWysłane: 9:12 Wtorek 2026-06-02\nTemat: Re: Vase',
        ),
    ),
    "WP, o2": (ABOVE, ("Dnia 2 czerwca 2026 09:12 {} napisał(a):",)),
    "NetEase": (
        ABOVE,
        (
            'At 2026-06-02 09:12:00, "Judith Lane" <{a}> wrote:',
            '在 2026-06-02 09:12:00，"Judith Lane" <{a}> 写道：',
        ),
    ),
    "Naver, Daum": (
        FLAT,
        (
            "-----Original Message-----\nFrom: {}\nTo: <ana@customers.test>\nCc: \nSent: 2026-06-02 (화) 09:12:00 (GMT+09:00)\nSubject: Re: Vase",
            "--------- 원본 메일 ---------\n보낸사람: {}\n받는사람 : <ana@customers.test>\n날짜: 2026년 6월 2일 화요일, 09시 12분 00초 +0900\n제목: Re: Vase",
        ),
    ),
    "UOL": (
        FLAT,
        ("De: {}\nEnviada: 2026/06/02 09:12:00\nPara: ana@customers.test\nAssunto: Re: Vase",),
    ),
}


def introduction(written: str) -> str:
    return written.replace("{a}", ADDRESS).replace("{}", DESK)


def answered(where: str, written: str, said: tuple[str, ...], *, style: str = TOP) -> Written:
    """An answer that quotes OURS under this introduction."""
    intro = introduction(written).split("\n")
    quoted: list[tuple[bool, str]] = [(True, line) for line in OURS]
    own = [(False, line) for line in said]
    if style == BETWEEN:
        quoted = [quoted[0], own[0], quoted[1], own[1], *quoted[2:], *own[2:]]
    elif style == BOTTOM:
        quoted = [*quoted, *own]
    above = [*(said if style == TOP else ()), ""]
    return Written(_plain(where, intro, quoted, above), _html(where, intro, quoted, above))


def _plain(where: str, intro: list[str], quoted: list[tuple[bool, str]], above: list[str]) -> str:
    mark = "" if where == FLAT else "> "
    head = [f"{mark}{line}" if where == INSIDE else line for line in intro]
    below = [f"{mark}{line}" if is_quoted else f"\n{line}\n" for is_quoted, line in quoted]
    return "\n".join([*above, "", *head, mark if where == INSIDE else "", *below, ""])


def _html(where: str, intro: list[str], quoted: list[tuple[bool, str]], above: list[str]) -> str:
    head = "".join(f"<div>{escape(line)}</div>" for line in intro) + "<div><br></div>"
    top = "".join(f"<div>{escape(line)}</div>" for line in above) + "<div><br></div>"
    if where == FLAT:
        words = "".join(f"<p>{escape(line)}</p>" for _, line in quoted)
        return f'{top}<div name="quote" style="border-left:2px solid #C3D9E5">{head}{words}</div>'
    words, run = "", head if where == INSIDE else ""
    for is_quoted, line in [*quoted, (False, "")]:
        if is_quoted:
            run += f"<div>{escape(line)}</div>"
            continue
        words += f'<blockquote type="cite">{run}</blockquote>' if run else ""
        words += f"<div>{escape(line)}</div>" if line else ""
        run = ""
    return f"{top}{'' if where == INSIDE else head}{words}"
