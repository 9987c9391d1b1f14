"""What would mean most to a customer; not everything that heals is material (S1-10)."""

from django.db import models


class Wants(models.TextChoices):
    HEARD = "heard", "only to be heard"
    PUT_RIGHT = "put_right", "to have it put right"
    TREATED = "treated", "to be treated well"
    TAKE_PART = "take_part", "to help us do better"
