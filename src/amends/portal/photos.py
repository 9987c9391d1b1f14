"""Photos from customers: checked for being pictures, kept when the rest of a form is refused."""

import re
import warnings
from io import BytesIO
from pathlib import PurePosixPath

from django import forms
from PIL import Image

from amends.kit.files import keep, read_kept
from amends.kit.signing import sign, verify
from amends.mailroom.parsing import Enclosure

MEGABYTE = 1024 * 1024
MOST, LARGEST, PIXELS = 6, 12 * MEGABYTE, 80_000_000
TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # several JPEGs in one file, as some telephones make them
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}
READ = ["JPEG", "PNG", "WEBP", "GIF"]
CONTROL = re.compile(r"[\x00-\x1f\x7f/\\:|]+")
PURPOSE = "kept-photo"


class NotAPhoto(Exception):
    """Its message is a clear word to the sender."""


def read_photo(name: str, content: bytes) -> Enclosure:
    """The picture, by what it is and not by what it says it is."""
    name = CONTROL.sub(" ", PurePosixPath(name.replace("\\", "/")).name).strip()[:120] or "photo"
    if len(content) > LARGEST:
        raise NotAPhoto(f"{name} is larger than {LARGEST // MEGABYTE} MB. A smaller one will do.")
    try:
        kind = _kind_of(content)
    except Exception:  # a broken picture can break its reader in any way
        kind = None
    if kind not in TYPES:
        raise NotAPhoto(f"{name} is not a photo we can open. JPEG, PNG, WebP and GIF all work.")
    return Enclosure(name=name, content_type=TYPES[kind], content=content)


def _kind_of(content: bytes) -> str | None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with Image.open(BytesIO(content), formats=READ) as picture:
            if picture.width * picture.height > PIXELS:
                return None
            picture.verify()
            return picture.format


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """As many files as were chosen; which of them are photos is for the form to say."""

    widget = ManyFiles

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data]
        return [file for file in files if file]


class WithPhotos(forms.Form):
    """A form with room for photos. Those that are good stay with it when it is shown again."""

    photos = PhotosField(
        label="Photos",
        required=False,
        help_text=f"Up to {MOST}, if they help to show what happened.",
        widget=ManyFiles({"accept": ",".join(dict.fromkeys(TYPES.values()))}),
    )

    def clean_photos(self):
        sent, found = self.cleaned_data["photos"], self._kept_before()
        for file in sent[:MOST]:
            try:
                found.append(read_photo(file.name, file.read(LARGEST + 1)))
            except NotAPhoto as no:
                self.add_error("photos", str(no))
        if len(sent) > MOST or len(found) > MOST:
            self.add_error(
                "photos", f"That is more than {MOST} photos. Please send the rest later."
            )
        self.found = found[:MOST]
        return self.found

    def kept(self):
        """What is carried in the page from one try to the next: name, digest, signature."""
        for photo in getattr(self, "found", []):
            digest = keep(photo.content)
            yield {"name": photo.name, "value": _ticked(digest, photo.name)}

    def _kept_before(self):
        values = self.data.getlist("kept")[:MOST] if hasattr(self.data, "getlist") else []
        parts = (value.split("/", 2) for value in values if value.count("/") == 2)
        return [
            read_photo(name, read_kept(digest))
            for signature, digest, name in parts
            if verify(f"{digest}/{name}", signature, PURPOSE)
        ]


def _ticked(digest: str, name: str) -> str:
    return f"{sign(f'{digest}/{name}', PURPOSE)}/{digest}/{name}"
