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
    letter.add_attachment(
        gzip.compress(content), maintype="application", subtype="gzip", filename=name
    )
    return letter.as_bytes()


def mail_ru(content: bytes) -> bytes:
    letter = _letter("Mail.Ru", "dmarc_support@corp.mail.ru")
    letter.set_content("This is an aggregate report from Mail.Ru.")
    name = f"mail.ru!amends.test!{BEGIN}!{END}.xml.gz"
    letter.add_attachment(
        gzip.compress(content), maintype="application", subtype="gzip", filename=name
    )
    return letter.as_bytes()


def tls(_: bytes) -> bytes:
    letter = _letter("google.com", "noreply-smtp-tls-reporting@google.com")
    letter.set_content("This is an aggregate TLS report from google.com")
    letter.add_attachment(
        gzip.compress(b'{"organization-name": "Google Inc."}'),
        maintype="application",
        subtype="tlsrpt+gzip",
        filename="google.com!amends.test!1!2!001.json.gz",
    )
    letter.replace_header("Content-Type", 'multipart/report; report-type="tlsrpt"')
    return letter.as_bytes()


def _letter(submitter: str, sender: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = sender
    letter["To"] = "postmaster@amends.test"
    letter["Subject"] = f"Report Domain: amends.test Submitter: {submitter} Report-ID: 17"
    letter["Message-ID"] = f"<17@{sender.rpartition('@')[2]}>"
    return letter
