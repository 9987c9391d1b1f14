"""Aggregate reports as the large providers send them, on letters in the name of amends.test."""

import gzip
import io
import zipfile
from email.message import EmailMessage

BEGIN, END = 1_780_000_000, 1_780_086_400
RECORD = """<record><row><source_ip>{ip}</source_ip><count>{count}</count><policy_evaluated>
<disposition>{fate}</disposition><dkim>{dkim}</dkim><spf>{spf}</spf></policy_evaluated></row>
<identifiers><header_from>{domain}</header_from></identifiers>
<auth_results><dkim><domain>amends.test</domain><result>fail</result></dkim>
<spf><domain>elsewhere.test</domain><result>fail</result></spf></auth_results></record>"""


def record(
    ip="203.0.113.9", count=1, *, fate="none", dkim="pass", spf="fail", domain="amends.test"
):
    return RECORD.format(ip=ip, count=count, fate=fate, dkim=dkim, spf=spf, domain=domain)


def xml(*records, by="google.com", number="17", end=END, root="<feedback>") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8" ?>
{root}<report_metadata><org_name>{by}</org_name><email>noreply-dmarc-support@{by}</email>
<report_id>{number}</report_id><date_range><begin>{BEGIN}</begin><end>{end}</end></date_range>
</report_metadata><policy_published><domain>amends.test</domain><p>none</p></policy_published>
{"".join(records or [record()])}</feedback>""".encode()


def zipped(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("google.com!amends.test!1!2.xml", content)
    return packed.getvalue()


def google(content: bytes) -> bytes:
    """The report is the whole message."""
    letter = _letter("google.com", "noreply-dmarc-support@google.com")
    letter.set_content(
        zipped(content),
        maintype="application",
        subtype="zip",
        filename=f"google.com!amends.test!{BEGIN}!{END}.zip",
    )
    return letter.as_bytes()


def microsoft(content: bytes) -> bytes:
    """Some words for people, and a file behind them."""
    letter = _letter("Enterprise Outlook", "dmarcreport@microsoft.com")
    letter.set_content("<p>This is a DMARC aggregate report from Microsoft.</p>", subtype="html")
    name = f"enterprise.protection.outlook.com!amends.test!{BEGIN}!{END}.xml.gz"
    return _with_file(letter, name, content)


def mail_ru(content: bytes) -> bytes:
    letter = _letter("Mail.Ru", "dmarc_support@corp.mail.ru")
    letter.set_content("This is an aggregate report from Mail.Ru.")
    return _with_file(letter, f"mail.ru!amends.test!{BEGIN}!{END}.xml.gz", content)


def tls(_: bytes) -> bytes:
    letter = _letter("google.com", "noreply-smtp-tls-reporting@google.com")
    letter.set_content("This is an aggregate TLS report from google.com")
    name, content = (
        "google.com!amends.test!1!2!001.json.gz",
        b'{"organization-name": "Google Inc."}',
    )
    raw = _with_file(letter, name, content, kind="tlsrpt+gzip")
    return raw.replace(b"multipart/mixed;", b"multipart/report; report-type=tlsrpt;", 1)


def _with_file(letter: EmailMessage, name: str, content: bytes, *, kind: str = "gzip") -> bytes:
    packed = gzip.compress(content)
    letter.add_attachment(packed, maintype="application", subtype=kind, filename=name)
    return letter.as_bytes()


def _letter(submitter: str, sender: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = sender
    letter["To"] = "postmaster@amends.test"
    letter["Subject"] = f"Report Domain: amends.test Submitter: {submitter} Report-ID: 17"
    letter["Message-ID"] = f"<17@{sender.rpartition('@')[2]}>"
    return letter
