"""A business's accent, made readable: the one colour its customers' pages carry, light and dark."""

RGB = tuple[int, int, int]

WHITE: RGB = (255, 255, 255)
BLACK: RGB = (20, 18, 16)
PAPER: RGB = (248, 244, 236)
NIGHT: RGB = (47, 42, 37)
READABLE = 4.5  # WCAG 2.2, contrast of words (1.4.3)
VISIBLE = 3.0  # the same for shapes (1.4.11)
STEP = 0.04


def read(accent: str) -> RGB:
    """#2b5a4c as three numbers."""
    return int(accent[1:3], 16), int(accent[3:5], 16), int(accent[5:7], 16)


def contrast(one: RGB, other: RGB) -> float:
    """WCAG 2 contrast ratio, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def stylesheet(accent: str) -> str:
    """The sheet a business's pages add after portal.css."""
    colour = read(accent)
    dark = _rules(colour, on=NIGHT, away=WHITE)
    return (
        f"@layer tokens {{{_rules(colour, on=PAPER, away=BLACK)}"
        f"@media screen and (prefers-color-scheme: dark) {{{dark}}}}}"
    )


def on_white(accent: str) -> str:
    """The shade for letters: readable as words on white, and under white words."""
    return _hex(_until(read(accent), READABLE, against=WHITE, away=BLACK))


def _rules(colour: RGB, *, on: RGB, away: RGB) -> str:
    """Words and lines in a readable shade; buttons filled with the colour itself."""
    line = _until(colour, READABLE, against=on, away=away)
    soft = _mix(on, line, 0.1)
    ink = WHITE if contrast(WHITE, colour) >= VISIBLE else BLACK
    off = BLACK if ink == WHITE else WHITE
    fill = _until(colour, READABLE, against=ink, away=off)
    tokens = {
        "accent": line,
        "accent-text": _until(line, READABLE, against=soft, away=away),
        "accent-soft": soft,
        "accent-fill": fill,
        "accent-press": _mix(fill, off, 0.15),
        "accent-edge": fill if contrast(fill, on) >= VISIBLE else line,
        "accent-on": ink,
    }
    return ":root {" + " ".join(f"--{name}: {_hex(rgb)};" for name, rgb in tokens.items()) + "}"


def _until(colour: RGB, enough: float, *, against: RGB, away: RGB) -> RGB:
    """Moved towards black or white until it stands out enough."""
    moved, share = colour, 0.0
    while contrast(moved, against) < enough and share < 1:
        share += STEP
        moved = _mix(colour, away, share)
    return moved


def _mix(one: RGB, other: RGB, share: float) -> RGB:
    red, green, blue = (round(a + (b - a) * min(share, 1)) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _luminance(colour: RGB) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(colour: RGB) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)
