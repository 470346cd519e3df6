"""The words of the commands that have commands of their own: `mail …` and `lists …`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

Add = Callable[[str, str], argparse.ArgumentParser]
"""Adds one command with its sentence and the common options."""


def below(top: argparse.ArgumentParser, common: argparse.ArgumentParser) -> Add:
    """A way to add commands below the command `top`."""
    commands = top.add_subparsers(dest="action", metavar="İŞ", required=True)

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[common])

    return add


def mail_words(add: Add) -> None:
    """`mailbot mail list|preview|lint|test`."""
    listing = add("list", "şablonlar ve ne için oldukları")
    listing.add_argument("--json", action="store_true")
    preview = add("preview", "şablonları örnek değerlerle metin, HTML ve resim olarak yazar")
    preview.add_argument("templates", metavar="ŞABLON", nargs="*", help="yazılmazsa hepsi")
    preview.add_argument(
        "--out", metavar="KLASÖR", type=Path, help="dosyaların konacağı klasör; yazılmazsa metin gösterilir"
    )
    preview.add_argument("--no-pictures", action="store_true", help="resim çekmez")
    lint = add("lint", "şablonların boyunu, renklerini, düğmelerini ve iki gövdenin aynılığını denetler")
    lint.add_argument("templates", metavar="ŞABLON", nargs="*", help="yazılmazsa hepsi")
    lint.add_argument("--json", action="store_true")
    test = add("test", "bir şablonu örnek değerlerle birim adresine ya da personele gönderir")
    test.add_argument("template", metavar="ŞABLON")
    test.add_argument("--to", metavar="ADRES", help="personelden biri; yazılmazsa birim adresi")


def lists_words(add: Add) -> None:
    """`mailbot lists show|import|export|remove|restore`."""
    show = add("show", "dağıtım listeleri ya da birinin alıcıları")
    show.add_argument("list", metavar="LİSTE", nargs="?", help="kısa adı; yazılmazsa bütün listeler")
    show.add_argument("--json", action="store_true")
    take = add("import", "alıcıları CSV, Excel (XLSX) ya da kartvizit (VCF) dosyasından alır")
    take.add_argument("list", metavar="LİSTE")
    take.add_argument("file", metavar="DOSYA", type=Path)
    take.add_argument("--replace", action="store_true", help="dosyada olmayanları listeden çıkarır")
    take.add_argument("--dry-run", action="store_true", help="yalnız ne olacağını söyler")
    take.add_argument(
        "--bad-rows", metavar="RAPOR", type=Path, help="alınmayan satırların yazılacağı CSV dosyası"
    )
    give = add("export", "bir listenin bütün alıcılarını .csv, .xlsx ya da .vcf dosyasına yazar")
    give.add_argument("list", metavar="LİSTE")
    give.add_argument("file", metavar="DOSYA", type=Path)
    remove = add("remove", "bir adresi bütün listelerden çıkarır")
    remove.add_argument("address", metavar="ADRES")
    restore = add("restore", "çıkarılan bir adresi yeniden listeye alır")
    restore.add_argument("address", metavar="ADRES")
