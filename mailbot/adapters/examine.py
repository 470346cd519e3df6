"""What one file of a mail is and holds. Runs in the child process of `documents`, and may be killed there."""

from __future__ import annotations

from dataclasses import replace

from mailbot.adapters.containers import Unreadable, members_of, names_of
from mailbot.adapters.papers import paragraphs_of, read_paper
from mailbot.adapters.pdfsign import signed_by
from mailbot.adapters.pictures import read_picture
from mailbot.core.document import Found, Paper, Trouble
from mailbot.core.letter import Attachment
from mailbot.core.opening import FileRole
from mailbot.core.values import digest_of
from mailbot.reading.files import role_of
from mailbot.reading.forms import private_role
from mailbot.reading.fresh import forms_of, new_words
from mailbot.reading.mime import clean_name, hostile, parse

MAIL = "message/rfc822"
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_SPREADSHEETS = (
    "xlsx",
    "xls",
    "csv",
    "ods",
    "pptx",
    "ppt",
    "odp",
    "ics",
    "vcf",
    "p7s",
    "asc",
    "html",
    "htm",
    "xml",
    "json",
)
_MAILS = ("eml",)


def examine_file(name: str, content_type: str, data: bytes, inside: str = "") -> tuple[Found, ...]:
    """What was found in one file; of an archive or a mail its files, each by itself. Total."""
    name = name or ("ekli ileti" if content_type == MAIL else "adsız dosya")
    digest = digest_of(data)
    role = role_of(Attachment(name, content_type, len(data), digest, data))
    found = Found(name, content_type, digest, len(data), role, inside)
    ending = name.lower().rpartition(".")[2]
    try:
        if content_type == MAIL or ending in _MAILS:
            return _mail(found, data)
        if role in (FileRole.CONSENT, FileRole.IDENTITY, FileRole.VIDEO) or ending in _SPREADSHEETS:
            return (found,)
        if role is FileRole.PHOTO:
            picture = read_picture(name, data)
            return (replace(found, picture=picture),)
        if role is FileRole.ARCHIVE or (role is FileRole.OTHER and data.startswith(_ARCHIVES)):
            return _archive(found, data)
        if ending == "pdf":
            found = replace(found, signed=signed_by(data))
        return (_with_paper(found, read_paper(name, data)),)
    except Unreadable as problem:
        if role is FileRole.OTHER and problem.trouble is Trouble.UNKNOWN:
            return (found,)
        return (replace(found, trouble=problem.trouble),)


def _with_paper(found: Found, paper: Paper) -> Found:
    """The file with its text, unless its words are those of a paper that never leaves."""
    text = "\n".join(p.text for p in paper.accepted)
    private = private_role(text)
    if private is not None:
        return replace(found, role=private)
    return replace(found, paper=paper)


def _archive(found: Found, data: bytes) -> tuple[Found, ...]:
    if found.inside:
        raise Unreadable(Trouble.ARCHIVE_NESTED)
    if not data:
        raise Unreadable(Trouble.EMPTY)
    if not data.startswith(b"PK"):
        raise Unreadable(Trouble.ARCHIVE_OTHER)
    if {"[Content_Types].xml", "META-INF/manifest.xml"} & names_of(data):
        return (_with_paper(found, read_paper(found.name, data)),)  # a document under a wrong name
    files: list[Found] = [found]
    for name, member in members_of(data):
        for one in examine_file(clean_name(name), "", member, inside=found.name):
            kept = one.picture is not None or one.paper is not None
            files.append(replace(one, data=member) if kept and one.digest == digest_of(member) else one)
    return tuple(files)


def _mail(found: Found, data: bytes) -> tuple[Found, ...]:
    """An attached mail: its new words are a text, its files are files; a mail in it is not opened."""
    if hostile(data):
        raise Unreadable(Trouble.BROKEN)
    letter = parse(data)
    name = letter.subject[:80] or found.name
    words = new_words(forms_of(letter))[0].text
    paper = Paper("eml", paragraphs_of(words), paragraphs_of(words))
    files = [
        replace(found, name=f"ekli ileti: {name}", role=FileRole.TEXT, paper=paper if words.strip() else None)
    ]
    if found.inside:
        return tuple(files)
    for attachment in letter.attachments[:30]:
        if attachment.inline and role_of(attachment) is FileRole.PHOTO:
            continue
        data = attachment.data
        inner = examine_file(attachment.name, attachment.content_type, data, inside=files[0].name)
        files += [replace(one, data=data) if one.digest == attachment.digest else one for one in inner]
    return tuple(files)
