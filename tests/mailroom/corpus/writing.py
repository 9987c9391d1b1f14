"""Answers as the common mail programmes write them: above, below or between the quoted lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from tests.mailroom.corpus.languages import Language

TOP, BOTTOM, BETWEEN, ONLY_QUOTED = "top", "bottom", "between", "only quoted"
STYLES = (TOP, BOTTOM, BETWEEN, ONLY_QUOTED)
OURS = (
    "Dear Ana Lima, we have read your story with care.",
    "The vase should never have left us wrapped like that.",
    "Shall we send a new one, or bring it to you ourselves?",
    "Yours, Judith Lane at the desk of the glass shop.",
)


@dataclass(frozen=True)
class Answer:
    """What the customer wrote, and how."""

    language: Language
    style: str = TOP
    signature: str = ""

    @property
    def said(self) -> tuple[str, ...]:
        return () if self.style == ONLY_QUOTED else self.language.said


@dataclass(frozen=True)
class Written:
    """The answer in both ways of saying it."""

    plain: str
    html: str


Programme = Callable[[Answer], Written]
Line = tuple[bool, str]  # whether it is quoted, and the words


def _lines(answer: Answer) -> list[Line]:
    """Below the introduction: quoted lines, with answers where this style puts them."""
    quoted: list[Line] = [(True, line) for line in OURS]
    own: list[Line] = [(False, line) for line in answer.said]
    if answer.style == BOTTOM:
        return [*quoted, *own]
    if answer.style == BETWEEN:
        return [quoted[0], own[0], quoted[1], own[1], *quoted[2:], own[2]]
    return quoted


def _above(answer: Answer) -> list[str]:
    return list(answer.said) if answer.style == TOP else []


def _marked(answer: Answer, intro: list[str], *, mark: str = "> ") -> str:
    """Plain text with the quoted lines marked."""
    below = []
    for is_quoted, line in _lines(answer):
        below += [f"{mark}{line}" if is_quoted else f"\n{line}\n"]
    signed = ["", "-- ", answer.signature] if answer.signature else []
    top = [*_above(answer), *(signed if answer.style == TOP else [])]
    last = [] if answer.style == TOP else signed
    return "\n".join([*top, "", *intro, *below, *last, ""])


def _cited(answer: Answer, intro: str, *, kind: str = "", wrap: str = "{}") -> str:
    """HTML with each run of quoted lines in a quotation of its own."""
    below, run = "", ""
    for is_quoted, line in [*_lines(answer), (False, "")]:
        if is_quoted:
            run += f"<div>{escape(line)}</div>"
            continue
        if run:
            below += f"<blockquote{kind}>{run}</blockquote>"
            run = ""
        below += f"<div>{escape(line)}</div>" if line else ""
    signed = f"<div>-- <br>{escape(answer.signature)}</div>" if answer.signature else ""
    top = "".join(f"<div>{escape(line)}</div>" for line in _above(answer))
    return f"<div dir=ltr>{top}{signed if top else ''}</div><br>{wrap.format(intro + below)}{'' if top else signed}"


def _flat(answer: Answer, intro: list[str]) -> str:
    """Plain text without any mark on the quoted lines, as Outlook writes it."""
    below = [line for _, line in _lines(answer)]
    signed = ["", "-- ", answer.signature] if answer.signature else []
    top = [*_above(answer), *(signed if answer.style == TOP else [])]
    return "\n".join([*top, "", *intro, "", *below, *([] if answer.style == TOP else signed), ""])


def _flat_html(answer: Answer, intro: str) -> str:
    paragraphs = "".join(
        f"<p class=MsoNormal>{escape(line)}</p>"
        if is_quoted
        else f"<p class=MsoNormal><span style='color:red'>{escape(line)}</span></p>"
        for is_quoted, line in _lines(answer)
    )
    signed = ["-- ", *answer.signature.split("\n")] if answer.signature else []
    signature = "".join(f"<p class=MsoNormal>{escape(line)}</p>" for line in signed)
    top = "".join(f"<p class=MsoNormal>{escape(line)}</p>" for line in _above(answer))
    above, below = (signature, "") if answer.style == TOP else ("", signature)
    gap = "<p class=MsoNormal>&nbsp;</p>"
    return f"<div class=WordSection1>{top}{above}{gap}{intro}{paragraphs}{below}</div>"


def _block(language: Language) -> list[str]:
    values = ("Desk <desk@amends.test>", "2 June 2026 09:12", "Ana Lima", "Vase")
    return [f"{label}: {value}" for label, value in zip(language.labels, values, strict=True)]


def _block_html(language: Language) -> str:
    lines = [line.split(": ", 1) for line in _block(language)]
    return "<br>".join(f"<b>{escape(label)}:</b> {escape(value)}" for label, value in lines)


def outlook(answer: Answer) -> Written:
    block = _block(answer.language)
    look = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"
    head = f"<div style='{look}'><p class=MsoNormal>{_block_html(answer.language)}</p></div>"
    return Written(_flat(answer, block), _flat_html(answer, head))


def outlook_mobile(answer: Answer) -> Written:
    rule = "_" * 32
    head = f'<hr style="width:98%"><div id="divRplyFwdMsg">{_block_html(answer.language)}</div>'
    return Written(_flat(answer, [rule, *_block(answer.language)]), _flat_html(answer, head))


def owa(answer: Answer) -> Written:
    separator = f"-----{answer.language.original}-----"
    head = (
        f'<hr tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">{_block_html(answer.language)}</div>'
    )
    return Written(_flat(answer, [separator, *_block(answer.language)]), _flat_html(answer, head))


def gmail(answer: Answer) -> Written:
    intro = f'<div dir="ltr" class="gmail_attr">{escape(answer.language.wrote)}<br></div>'
    html = _cited(
        answer, intro, kind=' class="gmail_quote"', wrap='<div class="gmail_quote">{}</div>'
    )
    return Written(_marked(answer, [answer.language.wrote, ""]), html)


def apple(answer: Answer) -> Written:
    intro = f"<div>{escape(answer.language.wrote)}</div><br>"
    return Written(
        _marked(answer, [answer.language.wrote, ""]), _cited(answer, intro, kind=' type="cite"')
    )


def thunderbird(answer: Answer) -> Written:
    intro = f'<div class="moz-cite-prefix">{escape(answer.language.wrote)}<br></div>'
    return Written(
        _marked(answer, [answer.language.wrote]), _cited(answer, intro, kind=' type="cite"')
    )


def yahoo(answer: Answer) -> Written:
    intro = f'<div style="color:#26282a">{escape(answer.language.wrote)}</div>'
    html = _cited(answer, intro, wrap='<div id="ydp1" class="yahoo_quoted">{}</div>')
    return Written(_marked(answer, [f" {answer.language.wrote}", " "], mark=" >"), html)


def proton(answer: Answer) -> Written:
    separator = f"------- {answer.language.original} -------"
    intro = f"{separator}<br>{escape(answer.language.wrote)}<br>"
    html = _cited(answer, intro, kind=' class="protonmail_quote" type="cite"')
    return Written(_marked(answer, [separator, answer.language.wrote, ""]), html)


def qq(answer: Answer) -> Written:
    separator = "------------------ 原始邮件 ------------------"
    head = f"<div>{separator}</div><div>{_block_html(answer.language)}</div>"
    return Written(_flat(answer, [separator, *_block(answer.language)]), _flat_html(answer, head))


def roundcube(answer: Answer) -> Written:
    intro = f'<p id="reply-intro">{escape(answer.language.wrote)}</p>'
    kind = ' type="cite" style="padding: 0 0.4em"'
    return Written(_marked(answer, [answer.language.wrote]), _cited(answer, intro, kind=kind))


PROGRAMMES: dict[str, Programme] = {
    "Outlook": outlook,
    "Outlook mobile": outlook_mobile,
    "OWA": owa,
    "Gmail": gmail,
    "Apple Mail": apple,
    "Thunderbird": thunderbird,
    "Yahoo": yahoo,
    "Proton": proton,
    "QQ": qq,
    "Roundcube": roundcube,
}
