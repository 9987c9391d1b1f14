"""A business: a trading name with its own colours, currency and way of signing letters."""

from django.core.validators import RegexValidator
from django.db import models

from amends.kit.refs import RefField

is_colour = RegexValidator(r"\A#[0-9a-fA-F]{6}\Z", "A colour is written like #2f6f5e.")
is_currency = RegexValidator(r"\A[A-Z]{3}\Z", "A currency is three capital letters, like GBP.")


class Business(models.Model):
    """What customers know us by: one or many places trade under it."""

    ref = RefField()
    name = models.CharField(max_length=120)
    accent = models.CharField(max_length=7, default="#2f6f5e", validators=[is_colour])
    logo = models.CharField(max_length=64, blank=True)
    currency = models.CharField(max_length=3, default="GBP", validators=[is_currency])
    sender_name = models.CharField(max_length=120, blank=True)
    mail_address = models.EmailField(blank=True)

    class Meta:
        verbose_name_plural = "businesses"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def signs_as(self) -> str:
        """The name at the foot of a letter and in front of its address."""
        return self.sender_name or self.name
