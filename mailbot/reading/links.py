"""Links in a mail: found in text, freed from wrappers and tracking, and told apart by channel."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from mailbot.reading.plain import plain

_URL = re.compile(
    r"(?:https?://|(?<![\w@./-])(?:www\.|(?=[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){0,3}\.(?:com|net|org|tr|info|tv|example)/)))[^\s<>\"'“”‘’\u00a0]{3,2000}",
    re.IGNORECASE,
)
_HREF = re.compile(r"""href\s{0,3}=\s{0,3}["']?(https?://[^"'\s>]{3,2000})""", re.IGNORECASE)

_TRACKERS = frozenset(
    [
        "fbclid",
        "gclid",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "ysclid",
        "twclid",
        "ttclid",
        "igshid",
        "igsh",
        "igsi",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "ref_src",
        "ref_url",
        "_hsenc",
        "_hsmi",
        "vero_id",
        "oly_enc_id",
        "oly_anon_id",
        "wickedid",
        "spm",
        "scid",
        "s_cid",
        "si",
        "feature",
        "__twitter_impression",
        "amp_js_v",
        "usqp",
        "gaa_at",
        "gs_l",
        "vgo_ee",
        "zanpid",
        "cmpid",
        "campaign_id",
        "mibextid",
        "sfnsn",
        "ocid",
        "rdid",
        "share_url",
        "sharedfrom",
        "__tn__",
        "gad_source",
        "srsltid",
        "trk",
        "trkcampaign",
        "utm",
    ]
)
_WRAPPED = (
    # host pattern, path pattern, parameters that may hold the address
    (r"(?:.{1,60}\.)?safelinks\.protection\.(?:outlook\.com|office365\.\w{2,6})", r".*", ("url",)),
    (r"(?:www\.)?google\.[a-z.]{2,8}", r"/url", ("q", "url")),
    (r"(?:www\.)?google\.[a-z.]{2,8}", r"/amp/.*", ()),
    (r"(?:l|lm|www)\.(?:facebook|instagram)\.com|l\.messenger\.com", r"/(?:l\.php)?", ("u",)),
    (r"(?:www\.)?youtube\.com", r"/redirect", ("q",)),
    (r"(?:.{1,40}\.)?urldefense(?:\.proofpoint)?\.com", r"/v2/.*", ("u",)),
    (r"(?:www\.)?linkedin\.com", r"/(?:redir/redirect|safety/go).*", ("url",)),
    (r"(?:.{1,40}\.)?yandex\.[a-z.]{2,6}", r"/(?:clck|redir)/?.*", ("url", "u")),
    (
        r"out\.reddit\.com|t\.umblr\.com|slack-redir\.net|exit\.sc|vk\.com|away\.vk\.com",
        r".*",
        ("url", "z", "to"),
    ),
)
_SAFE_NAMES = ("url", "target", "u", "redirect_url", "redirect", "dest", "destination", "link")


def find_urls(text: str, html: str | None = None) -> tuple[str, ...]:
    """Every web address in `text`, clean, each once, in order; `html` gives those behind words."""
    found = [_trimmed(hit[0]) for hit in _URL.finditer(text[:200_000])]
    if html:
        found += [unescape(hit[1]) for hit in _HREF.finditer(html[:400_000])]
    cleaned = (clean(url) for url in found[:300])
    return tuple(dict.fromkeys(url for url in cleaned if url))


def _trimmed(url: str) -> str:
    url = url.rstrip(".,;:!?…*_")
    while url[-1:] in ")]}>" and url.count(url[-1]) > url.count(
        {")": "(", "]": "[", "}": "{", ">": "<"}[url[-1]]
    ):
        url = url[:-1].rstrip(".,;:!?…")
    return url if re.match(r"https?://", url, re.IGNORECASE) else "http://" + url


def clean(url: str) -> str:
    """`url` without link wrappers, tracking parameters and text fragments; "" where it is none."""
    for _ in range(5):
        inner = _unwrapped(url)
        if inner is None:
            break
        url = inner
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or "." not in host:
        return ""
    kept = (
        [
            (name, value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)
            if not _tracks(name, host)
        ]
        if parts.query.count("&") < 200
        else []
    )
    query = parts.query if len(kept) == parts.query.count("&") + bool(parts.query) else urlencode(kept)
    fragment = (
        "" if re.match(r":~:|utm_|xtor=|\.{0,1}$|ref=|at_|gaa|fbclid", parts.fragment) else parts.fragment
    )
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, query, fragment))


def _tracks(name: str, host: str) -> bool:
    name = name.lower()
    if name in ("s", "t") and re.search(r"(?:^|\.)(?:x|twitter)\.", host):
        return True
    return name in _TRACKERS or name.startswith(
        ("utm_", "at_campaign", "at_medium", "hsa_", "pk_", "mtm_", "ga_", "__cft__", "wt.", "_ga")
    )


def _unwrapped(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        query = dict(parse_qsl(parts.query, max_num_fields=100))
    except ValueError:
        return None
    v3 = re.match(r"https?://urldefense\.com/v3/__(https?:/.{3,1500}?)__;", url)
    if v3:
        return re.sub(r"^(https?):/(?!/)", r"\1://", v3[1])
    for pattern, path, names in _WRAPPED:
        if re.fullmatch(pattern, host) and re.fullmatch(path, parts.path):
            for name in names:
                value = query.get(name, "")
                if "urldefense" in host:
                    value = unquote(value.replace("-", "%").replace("_", "/"))
                if re.match(r"https?://", value):
                    return value
    if re.search(
        r"safelink|redirect|protect|linkprotect|mimecast|barracuda|clicktime|track(?:ing)?|click", host
    ):
        for name in _SAFE_NAMES:
            if re.match(r"https?://", query.get(name, "")):
                return query[name]
    amp = re.match(r"https?://(?:www\.)?google\.[a-z.]{2,8}/amp/s/(.{3,1500})", url)
    if amp:
        return "https://" + amp[1]
    return None


_CHANNEL_OF_HOST = {
    "x": "X", "twitter": "X", "instagram": "Instagram", "facebook": "Facebook", "fb": "Facebook", "youtube": "YouTube",
    "youtu": "YouTube", "tiktok": "TikTok", "linkedin": "LinkedIn", "nsosyal": "NSosyal", "next": "web", "threads": "Threads",
    "whatsapp": "WhatsApp", "t": "X",
}  # fmt: skip
_CHANNEL_WORDS = (
    ("YouTube", r"you ?tube|\byt\b"), ("Instagram", r"insta(?:gram)?|\big\b"), ("Facebook", r"facebook|\bface\b|\bfb\b"),
    ("X", r"twitter|\bx\b|\btweet"), ("web", r"\bweb|\bsite|internet sayfa|\bsayfa"), ("TikTok", r"tik ?tok"), ("NSosyal", r"nsosyal"),
)  # fmt: skip


def channel_of(url: str, before: str = "") -> str:
    """The channel of a published link: by the word in front of it, else by its host, else `web`."""
    label = plain(before)[-30:]
    for channel, pattern in _CHANNEL_WORDS:
        if re.search(rf"(?:{pattern})[^a-z0-9]{{0,3}}(?:[a-z']{{0,8}}\s?)[:=\-(]?\s{{0,2}}$", label):
            return channel
    return social_of(url) or "web"


def social_of(url: str) -> str | None:
    """The social network that hosts `url`, or None."""
    labels = host_of(url).split(".")
    for label in labels[:-1][-2:] if len(labels) > 2 else labels[:1]:
        if (
            label in _CHANNEL_OF_HOST
            and _CHANNEL_OF_HOST[label] != "web"
            and (label != "t" or labels[-1] == "co")
        ):
            return _CHANNEL_OF_HOST[label]
    return None


def host_of(url: str) -> str:
    """The host of `url` without `www.`, lower case."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^(?:www|m|mobile|amp)\.", "", host.lower())
