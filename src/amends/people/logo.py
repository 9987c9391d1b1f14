"""A logo from outside, drawn again as a small picture of our own making."""

from io import BytesIO

from PIL import Image

from amends.kit.errors import Impossible

LARGEST = 5 * 1024 * 1024
MOST_PIXELS = 20_000_000
SIZE = (480, 160)
KINDS = ["PNG", "JPEG", "WEBP", "GIF"]


class NotALogo(Impossible):
    code = "not-a-logo"


def redrawn(content: bytes) -> bytes:
    """PNG bytes no larger than SIZE. Drawing it again leaves behind scripts, places and lies
    about its type."""
    if len(content) > LARGEST:
        raise NotALogo("The logo must be smaller than 5 MB.")
    try:
        with Image.open(BytesIO(content), formats=KINDS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotALogo("The logo has too many pixels. A few hundred across are enough.")
            small = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as unreadable:
        raise NotALogo(
            "That is not a picture we can open. PNG, JPEG and WebP work."
        ) from unreadable
    small.thumbnail(SIZE)
    drawn = BytesIO()
    small.save(drawn, "PNG", optimize=True)
    return drawn.getvalue()
