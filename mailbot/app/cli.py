"""The command line. Names, flags and JSON fields are a contract (docs/komutlar.md)."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from mailbot import __version__
from mailbot.app.words import below, lists_words, mail_words

DONE, WRONG, USAGE = 0, 1, 2
"""Exit statuses: done; something is wrong and was said; the call's words are off."""


def parser() -> argparse.ArgumentParser:
    """The words of the command line."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--config",
        metavar="F",
        default=argparse.SUPPRESS,
        help="ayar dosyası (yoksa ./mailbot.toml, o da yoksa $MAILBOT_CONFIG)",
    )
    top = argparse.ArgumentParser(
        prog="mailbot", parents=[common], description="Basın biriminin onay ve dağıtım postası."
    )
    top.add_argument("--version", action="version", version=f"mailbot {__version__}")
    commands = top.add_subparsers(dest="command", metavar="KOMUT", required=True)

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[common])

    demo = add("demo", "kendi sunucularıyla bir haber onayını baştan sona oynatır")
    demo.add_argument("--json", action="store_true", help="her satıra bir olay")
    demo.add_argument("--keep", action="store_true", help="sunucuları açık bırakır")

    init = add("init", "düzenlemeye hazır bir klasör kurar; var olan dosyaya dokunmaz")
    init.add_argument("directory", metavar="KLASÖR", type=Path)
    for flag, text in (
        ("--unit-address", "birimin posta adresi"),
        ("--imap-host", "IMAP sunucusu"),
        ("--smtp-host", "SMTP sunucusu"),
        ("--user", "posta hesabının adı"),
        ("--password-file", "parolanın durduğu dosya"),
        ("--password-env", "parolanın durduğu ortam değişkeni"),
    ):
        init.add_argument(flag, metavar=flag[2:].upper(), help=text)
    init.add_argument(
        "--people",
        metavar="KİM=ADRES,…",
        action="append",
        help="örneklerin yerine geçecek kişiler; KİM: personel, mudur, bakanlik, valilik, yerel-basin",
    )
    init.add_argument("--yes", action="store_true", help="soru sormaz")

    check = add("check", "ayarları, kuralları, şablonları, IMAP, SMTP ve veritabanını denetler")
    check.add_argument("--offline", action="store_true", help="sunuculara bağlanmaz")
    check.add_argument("--json", action="store_true")

    run = add("run", "servisi çalıştırır")
    run.add_argument("--once", action="store_true", help="kutudakini alır, vakti geleni gönderir, biter")

    mode = add("golive", "denetim listesinden geçerse çalışma modunu değiştirir")
    mode.add_argument("--mode", choices=("golge", "deneme", "canli"), default="canli")
    mode.add_argument("--yes", action="store_true", help="soru sormaz")

    add("decide", "standart girdideki yanıtları okur, her satıra bir karar yazar")

    inspect = add("inspect", "iletilerle ne yapılacağını söyler, hiçbir şey değiştirmez")
    inspect.add_argument("files", metavar="DOSYA", nargs="+", type=Path)

    simulate = add("simulate", "bir senaryoyu birimin kuralları ve şablonlarıyla bellekte oynatır")
    simulate.add_argument("files", metavar="DOSYA.senaryo", nargs="+", type=Path)

    graph = add("graph", "bir iş akışını SVG olarak çizer")
    graph.add_argument("workflow", metavar="İŞ_AKIŞI")
    graph.add_argument("--out", metavar="DOSYA", type=Path, help="yazılmazsa standart çıktı")

    items = add("items", "açık kayıtlar")
    items.add_argument("--all", action="store_true", help="kapananlar da")
    items.add_argument("--json", action="store_true")

    show = add("show", "bir kaydın bütün öyküsü ya da bir ileti (ileti:12, gonderim:34)")
    show.add_argument("ref", metavar="KAYIT")
    show.add_argument("--json", action="store_true")

    held = add("held", "bir insanı bekleyenler")
    held.add_argument("--json", action="store_true")

    release = add("release", "bekletilen bir iletiyi ya da gönderimi bırakır (ileti:12, gonderim:34)")
    release.add_argument("what", metavar="NO")

    resend = add("resend", "bir gönderimi yeniden sıraya koyar (gonderim:34)")
    resend.add_argument("what", metavar="NO")

    verify = add("verify", "hash zincirini ve bütün özetleri yeniden hesaplar")
    verify.add_argument("ref", metavar="KAYIT", nargs="?")

    dossier = add("dossier", "bir kaydın bütün kanıtlarını bir zip dosyasına yazar")
    dossier.add_argument("ref", metavar="KAYIT")
    dossier.add_argument("--out", metavar="DOSYA", type=Path, help="yazılmazsa KAYIT.zip")

    lists_words(below(add("lists", "dağıtım listelerini gösterir, içe ve dışa aktarır"), common))
    mail_words(below(add("mail", "ileti şablonlarını gösterir, denetler, dener"), common))
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    args = parser().parse_args(argv)
    before = os.umask(0o077)
    try:
        return _said(_COMMANDS[args.command], args)
    except BrokenPipeError:
        sys.stderr.close()
        return WRONG
    except KeyboardInterrupt:
        return WRONG
    finally:
        # Whoever calls this as a function keeps their own.
        os.umask(before)


def say(text: str) -> None:
    """A sentence for people."""
    print(text, file=sys.stderr)


# Each command imports what it needs: `mailbot decide` must not wait for a database library.


def _demo(args: argparse.Namespace) -> int:
    from mailbot.app import demo

    return demo.main(json_lines=args.json, keep=args.keep)


def _init(args: argparse.Namespace) -> int:
    from mailbot.app.init import run_init

    return run_init(args)


def _decide(_: argparse.Namespace) -> int:
    from mailbot.app.ask import decide_lines

    return decide_lines(sys.stdin.buffer, sys.stdout)


def _inspect(args: argparse.Namespace) -> int:
    from mailbot.app.inspect import inspect_files

    return inspect_files(args.files, getattr(args, "config", None), sys.stdout)


def _rules_and_templates(args: argparse.Namespace) -> tuple[Path, Path]:
    """The unit's folders where a configuration is found, else those that the program comes with."""
    from mailbot.app.config import find_config, load_settings
    from mailbot.resources import rules_dir, templates_dir

    named = getattr(args, "config", None)
    path = find_config(named, os.environ)
    if named is None and not path.is_file():
        return rules_dir(), templates_dir()
    settings = load_settings(path, os.environ)
    return settings.rules, settings.templates


def _simulate(args: argparse.Namespace) -> int:
    from mailbot.app.simulate import simulate

    return simulate(args.files, *_rules_and_templates(args))


def _graph(args: argparse.Namespace) -> int:
    from mailbot.app.graph import write_graph

    rules, templates = _rules_and_templates(args)
    return write_graph(args.workflow, rules, templates, args.out)


def _said(command: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    """Run the command; what a person has to mend is said in sentences."""
    from mailbot.ports.store import StoreDown
    from mailbot.rulebook.complaint import RulesRefused

    try:
        return command(args)
    except RulesRefused as refused:
        for complaint in dict.fromkeys(map(str, refused.complaints)):
            say(complaint)
    except StoreDown as down:
        say(str(down))
    return WRONG


def _with_settings(args: argparse.Namespace, action: Callable[..., int]) -> int:
    from mailbot.app.config import find_config, load_settings

    settings = load_settings(find_config(getattr(args, "config", None), os.environ), os.environ)
    return action(settings, args)


def _check(args: argparse.Namespace) -> int:
    from mailbot.app.check import run_check

    return _with_settings(args, lambda s, a: run_check(s, offline=a.offline, json_lines=a.json))


def _run(args: argparse.Namespace) -> int:
    from mailbot.app.operate import run_service

    return _with_settings(args, lambda s, a: run_service(s, once=a.once))


def _golive(args: argparse.Namespace) -> int:
    from mailbot.app.operate import change_mode

    return _with_settings(args, lambda s, a: change_mode(s, a.mode, assume_yes=a.yes))


def _items(args: argparse.Namespace) -> int:
    from mailbot.app.journal import list_items

    return _with_settings(args, lambda s, a: list_items(s, everything=a.all, json_lines=a.json))


def _show(args: argparse.Namespace) -> int:
    from mailbot.app.journal import show_item

    return _with_settings(args, lambda s, a: show_item(s, a.ref, json_lines=a.json))


def _held(args: argparse.Namespace) -> int:
    from mailbot.app.journal import list_held

    return _with_settings(args, lambda s, a: list_held(s, json_lines=a.json))


def _release(args: argparse.Namespace) -> int:
    from mailbot.app.operate import let_go

    return _with_settings(args, lambda s, a: let_go(s, a.what))


def _resend(args: argparse.Namespace) -> int:
    from mailbot.app.operate import send_again

    return _with_settings(args, lambda s, a: send_again(s, a.what))


def _verify(args: argparse.Namespace) -> int:
    from mailbot.app.operate import verify

    return _with_settings(args, lambda s, a: verify(s, a.ref))


def _dossier(args: argparse.Namespace) -> int:
    from mailbot.app.dossier import run_dossier

    return _with_settings(args, lambda s, a: run_dossier(s, a.ref, a.out))


def _lists(args: argparse.Namespace) -> int:
    from mailbot.app.lists import run_lists

    return _with_settings(args, run_lists)


def _mail(args: argparse.Namespace) -> int:
    from mailbot.app.mails import run_mail

    return run_mail(args)


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "demo": _demo,
    "init": _init,
    "check": _check,
    "run": _run,
    "golive": _golive,
    "decide": _decide,
    "inspect": _inspect,
    "simulate": _simulate,
    "graph": _graph,
    "items": _items,
    "show": _show,
    "held": _held,
    "release": _release,
    "resend": _resend,
    "verify": _verify,
    "dossier": _dossier,
    "lists": _lists,
    "mail": _mail,
}


if __name__ == "__main__":
    sys.exit(main())
