"""What a file may do to the process that looks into it. Run there, never here."""

from __future__ import annotations

import os

from mailbot.adapters.examine import examine_file
from mailbot.core.document import Found


def look(name: str, content_type: str, data: bytes) -> tuple[Found, ...]:
    """As the file's name says; any other file is looked into."""
    if name.startswith("takilan"):
        while True:
            pass
    if name.startswith("olen"):
        os._exit(1)
    if name.startswith("sisen"):
        return look(name, content_type, data * 100 + bytearray(3 << 30))
    return examine_file(name, content_type, data)
