"""HTML of mail clients to lines of text, each marked as new, quoted or signature.

Not a browser: a bounded walk over the tags that closes elements as browsers do (HTML Standard, 13.2.6,
as far as lines and inherited marks depend on it) and knows the marks by which mail clients tell a quote
or a signature from new words. Why no library: those that are fast are C and would read hostile pages in
the service's own process, and none knows these marks; a test compares the words with Chromium's.
"""

# ruff: noqa: SIM905 - a list of tags, a word each

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from mailbot.reading.tags import tokens

MAX_HTML = 300_000
"""Characters that are read; an answer stands in the first of them."""
MAX_LINES = 4_000
MAX_TAGS = 15_000
"""Three times what a long thread out of Word holds."""
MAX_OPEN = 1_000
"""Open elements that are remembered."""
_SCAN = 60
"""Open elements among which the one that an end tag closes is looked for."""


@dataclass(slots=True)
class Line:
    """One line of a body."""

    text: str
    quoted: bool = False
    signature: bool = False
    rule: bool = False
    """A horizontal rule or a top border stood right before it."""
    cut: bool = False
    """A client's own mark said: from here on everything is quoted."""
    shell: bool = False
    """Inside a container that holds a quote and perhaps an answer below it (Gmail)."""
    struck: str = ""
    """Words of the line that are struck out; `text` is without them."""
    marked: str = ""
    """Words of the line in a colour that people choose to make an answer stand out."""


_BLOCKS = frozenset(
    (
        "address article aside blockquote body center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 "
        "h6 header html li main nav ol p pre section table tbody tfoot thead tr ul"
    ).split()
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_SILENT = frozenset("head style script title template noscript object select textarea svg math".split())
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_CELLS = frozenset(["td", "th", "caption"])
_SCOPE = frozenset(["td", "th", "caption", "table", "html", "object", "template", "marquee", "applet"])
_IMPLIED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset(["li"]), frozenset(["ul", "ol"]) | _SCOPE),
    "dd": (frozenset(["dd", "dt"]), frozenset(["dl"]) | _SCOPE),
    "dt": (frozenset(["dd", "dt"]), frozenset(["dl"]) | _SCOPE),
    "td": (_CELLS, frozenset(["tr", "table"])),
    "th": (_CELLS, frozenset(["tr", "table"])),
    "tr": (frozenset(["tr"]), frozenset(["table"])),
    "tbody": (frozenset(["tbody", "thead", "tfoot"]), frozenset(["table"])),
    "thead": (frozenset(["tbody", "thead", "tfoot"]), frozenset(["table"])),
    "tfoot": (frozenset(["tbody", "thead", "tfoot"]), frozenset(["table"])),
}
"""What a start tag closes where it is still open, and how far up that is looked for."""
_PARAGRAPH = frozenset(["p"])
_TABLE = frozenset(["table"])
_IN_TABLE = frozenset(["td", "th", "caption", "tr", "tbody", "thead", "tfoot"])
_PRE = re.compile(r"white-space(?:-collapse)?\s{0,3}:\s{0,3}(?:pre|break-spaces)")
_STRIKES = frozenset({"s", "strike", "del"})
_HIDDEN = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|mso-hide\s{0,3}:\s{0,3}all|"
    r"font-size\s{0,3}:\s{0,3}0(?:px|pt|em)?\s{0,3}(?:;|[\"']|$)|"
    r"max-height\s{0,3}:\s{0,3}0(?:px)?\s{0,3}(?:;|[\"']|$)|"
    r"opacity\s{0,3}:\s{0,3}0\s{0,3}(?:;|[\"']|$)|\shidden(?:[\s=]|$)"
)
_CUT = re.compile(
    r"divrplyfwdmsg|mail-editor-reference-message-container|__quoted_text__|__headers__|zwchr|"
    r"ms-outlook-mobile-reference|"
    r"olk_src_body_section|yahoo_quoted|protonmail_quote|mailcontainer-quote|\bquoted_header|lotus_quote"
)
_QUOTE = re.compile(
    r"moz-cite-prefix|gmail_attr|reply-intro|zmail_extra|moz-forward-container|ya-quote|email_quote|"
    r"cite_prefix"
)
_SHELL = re.compile(r"gmail_quote|gmail_extra")
_SIGNATURE = re.compile(
    r"gmail_signature|moz-signature|moz-txt-sig|ms-outlook-mobile-signature|applemailsignature|"
    r"composer_signature|"
    r"__sig_p(?:re|ost)__|id\s?=\s?[\"']?(?:signature|divsignature|email_signature|_rc_sig)\b|"
    r"class\s?=\s?[\"'](?:[^\"']{0,80}\s)?(?:mail-?signature|email-signature|signature)[\"'\s]"
)
_BORDER = re.compile(r"border-top\s{0,3}:\s{0,3}(?:solid|[0-9.]{1,4}(?:px|pt)\s{1,3}solid)")
_INDENT = re.compile(r"border\s{0,3}:\s{0,3}(?:none|0)")
_STRUCK = re.compile(r"text-decoration[a-z-]{0,8}\s{0,3}:[^;\"']{0,40}line-through")
_COLOUR = re.compile(
    r"(?<![\w-])color\s{0,3}[:=]\s{0,3}[\"']?\s{0,3}(?:red|crimson|green|blue|purple|magenta|orangered|"
    r"#?(?:f{2}0{4}|f00|c0{5}|00b050|0070c0|7030a0|00b0f0|0{4}f{2}|00f|e36c0a|ed7d31|ff6600)\b|"
    r"rgb\(\s?(?:255|192|237), ?(?:0|38|0*), ?0\))"
)
"""The reds, greens and blues that office programs offer for standing out; not the hues of letterheads."""
_ALT = re.compile(r"\balt\s?=\s?[\"']([^\"'\w\s<>]{1,8})[\"']")


@dataclass(slots=True)
class _Open:
    tag: str
    silent: bool = False
    quoted: bool = False
    signature: bool = False
    shell: bool = False
    struck: bool = False
    marked: bool = False
    pre: bool = False
    """Line ends in the source are line ends on the screen."""


@dataclass(frozen=True, slots=True)
class _Marks:
    """What the attributes of an element say."""

    hidden: bool
    signature: bool
    struck: bool
    pre: bool | None
    coloured: bool | None
    shell: bool
    quoted: bool
    block_quote: bool
    cut: bool
    border: bool


_LONG = 400
"""Characters of attributes that are worth remembering: a mail repeats its own, and its client's, often."""


def _marks_of(raw: str) -> _Marks:
    text = raw.lower()
    return _Marks(
        hidden=bool(_HIDDEN.search(text)),
        signature=bool(_SIGNATURE.search(text)),
        struck="line-through" in text and bool(_STRUCK.search(text)),
        pre=bool(_PRE.search(text)) if "white-space" in text else None,
        coloured=bool(_COLOUR.search(text)) if "color" in text else None,
        shell=bool(_SHELL.search(text)),
        quoted=bool(_QUOTE.search(text)),
        block_quote=not _INDENT.search(text) or "cite" in text,
        cut=bool(_CUT.search(text)),
        border=bool(_BORDER.search(text)),
    )


_marks = lru_cache(maxsize=4_000)(_marks_of)


class _Walk:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.words: list[str] = []
        self.struck: list[str] = []
        self.marked: list[str] = []
        self.stack: list[_Open] = [_Open("")]
        self.open: dict[str, int] = {}
        self.rule = False
        self.cut = False

    def flush(self) -> None:
        """Ends the line."""
        if not self.words and not self.struck:
            return
        text = " ".join("".join(self.words).split())
        self.words.clear()
        top = self.stack[-1]
        if text or self.struck or not self.lines or self.lines[-1].text:
            line = Line(text, top.quoted, top.signature, self.rule, self.cut, top.shell)
            if self.struck or self.marked:
                line.struck = " ".join("".join(self.struck).split())
                line.marked = " ".join("".join(self.marked).split())
            self.lines.append(line)
        self.struck.clear()
        self.marked.clear()
        if text:
            self.rule = self.cut = False

    def start(self, tag: str, raw: str) -> None:
        if tag == "br":
            self.words.append(" ")
            self.flush()
            return
        if tag == "hr":
            self.flush()
            self.rule = True
            self.cut = self.cut or bool(_CUT.search(raw.lower()))
            return
        if tag == "img" and (alt := _ALT.search(raw)) and not self.stack[-1].silent:
            self.words.append(unescape(alt[1]))
        if tag in _VOID:
            return
        if tag in _BLOCKS or tag in _CELLS:
            self.close_before(tag)
        if tag in _BLOCKS:
            self.flush()
        elif tag in _CELLS:
            self.words.append(" ")
        top = self.stack[-1]
        new = _Open(
            tag, top.silent or tag in _SILENT, top.quoted, top.signature, top.shell,
            top.struck or tag in _STRIKES, top.marked, top.pre or tag in ("pre", "xmp"),
        )  # fmt: skip
        if raw:
            self.mark(new, _marks(raw) if len(raw) < _LONG else _marks_of(raw))
        elif tag == "blockquote":
            new.quoted = True
        if len(self.stack) < MAX_OPEN:
            self.stack.append(new)
            self.open[tag] = self.open.get(tag, 0) + 1

    def mark(self, new: _Open, marks: _Marks) -> None:
        """What the attributes of an element say of it, beside what it inherits."""
        new.silent = new.silent or marks.hidden
        new.signature = new.signature or marks.signature
        new.struck = new.struck or marks.struck
        if marks.pre is not None:
            new.pre = marks.pre
        if marks.coloured is not None:
            new.marked = marks.coloured and new.tag != "a"
        if new.tag == "blockquote":
            new.quoted = new.quoted or marks.block_quote
        else:
            new.shell = new.shell or marks.shell
            new.quoted = new.quoted or marks.quoted
        if marks.cut:
            self.flush()
            self.cut = True
        self.rule = self.rule or marks.border

    def close_before(self, tag: str) -> None:
        """Closes what a start tag closes that stands in it: an open paragraph, the last item or cell."""
        implied = _IMPLIED.get(tag)
        if implied is not None and any(map(self.open.get, implied[0])):
            place = self.find(*implied)
            if place:
                self.pop(place)
        if tag not in _IN_TABLE and self.open.get("p") and (place := self.find(_PARAGRAPH, _SCOPE)):
            self.pop(place)

    def find(self, tags: frozenset[str], stop: frozenset[str]) -> int:
        """Where the innermost of `tags` is open, before any of `stop`; 0 where none is."""
        for place in range(len(self.stack) - 1, max(0, len(self.stack) - _SCAN), -1):
            name = self.stack[place].tag
            if name in tags:
                return place
            if name in stop:
                return 0
        return 0

    def pop(self, place: int) -> None:
        """Closes everything from `place` up."""
        if place == len(self.stack) - 1:
            self.close_top()
            return
        if any(o.tag in _BLOCKS for o in self.stack[place:]):
            self.flush()
        if any(o.tag == "p" for o in self.stack[place:]):
            self.words.append(" ")
            self.flush()
        for o in self.stack[place:]:
            self.open[o.tag] -= 1
        del self.stack[place:]

    def close_top(self) -> None:
        """Closes the innermost element."""
        tag = self.stack[-1].tag
        if tag in _BLOCKS:
            self.flush()
            if tag == "p":
                self.words.append(" ")
                self.flush()
        self.stack.pop()
        self.open[tag] -= 1

    def end(self, tag: str) -> None:
        if self.stack[-1].tag == tag:
            self.close_top()
            return
        if not self.open.get(tag):
            if tag in ("p", "br"):
                self.words.append(" ")
                self.flush()
            return
        if tag in _BLOCKS or tag in _CELLS:
            place = self.find(frozenset([tag]), _TABLE if tag in _IN_TABLE else _SCOPE - {tag})
        else:
            place = self.find(frozenset([tag]), _SCOPE if tag in _FORMATTING else _BLOCKS | _CELLS)
        if not place:
            return
        if tag in _FORMATTING and any(o.tag in _BLOCKS for o in self.stack[place:]):
            # Ends around a block that is still open (the adoption agency): only its marks end.
            self.open[tag] -= 1
            del self.stack[place]
            return
        self.pop(place)

    def data(self, text: str) -> None:
        top = self.stack[-1]
        if not text or top.silent:
            return
        text = unescape(text) if "&" in text else text
        if top.struck:
            self.struck.append(text)
            return
        if top.pre and "\n" in text:
            *whole, text = text.split("\n")
            for line in whole[:MAX_LINES]:
                self.words.append(line + " ")
                self.flush()
        self.words.append(text)
        if top.marked:
            self.marked.append(text)


def lines_of(page: str) -> list[Line]:
    """The lines of an HTML body, hidden elements dropped, as far as `read` reads it."""
    return read(page)[0]


def read(page: str) -> tuple[list[Line], bool]:
    """The lines of an HTML body, hidden elements dropped, and whether a cap left some of it unread."""
    walk = _Walk()
    tags = 0
    for kind, text, attributes in tokens(page[:MAX_HTML]):
        if kind == "text":
            walk.data(text)
            continue
        tags += 1
        if tags > MAX_TAGS or len(walk.lines) >= MAX_LINES:
            return _settle_shells(walk.lines), True
        if kind == "end":
            walk.end(text)
        else:
            walk.start(text, attributes)
    walk.flush()
    return _settle_shells(walk.lines), len(page) > MAX_HTML


def _settle_shells(lines: list[Line]) -> list[Line]:
    """In a Gmail quote the words outside the block quotes are new where they stand below one."""
    inside = [line for line in lines if line.shell and line.text]
    blocks = any(line.quoted and line.text for line in inside)
    below = False
    forwarded = not blocks or any(
        "forwarded message" in line.text.lower() or "letilen ileti" in line.text.lower()
        for line in inside[:3]
    )
    real = _has_real_block(inside)
    for line in lines:
        if not line.shell:
            continue
        if forwarded or not real or not below:
            below = below or (line.quoted and real)
            line.quoted = True
    return lines


def _has_real_block(inside: list[Line]) -> bool:
    """Whether more than the attribution alone is marked as quoted."""
    marked = [line for line in inside if line.quoted]
    return len(marked) > 1
