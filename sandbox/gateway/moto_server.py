"""Runs moto's server until whoever started it is gone: standard input then ends."""

import os
import sys
import threading


def watch() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=watch, daemon=True).start()

from moto.server import main  # noqa: E402  moto takes a second to load, in which the parent may already end

main(["-H", "127.0.0.1", "-p", sys.argv[1]])
