"""``coach serve``: the app in a browser."""

from __future__ import annotations

import os

import click


@click.command()
@click.argument("pair_name", metavar="[PAIR]", required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--demo", is_flag=True, help="An invented pair instead of your own data.")
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True)
def serve(pair_name: str | None, host: str, port: int, *, demo: bool) -> None:
    """The app as a page in a browser on this machine, until ctrl+c.

    The address that is shown holds a key, so that nobody else who uses this machine gets in. To
    reach it from another machine, set COACH_SERVE_PASSWORD and give that machine's way in with
    --host; over a network that others use, put an ssh tunnel or TLS in front of it.
    """
    from coach.cli.app import passphrase
    from coach.settings import load_settings
    from coach.web.server import PageServer, address_allowed

    secret = load_settings().serve_password
    password = secret.get_secret_value() if secret else ""
    address_allowed(host, password)
    given = "" if demo else passphrase()
    if given:  # a page cannot ask for it: each of them inherits it
        os.environ["COACH_PASSPHRASE"] = given
    PageServer(
        host, port, password=password, start=pair_name or "", demonstration=demo,
        tell=_tell,
    ).serve()  # fmt: skip


def _tell(address: str) -> None:
    click.echo(f"coach is open at {address}\nctrl+c ends it.")
