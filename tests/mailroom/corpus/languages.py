"""What people write and what their programmes put above a quotation, in each language."""

from dataclasses import dataclass

DESK = "Desk <desk@amends.test>"


@dataclass(frozen=True)
class Language:
    """`wrote` introduces a quotation; `labels` are From, Sent, To and Subject of a header block."""

    said: tuple[str, ...]
    wrote: str
    labels: tuple[str, str, str, str]
    original: str
    phone: str
    charsets: tuple[str, ...]


WEST = ("utf-8", "iso-8859-1", "windows-1252", "iso-8859-15", "macintosh")
EAST = ("utf-8", "iso-8859-2", "windows-1250")
LANGUAGES = {
    "en": Language(
        (
            "The vase came in three pieces again.",
            "I am not happy.",
            "Please call me before Friday.",
        ),
        f"On Tue, 2 Jun 2026 at 09:12, {DESK} wrote:",
        ("From", "Sent", "To", "Subject"),
        "Original Message",
        "Sent from my iPhone",
        (*WEST, "us-ascii", "utf-16", "utf-7"),
    ),
    "de": Language(
        (
            "Die Vase kam wieder zerbrochen an.",
            "Das gefällt mir nicht.",
            "Bitte rufen Sie zurück, Grüße",
        ),
        f"Am Di., 2. Juni 2026 um 09:12 Uhr schrieb {DESK}:",
        ("Von", "Gesendet", "An", "Betreff"),
        "Ursprüngliche Nachricht",
        "Von meinem iPhone gesendet",
        WEST,
    ),
    "fr": Language(
        ("Le vase est encore arrivé cassé.", "Je suis déçue.", "Rappelez-moi, s’il vous plaît."),
        f"Le mar. 2 juin 2026 à 09:12, {DESK} a écrit :",
        ("De", "Envoyé", "À", "Objet"),
        "Message d'origine",
        "Envoyé de mon iPhone",
        ("utf-8", "windows-1252", "macintosh"),
    ),
    "es": Language(
        ("El jarrón llegó roto otra vez.", "No estoy contenta.", "Llámenme mañana, por favor."),
        f"El mar, 2 jun 2026 a las 9:12, {DESK} escribió:",
        ("De", "Enviado el", "Para", "Asunto"),
        "Mensaje original",
        "Enviado desde mi iPhone",
        WEST,
    ),
    "it": Language(
        (
            "Il vaso è arrivato rotto di nuovo.",
            "Non sono contenta.",
            "Richiamatemi perché ho fretta.",
        ),
        f"Il giorno mar 2 giu 2026 alle ore 09:12 {DESK} ha scritto:",
        ("Da", "Inviato", "A", "Oggetto"),
        "Messaggio originale",
        "Inviato da iPhone",
        WEST,
    ),
    "pt": Language(
        ("O vaso chegou partido outra vez.", "Não estou contente.", "Liguem-me amanhã, por favor."),
        f"Em ter., 2 de jun. de 2026 às 09:12, {DESK} escreveu:",
        ("De", "Enviado", "Para", "Assunto"),
        "Mensagem original",
        "Enviado do meu iPhone",
        WEST,
    ),
    "nl": Language(
        ("De vaas kwam weer kapot aan.", "Ik ben niet blij.", "Bel mij vóór vrijdag terug."),
        f"Op di 2 jun 2026 om 09:12 schreef {DESK}:",
        ("Van", "Verzonden", "Aan", "Onderwerp"),
        "Oorspronkelijk bericht",
        "Verzonden vanaf mijn iPhone",
        WEST,
    ),
    "sv": Language(
        ("Vasen kom sönder igen.", "Jag är inte nöjd.", "Ring mig på måndag."),
        f"Den tis 2 juni 2026 kl 09:12 skrev {DESK}:",
        ("Från", "Skickat", "Till", "Ämne"),
        "Ursprungligt meddelande",
        "Skickat från min iPhone",
        WEST,
    ),
    "da": Language(
        (
            "Vasen kom i stykker igen.",
            "Jeg er ikke glad.",
            "Ring til mig før fredag, på forhånd tak.",
        ),
        f"Den tirs. 2. jun. 2026 kl. 09.12 skrev {DESK}:",
        ("Fra", "Sendt", "Til", "Emne"),
        "Oprindelig meddelelse",
        "Sendt fra min iPhone",
        WEST,
    ),
    "pl": Language(
        (
            "Wazon znów przyszedł rozbity.",
            "Nie jestem zadowolona.",
            "Proszę zadzwonić przed piątkiem.",
        ),
        f"wt., 2 cze 2026 o 09:12 {DESK} napisał(a):",
        ("Od", "Wysłano", "Do", "Temat"),
        "Wiadomość oryginalna",
        "Wysłane z iPhone'a",
        EAST,
    ),
    "cs": Language(
        ("Váza přišla zase rozbitá.", "Nejsem spokojená.", "Zavolejte mi prosím před pátkem."),
        f"út 2. 6. 2026 v 9:12 odesílatel {DESK} napsal:",
        ("Od", "Odesláno", "Komu", "Předmět"),
        "Původní zpráva",
        "Odesláno z iPhonu",
        EAST,
    ),
    "tr": Language(
        ("Vazo yine kırık geldi.", "Memnun değilim.", "Lütfen cumadan önce arayın."),
        f"{DESK}, 2 Haz 2026 Sal, 09:12 tarihinde şunu yazdı:",
        ("Kimden", "Gönderme Tarihi", "Kime", "Konu"),
        "Orijinal ileti",
        "iPhone'umdan gönderildi",
        ("utf-8", "iso-8859-9", "windows-1254"),
    ),
    "ru": Language(
        ("Ваза опять пришла разбитой.", "Я недовольна.", "Позвоните мне до пятницы."),
        f"вт, 2 июн. 2026 г. в 09:12, {DESK}:",
        ("От", "Отправлено", "Кому", "Тема"),
        "Исходное сообщение",
        "Отправлено с iPhone",
        ("utf-8", "koi8-r", "windows-1251", "iso-8859-5"),
    ),
    "uk": Language(
        ("Ваза знову прийшла розбитою.", "Я незадоволена.", "Зателефонуйте мені до п'ятниці."),
        f"вт, 2 черв. 2026 р. о 09:12 {DESK} пише:",
        ("Від", "Надіслано", "Кому", "Тема"),
        "Исходное сообщение",
        "Надіслано з iPhone",
        ("utf-8", "koi8-u", "windows-1251"),
    ),
    "el": Language(
        (
            "Το βάζο ήρθε πάλι σπασμένο.",
            "Δεν είμαι ευχαριστημένη.",
            "Πάρτε με τηλέφωνο την Παρασκευή.",
        ),
        f"Στις Τρί 2 Ιουν 2026 στις 9:12 π.μ., ο χρήστης {DESK} έγραψε:",
        ("Από", "Στάλθηκε", "Προς", "Θέμα"),
        "Αρχικό μήνυμα",
        "Στάλθηκε από το iPhone μου",
        ("utf-8", "iso-8859-7", "windows-1253"),
    ),
    "ja": Language(
        ("花瓶がまた割れて届きました。", "残念です。", "金曜日までにお電話ください。"),
        f"2026年6月2日(火) 9:12 {DESK}:",
        ("差出人", "送信日時", "宛先", "件名"),
        "元のメッセージ",
        "iPhoneから送信",
        ("utf-8", "iso-2022-jp", "shift_jis", "euc-jp"),
    ),
    "zh": Language(
        ("花瓶又碎了。", "我很不满意。", "请在星期五之前给我打电话。"),
        f"{DESK} 于2026年6月2日周二 09:12写道：",
        ("发件人", "发送时间", "收件人", "主题"),
        "原始邮件",
        "发自我的iPhone",
        ("utf-8", "gb2312", "gb18030"),
    ),
    "tw": Language(
        ("花瓶又碎了。", "我很不滿意。", "請在星期五之前打電話給我。"),
        f"{DESK} 於 2026年6月2日 週二 09:12 寫道：",
        ("寄件者", "寄件日期", "收件者", "主旨"),
        "原始郵件",
        "從我的 iPhone 傳送",
        ("utf-8", "big5"),
    ),
    "ko": Language(
        ("꽃병이 또 깨져서 왔습니다.", "만족하지 않습니다.", "금요일 전에 전화해 주세요."),
        f"2026년 6월 2일 (화) 오전 9:12, {DESK}님이 작성:",
        ("보낸 사람", "보낸 날짜", "받는 사람", "제목"),
        "원본 메시지",
        "나의 iPhone에서 보냄",
        ("utf-8", "ks_c_5601-1987", "euc-kr"),
    ),
    "he": Language(
        ("האגרטל הגיע שוב שבור.", "אני לא מרוצה.", "נא להתקשר לפני יום שישי."),
        f"בתאריך יום ג׳, 2 ביוני 2026 ב-9:12 מאת {DESK} כתב:",
        ("מאת", "נשלח", "אל", "נושא"),
        "Original Message",
        "נשלח מה-iPhone שלי",
        ("utf-8", "windows-1255"),
    ),
    "ar": Language(
        ("وصلت المزهرية مكسورة مرة أخرى.", "لست راضية.", "أرجو الاتصال قبل يوم الجمعة."),
        f"في الثلاثاء، 2 يونيو 2026 في 9:12 ص كتب {DESK}:",
        ("من", "تم الإرسال", "إلى", "الموضوع"),
        "Original Message",
        "أرسل من هاتفي",
        ("utf-8", "windows-1256"),
    ),
    "th": Language(
        ("แจกันแตกอีกแล้ว", "ฉันไม่พอใจ", "กรุณาโทรก่อนวันศุกร์"),
        f"เมื่อ อ. 2 มิ.ย. 2026 เวลา 09:12 {DESK} เขียนว่า:",
        ("From", "Sent", "To", "Subject"),
        "Original Message",
        "Sent from my iPhone",
        ("utf-8", "tis-620"),
    ),
}
# What a label stands for in the programmes that write it.
CODECS = {
    "macintosh": "mac_roman",
    "gb2312": "gb18030",
    "ks_c_5601-1987": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "utf-16": "utf-16",
}
