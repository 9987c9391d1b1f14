"""Text for reading: HTML without its marks, flowed lines joined. One pass each, whatever comes."""

from __future__ import annotations

import html
import re

LONGEST_HTML = 2_000_000  # what comes after is shown as it stands
SILENT = {"script", "style", "head", "title", "template", "noscript", "svg", "object"}
BLOCKS = set(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    ]
)
PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "table"}
NAME = re.compile(r"(/?)\s*([a-zA-Z][a-zA-Z0-9:]*)")
ATTRIBUTE = re.compile(
    r"""(href|alt)\s*=\s*(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'>]{1,2000}))""", re.I
)
SPACES = re.compile(r"[ \t\n\r\f\xa0]+")
NOTHING = re.compile(r"[\u200b\u200c\u200d\ufeff\u00ad\u034f]+")


def from_html(source: str) -> str:
    """Readable text: paragraphs, list marks, quotes with «>», addresses of links, words of pictures."""
    reader = _Reader()
    reader.read(source[:LONGEST_HTML])
    rest = source[LONGEST_HTML:]
    return reader.text() + rest


class _Reader:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.depth = 0  # of quotes
        self.kept = 0  # of <pre>
        self.silent = ""
        self.link = ""
        self.linked: list[str] = []
        self.bracket = -1  # the next «>», looked for once
        self.comment = -1  # the next «-->», likewise

    def read(self, source: str) -> None:
        position, size = 0, len(source)
        while position < size:
            opening = source.find("<", position)
            if opening < 0:
                opening = size
            if opening > position:
                self.words(source[position:opening])
            position = self.mark(source, opening)

    def mark(self, source: str, opening: int) -> int:
        """Read the mark that begins here and return where reading goes on."""
        if opening >= len(source):
            return opening
        if self.silent:
            return self.skip(source, opening)
        if source.startswith("<!--", opening) and (end := self.comment_end(source, opening)) > 0:
            return end
        end = self.closing_bracket(source, opening)
        name = NAME.match(source, opening + 1)
        if end < 0 or not (name or source.startswith(("<!", "<?"), opening)):
            self.words("<")
            return opening + 1
        if name:
            self.tag(name[2].lower(), source[name.end() : end], closing=bool(name[1]))
        return end + 1

    def comment_end(self, source: str, opening: int) -> int:
        if self.comment < opening + 2:
            found = source.find("-->", opening + 2)
            self.comment = len(source) if found < 0 else found
        return self.comment + 3 if self.comment < len(source) else -1

    def closing_bracket(self, source: str, opening: int) -> int:
        """Where the tag ends, past brackets inside quoted attributes; -1 when it is no tag."""
        if self.bracket < opening:
            found = source.find(">", opening)
            self.bracket = len(source) if found < 0 else found
        end = self.bracket
        following = source.find("<", opening + 1, end)
        if end == len(source) or (following > 0 and source.count('"', opening, following) % 2 == 0):
            return -1
        for _ in range(4):
            further = source.find(">", end + 1, end + 4_000)
            if source.count('"', opening, end) % 2 == 0 or further < 0:
                break
            end = further
        return end

    def skip(self, source: str, opening: int) -> int:
        """Scripts and styles say nothing to a reader; go to where they end."""
        found = re.compile(f"</{self.silent}", re.I).search(source, opening)
        self.silent = ""
        return found.start() if found else len(source)

    def tag(self, name: str, rest: str, *, closing: bool) -> None:
        if name in SILENT:
            self.silent = "" if closing or rest.endswith("/") else name
        elif name == "br":
            self.end_line()
        elif name in BLOCKS:
            self.block(name, closing=closing)
        elif name in ("td", "th") and not closing and "".join(self.line).strip():
            self.line.append("  ")
        elif name == "a":
            self.anchor(rest, closing=closing)
        elif name == "img" and (alt := _attribute("alt", rest).strip()):
            self.line.append(f"[{alt[:200]}]")

    def block(self, name: str, *, closing: bool) -> None:
        self.end_line(only_full=True)
        change = -1 if closing else 1
        if name == "blockquote" and closing:
            self.depth = max(0, self.depth - 1)
        if name in PARAGRAPHS:
            self.blank_line()
        if name == "blockquote" and not closing:
            self.depth += 1
        if name == "pre":
            self.kept = max(0, self.kept + change)
        elif name == "li" and not closing:
            self.line.append("- ")
        elif name == "hr":
            self.lines.append(self.quoted("-" * 20))

    def anchor(self, rest: str, *, closing: bool) -> None:
        if not closing:
            self.link, self.linked = _attribute("href", rest).strip(), []
            return
        link, shown = self.link.removeprefix("mailto:"), "".join(self.linked).strip()
        is_told = link.rstrip("/").split("://")[-1] == shown.rstrip("/").split("://")[-1]
        if self.link.startswith(("http://", "https://", "mailto:")) and not is_told:
            self.line.append(f" <{link}>" if shown else f"<{link}>")
        self.link = ""

    def words(self, source: str) -> None:
        if self.silent:
            return
        text = NOTHING.sub("", html.unescape(source) if "&" in source else source)
        if self.kept:
            *whole, last = text.split("\n")
            for each in whole:
                self.line.append(each)
                self.end_line()
            self.line.append(last)
        else:
            text = SPACES.sub(" ", text)
            if text == " " and (not self.line or self.line[-1].endswith(" ")):
                return
            self.line.append(text)
        if self.link:
            self.linked.append(text)

    def end_line(self, *, only_full: bool = False) -> None:
        line = "".join(self.line)
        self.line = []
        line = line.rstrip() if self.kept else line.strip()
        if line or not only_full:
            self.lines.append(self.quoted(line))

    def blank_line(self) -> None:
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(self.quoted(""))

    def quoted(self, line: str) -> str:
        return f"{'>' * min(self.depth, 20)} {line}".rstrip() if self.depth else line

    def text(self) -> str:
        self.end_line(only_full=True)
        while self.lines and not self.lines[-1].strip("> "):
            self.lines.pop()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip("\n")


def unflow(text: str, *, delete_space: bool = False) -> str:
    """RFC 3676: a line that ends with a space goes on in the next one of the same quote depth."""
    out: list[list[str]] = []
    open_at = -1  # quote depth of a line that is still open
    for line in text.split("\n"):
        words = line.lstrip(">")
        depth = len(line) - len(words)
        words = words.removeprefix(" ")
        flowing = words.endswith(" ") and words != "-- "
        if delete_space and flowing:
            words = words[:-1]
        if open_at == depth and words != "-- ":
            out[-1].append(words)
        else:
            out.append([f"{'>' * depth} {words}" if depth else words])
        open_at = depth if flowing else -1
    return "\n".join("".join(line) for line in out)


def _attribute(name: str, rest: str) -> str:
    for found in ATTRIBUTE.finditer(rest[:8_000]):
        if found[1].lower() == name:
            return html.unescape(found[2] or found[3] or found[4] or "")
    return ""
