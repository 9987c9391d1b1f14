"""Pictures for the tests, and things that only say they are pictures."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(name="bacon.png", *, size=(8, 8), kind="PNG"):
    drawn = BytesIO()
    Image.new("RGB", size, "tan").save(drawn, kind)
    return SimpleUploadedFile(name, drawn.getvalue(), f"image/{kind.lower()}")


def script(name="bacon.png"):
    return SimpleUploadedFile(name, b"<script>alert(1)</script>", "image/png")
