"""HTML that tries to do something when it is looked at; none of it may."""

from __future__ import annotations

from html.parser import HTMLParser

from amends.mailroom.cleaning import ATTRIBUTES, TAGS

SCHEMES = ("http:", "https:", "mailto:", "tel:", "cid:")
OURS = {"rel", "data-away"}  # attributes that the cleaning itself writes

WICKED = [
    # scripts
    "<script>alert(1)</script>",
    "<script src=https://x.test/a.js></script>",
    "<SCRIPT/x>alert(1)</SCRIPT>",
    "<script\x0c>alert(1)</script>",
    "<scr\0ipt>alert(1)</scr\0ipt>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1)//<</script>",
    "<script>alert(1)",
    "<script><!--<script></script>--></script><img src=x onerror=alert(1)>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<!--><script>alert(1)</script>-->",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-<script>x</script>",
    # events
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1) //",
    '<img """><script>alert(1)</script>">',
    "<img src=x onerror\n=\nalert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<div onmouseover=alert(1)>x</div>",
    "<details open ontoggle=alert(1)>x",
    "<marquee onstart=alert(1)>x",
    "<input autofocus onfocus=alert(1)>",
    "<a href=https://x.test onclick=alert(1)>x</a>",
    "<p title='x' ONCLICK=alert(1)>x",
    "<x-y onclick=alert(1)>x</x-y>",
    # links
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='  javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&#x0a;script:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='&#x6a&#x61vascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='//x.test/y'>x</a>",
    "<a href='/staff/delete'>x</a>",
    "<a href='https://x.test' ping='https://y.test' target=_top download>x</a>",
    '<a href="https://x.test/"onmouseover="alert(1)">x</a>',
    # pictures, sounds and films
    "<img src='javascript:alert(1)'>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<img src='data:image/png;base64,AAAA'>",
    "<img srcset='https://x.test/a.png 2x'>",
    "<picture><source srcset='https://x.test/a.png'><img></picture>",
    "<image src=https://x.test/a.png onerror=alert(1)>",
    "<video poster='https://x.test' autoplay><source src='https://x.test' onerror=alert(1)></video>",
    "<audio src=https://x.test autoplay></audio><bgsound src=https://x.test>",
    "<track src=https://x.test>",
    # drawings and formulas
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><use href='data:image/svg+xml,x'></svg>",
    "<svg><foreignObject><iframe src=https://x.test></iframe></foreignObject></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href='javascript:alert(1)'>x</math>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    # frames and programmes
    "<iframe src='https://x.test'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<frameset><frame src=https://x.test></frameset>",
    "<object data='x'></object><embed src=x>",
    "<object data='data:text/html,x' type='text/html'></object>",
    "<applet code=x></applet><param name=movie value=x>",
    "<portal src=https://x.test></portal>",
    # forms
    "<form action='https://x.test'><input name=password><button>go</button></form>",
    "<button formaction='javascript:alert(1)'>x</button>",
    "<form id=f></form><input form=f name=a><select><option>x</select><textarea>x</textarea>",
    "<isindex action='javascript:alert(1)'>",
    "<keygen autofocus onfocus=alert(1)>",
    "<label for=x>x</label><fieldset><legend>x</legend></fieldset>",
    # the page around
    "<meta http-equiv=refresh content='0;https://x.test'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href='https://x.test'>",
    "<link rel=stylesheet href='https://x.test'>",
    "<link rel=import href='https://x.test'>",
    "<title><script>alert(1)</script></title>",
    "<template shadowrootmode=open><script>alert(1)</script></template>",
    "<dialog open>x</dialog>",
    # looks
    "<style>@import 'https://x.test'</style>",
    "<style>body{background:url(https://x.test)}</style>",
    "<p style='background:url(https://x.test)'>x</p>",
    "<p style='position:fixed;inset:0'>x</p>",
    "<p style='width:expression(alert(1))'>x</p>",
    '<p style="-moz-binding:url(https://x.test)">x</p>',
    "<td background='https://x.test/a.png'>x",
    "<table background=https://x.test><tr><td>x</table>",
    "<font style=color:red face='x' size=7>x</font>",
    # names that hide the page's own
    "<img name=cookie id=location>",
    "<a id=x name=y class=button>x</a>",
    # what changes when it is read twice
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><p title='</textarea><img src=x onerror=alert(1)>'>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<plaintext><script>alert(1)</script>",
    "<listing>&lt;img onerror=alert(1)&gt;</listing>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<p title='`<img src=x onerror=alert(1)>`'>x",
    "<a title='\"><img src=x onerror=alert(1)>'>x</a>",
    "<table><td><p title='--><img src=x onerror=alert(1)>'>",
]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            self.look_at(tag, name, value or "")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data}>")

    def look_at(self, tag: str, name: str, value: str) -> None:
        if name not in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()) | OURS:
            self.found.append(f"<{tag} {name}>")
        if name in ("href", "src") and not value.lower().startswith(SCHEMES):
            self.found.append(f"{name}={value}")


def alive(cleaned: str) -> list[str]:
    """What of cleaned HTML is not on the list of the harmless."""
    reader = _Reader()
    reader.feed(cleaned)
    reader.close()
    return reader.found
