"""The process that runs a GGUF file: ``python -m coach.models.local_process``.

Reads one JSON line with what to serve, prints one with the address, and ends when its standard
input is closed: so it cannot outlive the program that started it.
"""

from __future__ import annotations

import json
import os
import sys


def main() -> None:
    """Serve until standard input ends."""
    import xllamacpp

    wanted = json.loads(sys.stdin.readline())
    params = xllamacpp.CommonParams()
    params.model.path = wanted["file"]
    params.model_alias = {"local"}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [wanted["key"]]
    params.cors_origins = "null"
    params.ui = params.endpoint_slots = params.endpoint_props = params.endpoint_metrics = False
    params.offline = True
    params.n_ctx = wanted["context"]
    params.n_parallel = 1
    params.n_threads_http = 2
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = wanted["threads"]
    params.cache_ram_mib = 0
    server = xllamacpp.Server(params)
    sys.stdout.write(json.dumps({"address": server.listening_address}) + "\n")
    sys.stdout.flush()
    sys.stdin.read()
    # The library's own end waits for work in hand; nobody is left to read it.
    os._exit(0)


if __name__ == "__main__":
    main()
