"""What is kept of a mail: a title in one line, an attachment under its digest."""

from __future__ import annotations

import re

from mailbot.app.case import Case
from mailbot.core.item import FileRef
from mailbot.core.letter import Attachment

TITLE_LIMIT = 200
"""Characters of a title: longer ones are cut where a word ends."""


def one_line(text: str) -> str:
    """A title in one line without control characters, at most TITLE_LIMIT long."""
    line = " ".join(re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", text).split())
    return line if len(line) <= TITLE_LIMIT else line[:TITLE_LIMIT].rsplit(" ", 1)[0] + "…"


def keep(case: Case, attachment: Attachment) -> FileRef:
    digest = case.tx.put_blob(attachment.data)
    return FileRef(attachment.name or "fotograf", attachment.content_type, attachment.size, digest)
