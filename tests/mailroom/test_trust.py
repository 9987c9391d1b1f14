import pytest

from amends.mailroom import trust
from amends.mailroom.filing import file_in
from amends.mailroom.letter import Letter, Standing
from amends.mailroom.parsing import parse
from amends.mailroom.post import Post, store
from tests.mailroom.mails import mail
from tests.mailroom.names import names
from tests.mailroom.sealing import record_of, rsa, seal

HOP = "mx.larder.example"
BO = "Bo <bo@shop.co.uk>"


@pytest.fixture
def dns():
    with names() as server:
        server.text("one._domainkey.shop.co.uk", record_of(rsa()))
        server.text("one._domainkey.news.shop.co.uk", record_of(rsa()))
        server.text("one._domainkey.evil.test", record_of(rsa()))
        server.text("shop.co.uk", "v=spf1 ip4:203.0.114.0/24 -all")
        yield server


class Brought(Post):
    """A post with its bytes at hand."""

    class Meta:
        proxy = True
        app_label = "mailroom"
        managed = False

    content: bytes = b""

    def raw(self) -> bytes:
        return self.content


def judged(raw: bytes, dns, *, peer: str = "", sender: str = "bo@shop.co.uk"):
    post = Brought(size=len(raw), sender=sender, peer=peer)
    post.content = raw
    return trust.judge(post, trust.without_markers(parse(raw)), dns.resolver())


def claimed(said: str, sender: str = BO) -> bytes:
    return mail(sender=sender, more=f"Authentication-Results: {said}")


def test_a_signature_of_the_senders_own_domain_proves_it(dns):
    verdict = judged(seal(mail(sender=BO), rsa(), domain="shop.co.uk"), dns)
    assert (verdict.standing, verdict.signed_by) == (Standing.PROVEN, "shop.co.uk")
    below = judged(seal(mail(sender=BO), rsa(), domain="news.shop.co.uk"), dns)
    assert below.is_proven


def test_a_signature_of_another_domain_proves_nothing(dns):
    verdict = judged(seal(mail(sender=BO), rsa(), domain="evil.test"), dns)
    assert (verdict.standing, verdict.signed_by) == (Standing.UNPROVEN, "")
    assert not any("evil" in question for question in dns.asked)  # nor is anything asked about it
    neighbour = judged(seal(mail(sender="Bo <bo@other.co.uk>"), rsa(), domain="shop.co.uk"), dns)
    assert not neighbour.is_proven


def test_the_server_that_brought_it_proves_it_too(dns):
    assert judged(mail(sender=BO), dns, peer="203.0.114.5").signed_by == "shop.co.uk"
    verdict = judged(mail(sender=BO), dns, peer="198.51.99.1")
    assert verdict.standing == Standing.UNPROVEN
    assert "may not send for shop.co.uk" in verdict.why
    other = judged(mail(sender=BO), dns, peer="203.0.114.5", sender="x@evil.test")
    assert not other.is_proven


def test_a_domain_that_signs_everything_denies_the_rest(dns):
    dns.text("_dmarc.shop.co.uk", "v=DMARC1; p=reject")
    assert judged(mail(sender=BO), dns).standing == Standing.REFUTED
    below = judged(mail(sender="Bo <bo@till.shop.co.uk>"), dns)
    assert below.standing == Standing.REFUTED
    dns.text("_dmarc.shop.co.uk", "v=DMARC1; p=none")


def test_when_the_names_cannot_be_looked_up_nothing_is_known(dns):
    dns.silent.add("one._domainkey.shop.co.uk")
    verdict = judged(seal(mail(sender=BO), rsa(), domain="shop.co.uk"), dns)
    assert verdict.standing == Standing.UNKNOWN


def test_several_senders_or_none_prove_nothing(dns):
    raw = seal(mail(sender=BO), rsa(), domain="shop.co.uk")
    assert judged(b"From: Eve <eve@evil.test>\r\n" + raw, dns).standing == Standing.UNPROVEN
    assert judged(mail(sender="nobody"), dns).standing == Standing.UNPROVEN


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        (f"{HOP}; dmarc=pass header.from=shop.co.uk", Standing.PROVEN),
        (
            f"{HOP} 1; spf=fail smtp.mailfrom=x@y.test; dkim=pass (2048) header.d=shop.co.uk",
            Standing.PROVEN,
        ),
        (f"{HOP}; spf=pass smtp.mailfrom=bo@shop.co.uk", Standing.PROVEN),
        (
            f"{HOP}; dkim=pass header.d=evil.test; dmarc=fail header.from=shop.co.uk",
            Standing.REFUTED,
        ),
        (f"{HOP}; dkim=pass header.i=@evil.test", Standing.UNPROVEN),
        (f"{HOP}; none", Standing.UNPROVEN),
        (f"{HOP}; x=y (dkim=pass header.d=shop.co.uk)", Standing.UNPROVEN),
        (f'{HOP}; dkim=fail reason="dkim=pass header.d=shop.co.uk"', Standing.UNPROVEN),
    ],
)
def test_what_the_trusted_hop_says_is_believed(dns, settings, said, standing):
    settings.AMENDS_MAIL_HOP = HOP
    assert judged(claimed(said), dns).standing == standing
    assert dns.asked == []


def test_rt_2b9ff1a821_outside_mail_cannot_bring_its_own_checked_mark(dns, settings):
    """Guarantee 6: what any other says is nothing, nor what stands below the trusted one's word."""
    settings.AMENDS_MAIL_HOP = HOP
    forged = claimed(
        f"evil.test; dmarc=pass header.from=shop.co.uk\nAuthentication-Results: {HOP}; dmarc=pass header.from=shop.co.uk"
    )
    assert judged(forged, dns).standing == Standing.UNPROVEN
    settings.AMENDS_MAIL_HOP = ""
    assert (
        judged(claimed(f"{HOP}; dmarc=pass header.from=shop.co.uk"), dns).standing
        == Standing.UNPROVEN
    )
    assert judged(claimed("; dmarc=pass header.from=shop.co.uk"), dns).standing == Standing.UNPROVEN


@pytest.mark.parametrize(
    "name",
    [
        "X-Amends-Staff",
        "X-Amends-Internal",
        "X-Internal",
        "X-Zammad-Ticket-Id",
        "X-RT-Incoming-Encryption",
        "X-RT-Incoming-Signature",
        "X-PGP-Status",
        "X-SMIME-Verified",
        "X-Crypto-Status",
        "Received-SPF",
        "ARC-Authentication-Results",
        "X-Original-Authentication-Results",
    ],
)
def test_rt_a7a83dfdf5_marks_of_trust_are_taken_away_before_anything_is_read(name):
    """Guarantee 6."""
    parsed = trust.without_markers(parse(mail(more=f"{name}: good\nX-Mailer: Post")))
    assert name.lower() not in parsed.headers
    assert parsed.headers["x-mailer"] == ["Post"]


def test_one_organisation():
    assert trust.are_one("mail.shop.co.uk", "SHOP.co.uk.")
    assert not trust.are_one("a.co.uk", "b.co.uk")
    assert not trust.are_one("co.uk", "shop.co.uk")
    assert not trust.are_one("", "")


@pytest.mark.django_db
def test_letters_are_looked_at_away_from_the_way_in(dns, settings, clock):
    settings.AMENDS_DNS, settings.DNS_PATIENCE = ("127.0.0.1", dns.port), 5.0
    signed = seal(mail(sender=BO), rsa(), domain="shop.co.uk")
    for raw in (signed, mail(sender=BO)):
        file_in(store(raw, way="pipe"), parse(raw), thread="abcde")
    assert trust.look_into_senders() == 2
    assert list(Letter.objects.order_by("pk").values_list("standing", flat=True)) == [
        "proven",
        "unproven",
    ]
    assert trust.look_into_senders() == 0


@pytest.mark.django_db
def test_while_dns_is_away_it_is_asked_again_for_a_day(clock):
    for number in range(5):
        raw = mail(
            sender=BO,
            more="DKIM-Signature: v=1; a=rsa-sha256; b=; bh=; d=shop.co.uk; h=from; s=one",
            message_id=f"<{number}@x.test>",
        )
        file_in(store(raw, way="pipe"), parse(raw), thread="abcde")
    assert trust.look_into_senders() == 0
    assert not Letter.objects.exclude(standing="").exists()
    assert not trust.resting.is_over()
    trust.resting.until = 0.0
    clock.shift(100_000)
    assert trust.look_into_senders() == 5
    assert set(Letter.objects.values_list("standing", flat=True)) == {"unknown"}
