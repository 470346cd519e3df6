"""HTML of mail clients to lines of text, each marked as new, quoted or signature.

Not a browser: a bounded walk over the tags, tolerant of anything, that knows the marks by which mail
clients tell a quote or a signature from new words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

MAX_HTML = 300_000
"""Characters that are read; an answer stands in the first of them."""
MAX_LINES = 4_000
MAX_OPEN = 400
"""Open elements that are remembered."""


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


_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30})([^<>]{0,8000})>|<[!?][^<>]{0,2000}>")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_SILENT = frozenset(
    [
        "head",
        "style",
        "script",
        "title",
        "template",
        "noscript",
        "object",
        "select",
        "textarea",
        "svg",
        "math",
    ]
)
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


class _Walk:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.words: list[str] = []
        self.struck: list[str] = []
        self.marked: list[str] = []
        self.stack: list[_Open] = [_Open("")]
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
        attributes = raw.lower() if raw else ""
        if tag == "br":
            self.words.append(" ")
            self.flush()
            return
        if tag == "hr":
            self.flush()
            self.rule = True
            self.cut = self.cut or bool(_CUT.search(attributes))
            return
        if tag == "img" and (alt := _ALT.search(raw)) and not self.stack[-1].silent:
            self.words.append(unescape(alt[1]))
        if tag in _VOID or raw.endswith("/"):
            return
        if tag in _BLOCKS:
            self.flush()
        elif tag in ("td", "th"):
            self.words.append(" ")
        top = self.stack[-1]
        new = _Open(
            tag, top.silent or tag in _SILENT, top.quoted, top.signature, top.shell,
            top.struck or tag in _STRIKES, top.marked,
        )  # fmt: skip
        if attributes:
            new.silent = new.silent or bool(_HIDDEN.search(attributes))
            new.signature = new.signature or bool(_SIGNATURE.search(attributes))
            if "line-through" in attributes:
                new.struck = new.struck or bool(_STRUCK.search(attributes))
            if "color" in attributes:
                new.marked = bool(_COLOUR.search(attributes)) and tag != "a"
            if tag != "blockquote":
                new.shell = new.shell or bool(_SHELL.search(attributes))
                new.quoted = new.quoted or bool(_QUOTE.search(attributes))
            if _CUT.search(attributes):
                self.flush()
                self.cut = True
            if _BORDER.search(attributes):
                self.rule = True
        if tag == "blockquote" and (not _INDENT.search(attributes) or "cite" in attributes):
            new.quoted = True
        if len(self.stack) < MAX_OPEN:
            self.stack.append(new)

    def end(self, tag: str) -> None:
        for place in range(len(self.stack) - 1, max(0, len(self.stack) - 40), -1):
            if self.stack[place].tag == tag:
                if tag in _BLOCKS:
                    self.flush()
                if tag == "p":
                    self.words.append(" ")
                    self.flush()
                del self.stack[place:]
                return

    def data(self, text: str) -> None:
        top = self.stack[-1]
        if not text or top.silent:
            return
        text = unescape(text) if "&" in text else text
        if top.struck:
            self.struck.append(text)
            return
        self.words.append(text)
        if top.marked:
            self.marked.append(text)


def lines_of(page: str) -> list[Line]:
    """The lines of an HTML body, hidden elements dropped, at most `MAX_HTML` characters read."""
    page = _without_comments(page[:MAX_HTML])
    walk = _Walk()
    place = 0
    for found in _TAG.finditer(page):
        walk.data(page[place : found.start()])
        place = found.end()
        name = found[2]
        if name is None:
            continue
        if len(walk.lines) >= MAX_LINES:
            return _settle_shells(walk.lines)
        if found[1]:
            walk.end(name.lower())
        else:
            walk.start(name.lower(), found[3])
    walk.data(page[place:])
    walk.flush()
    return _settle_shells(walk.lines)


def _without_comments(page: str) -> str:
    if "<!--" not in page:
        return page
    out: list[str] = []
    place = 0
    while (start := page.find("<!--", place)) >= 0:
        out.append(page[place:start])
        end = page.find("-->", start + 4)
        if end < 0:
            return "".join(out)
        place = end + 3
    out.append(page[place:])
    return "".join(out)


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
