"""Who really wrote a letter, by what our own server stamped on it (RFC 8601, RFC 7489).

A stamp counts only where it carries exactly our server's authserv-id, since RFC 8601, 5 makes that
server strip every forged one. Whether it does is for `mailbot check` to see before the identifier
is entered in the configuration.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import authres

from mailbot.adapters.network import one_line
from mailbot.core.letter import Letter, Proof, ProofLevel

HEADER = "authentication-results"
MAX_STAMP = 8192
"""Characters of a stamp that are read; no honest one comes near."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What one Authentication-Results header says about DMARC."""

    authserv_id: str
    """Lower case."""
    dmarc: tuple[tuple[str, str], ...]
    """Result and header.from of each dmarc clause, lower case; "" where header.from is not one domain."""


class ServerProofs:
    """Judges letters by our server's stamps (`ports.proofs.Proofs`).

    `authserv_id`: the identifier our receiving server writes; None where it stamps nothing.
    `internal_header`: name and value of a header that only our own server can set for inside mail.
    `received_above`: how many Received headers may stand above a stamp of ours; the sender's own
    part of the letter begins below those that our servers put on top. None: not counted.
    """

    def __init__(
        self,
        authserv_id: str | None,
        internal_header: tuple[str, str] | None = None,
        *,
        received_above: int | None = None,
    ) -> None:
        self._authserv_id = authserv_id.strip().lower() if authserv_id else None
        self._internal = (internal_header[0].lower(), internal_header[1].lower()) if internal_header else None
        self._received_above = received_above

    def judge(self, letter: Letter) -> Proof:
        """The proof that the letter itself carries; never above NONE where From is not exactly one."""
        if len(letter.all_headers("from")) != 1 or len(letter.from_) != 1:
            return _none("Gönderen (From) tek bir adres değil.")
        domain = letter.from_[0].address.domain
        stamped = self._by_stamp(letter, domain) if self._authserv_id else None
        if stamped is not None and stamped.level is ProofLevel.DMARC:
            return stamped
        failed = stamped is not None
        if self._internal is not None and not failed and self._is_internal(letter):
            return Proof(
                ProofLevel.INTERNAL, f"Kurum içi posta: sunucumuz {self._internal[0]} başlığını koydu."
            )
        if stamped is not None:
            return stamped
        if self._authserv_id is None:
            return _none("Posta sunucumuzun doğrulama damgası ayarlı değil (authserv_id).")
        return _none("Mektupta posta sunucumuzun doğrulama damgası yok.")

    def _is_internal(self, letter: Letter) -> bool:
        assert self._internal is not None
        name, value = self._internal
        return tuple(found.strip().lower() for found in letter.all_headers(name)) == (value,)

    def _by_stamp(self, letter: Letter, domain: str) -> Proof | None:
        """The verdict of our server's stamps; None where it said nothing about DMARC."""
        top: list[tuple[str, str]] = []
        below: list[tuple[str, str]] = []
        received = 0
        found_at: int | None = None
        """How many Received headers stood above our topmost stamp."""
        for name, value in letter.headers:
            if name == "received":
                received += 1
            elif name == HEADER and self._claims_ours(value):
                stamp = read_stamp(value)
                if stamp is None:
                    return _none("Posta sunucumuzun doğrulama damgası okunamadı.")
                if stamp.authserv_id != self._authserv_id:
                    continue
                found_at = received if found_at is None else found_at
                # Milters of one server stamp side by side; what stands below another Received is older.
                (top if received == found_at else below).extend(stamp.dmarc)
        if not top and not below:
            return None
        if self._received_above is not None and (found_at or 0) > self._received_above:
            return _none("Doğrulama damgası sunucumuzun koyduğu yerde değil; gönderen eklemiş olabilir.")
        verdicts = set(top)
        if len(verdicts) != 1 or set(below) - verdicts:
            return _none("Posta sunucumuzun adını taşıyan doğrulama damgaları birbiriyle çelişiyor.")
        result, header_from = verdicts.pop()
        if result != "pass":
            by = f"Posta sunucumuz göndereni doğrulamadı (DMARC: {one_line(result, 20)})."
            return Proof(ProofLevel.NONE, by, refuted=result == "fail")
        if header_from != domain:
            return _none(f"DMARC başka bir alan adı için geçti ({one_line(header_from, 80) or 'adsız'}).")
        return Proof(ProofLevel.DMARC, f"Posta sunucumuz {domain} alan adını doğruladı (DMARC).")

    def _claims_ours(self, value: str) -> bool:
        """Whether the stamp may be ours: unreadable ones that name us are not passed over."""
        assert self._authserv_id is not None
        return self._authserv_id in value[:MAX_STAMP].partition(";")[0].lower()


def read_stamp(value: str) -> Stamp | None:
    """An unfolded Authentication-Results value, or None where it is no such thing (RFC 8601, 2.2).

    authres goes on behind what it does not understand, so text that a sender brought into a quoted
    string or comment might be read as a clause. A scan of our own has to find as many clauses.
    """
    if len(value) > MAX_STAMP or not value.isascii():
        return None
    value = " ".join(value.split()).rstrip(" ;")  # some servers end with a semicolon, authres minds
    clauses = _count_clauses(value)
    if clauses is None:
        return None
    try:
        parsed = authres.all_features().parse_value(value)
    except Exception:  # its own errors, RecursionError, and whatever its regexes run into
        return None
    # "none" alone leaves no results; it is one clause.
    if max(1, len(parsed.results)) != clauses:
        return None
    return Stamp(
        authserv_id=str(parsed.authserv_id).lower(),
        dmarc=tuple(
            (str(result.result).lower(), _header_from(result.properties))
            for result in parsed.results
            if result.method == "dmarc"
        ),
    )


def _header_from(properties: Sequence[authres.AuthenticationResultProperty]) -> str:
    domains = {
        str(p.value or "").lower().rstrip(".") for p in properties if (p.type, p.name) == ("header", "from")
    }
    return domains.pop() if len(domains) == 1 else ""


def _count_clauses(value: str) -> int | None:
    """How many clauses follow the authserv-id, outside comments and quoted strings (RFC 5322, 3.2).

    None where a comment or string does not end, or a comment lies deeper than honest ones do.
    """
    depth, quoted, clauses = 0, False, 0
    signs = iter(value)
    for sign in signs:
        if sign == "\\" and (quoted or depth):
            if next(signs, None) is None:
                return None
        elif quoted:
            quoted = sign != '"'
        elif sign == "(":
            depth += 1
            if depth > 10:
                return None
        elif sign == ")":
            depth -= 1
            if depth < 0:
                return None
        elif depth:
            continue
        elif sign == '"':
            quoted = True
        elif sign == ";":
            clauses += 1
    if quoted or depth:
        return None
    return clauses


def _none(by: str) -> Proof:
    return Proof(ProofLevel.NONE, by)
