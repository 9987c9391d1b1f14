"""The same call twice has one effect: the second time the first answer is given again."""

import hashlib
from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse

from amends.api.refusing import Refused, wrong
from amends.kit.clock import now

HEADER = "Idempotency-Key"
LONGEST = 255
REMEMBERED = timedelta(days=2)


class IdempotencyKey(models.Model):
    """A key that a caller chose for one call, and the answer which that call got.

    The row is written in the transaction of the call itself: no answer without its effect, no
    effect without its answer. Whoever comes with the same key meanwhile waits for its end."""

    token = models.CharField(max_length=64)
    key = models.CharField(max_length=LONGEST)
    path = models.CharField(max_length=300)
    body = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    response = models.TextField(blank=True)
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="key_used_once")]
        indexes = [models.Index(fields=["made_at"])]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def claim(cls, request: HttpRequest, *, token: str, key: str) -> "IdempotencyKey":
        """A new row, or the one of the first call, which must have been the same call."""
        told = {"path": request.path[:300], "body": hashlib.sha256(request.body).hexdigest()}
        try:
            with transaction.atomic():
                return cls.objects.create(token=token, key=key, **told)
        except IntegrityError:
            first = cls.objects.get(token=token, key=key)
        if (first.path, first.body) != (told["path"], told["body"]):
            raise Refused(422, "This key was used for another call.", code="key-used")
        return first

    def keep(self, answer: HttpResponse) -> None:
        self.status, self.response = answer.status_code, answer.content.decode()
        self.save(update_fields=["status", "response"])

    def again(self) -> HttpResponse:
        return HttpResponse(
            self.response,
            status=self.status,
            content_type="application/json; charset=utf-8",
            headers={"Idempotency-Replayed": "true"},
        )


def key_of(request: HttpRequest) -> str:
    """The key of a POST, or nothing."""
    key: str = request.headers.get(HEADER, "").strip()
    if len(key) > LONGEST or not key.isprintable():
        raise wrong(HEADER, f"Use at most {LONGEST} printable characters.")
    return key if request.method == "POST" else ""


def forget_old_keys() -> None:
    IdempotencyKey.objects.filter(made_at__lt=now() - REMEMBERED).delete()
