"""What becomes of the API in nginx when its catalogue changes."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from host import CATALOG, EXAMPLE, PATIENCE, Host, ask, free_port, host, serve, stop, wait_until

NAMES = [f"Serviços, edição {edition}" for edition in range(1, 6)]


def name_it(host: Host, name: str) -> None:
    """Rewrites the catalogue with another name of its service."""

    def change(document: dict[str, Any]) -> None:
        document["services"][0]["name"] = name

    host.rewrite(change)


def name_of(host: Host) -> str:
    """The name that it answers with."""
    return str(host.get("/services/procon-sp").json["service"]["name"])


# A server may close a connection that rests, also when a request is on its way (RFC 9112, 9.3.1):
# then a client asks again on a new one, where nothing excuses it.
CLOSED = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)


class Client(threading.Thread):
    """Asks without a pause, and counts the names it is answered with and what failed."""

    def __init__(self, host: Host, *, keep: bool) -> None:
        super().__init__(daemon=True)
        self.host = host
        self.keep = keep
        self.enough = threading.Event()
        self.names: Counter[str] = Counter()
        self.failures: list[str] = []

    def run(self) -> None:
        while not self.enough.is_set():
            connection = self.host.connect()
            used = False
            try:
                while not self.enough.is_set() and (self.keep or not used):
                    answer = ask(connection, "/services/procon-sp")
                    self.names[answer.json["service"]["name"]] += 1
                    used = True
            except Exception as error:  # whatever it is, it is a request that failed
                if not (used and isinstance(error, CLOSED)):
                    self.failures.append(repr(error))
            connection.close()


def test_workers_load_the_catalogue_once(own: Host) -> None:
    for _ in range(20):
        assert own.get("/services").status == 200
    assert own.log.count("poupa: loaded") == len(own.workers()) == 2


@pytest.mark.parametrize("keep", [False, True], ids=["new connections", "kept connections"])
def test_no_request_is_lost_while_catalogues_are_reloaded(own: Host, keep: bool) -> None:
    clients = [Client(own, keep=keep) for _ in range(4)]
    for client in clients:
        client.start()
    for name in NAMES:
        name_it(own, name)
        own.reload()
        wait_until(lambda: all(c.names[name] >= 20 for c in clients), "answers")  # noqa: B023
        assert name_of(own) == name
    for client in clients:
        client.enough.set()
    for client in clients:
        client.join(PATIENCE)
        assert not client.is_alive()
        assert client.failures == []
        assert set(client.names) <= {*NAMES, "Serviços da Fundação Procon-SP"}
    assert own.log.count("poupa: loaded") == 2 * (1 + len(NAMES))


def test_a_request_that_has_begun_is_answered_by_the_generation_it_began_with(own: Host) -> None:
    before = own.workers()
    with socket.create_connection(("127.0.0.1", own.port), timeout=PATIENCE) as slow:
        slow.sendall(b"GET /services/procon-sp HTTP/1.1\r\nHost: h\r\n")
        # The next connection is served after this one was accepted.
        for _ in range(10):
            assert own.get("/targets").status == 200
        name_it(own, "Novo")
        own.hang_up()
        wait_until(lambda: name_of(own) == "Novo", "the new generation")
        assert own.workers() & before
        slow.sendall(b"\r\n")
        answer = slow.recv(65536)
    assert b" 200 OK" in answer
    assert "Fundação".encode() in answer
    wait_until(lambda: not own.workers() & before, "the end of the old generation")


BROKEN = {
    "no JSON": ('{"poupa": "1.0",\n  "services": [}', r"catalog\.json:2:16: "),
    "cut short": (CATALOG.read_text(encoding="utf-8")[:3000], r"catalog\.json:\d+:\d+: "),
    "a reference to nothing": (
        CATALOG.read_text(encoding="utf-8").replace(
            '"organization_id": "procon-sp"', '"organization_id": "procom-sp"'
        ),
        r'catalog\.json:\d+:\d+: .*did you mean "procon-sp"\?.*E2005',
    ),
    "empty": ("", r"catalog\.json:1:1: "),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_catalogue_is_not_reloaded_and_the_log_says_where(own: Host, what: str) -> None:
    text, problem = BROKEN[what]
    before, answer = own.workers(), own.get("/services").body
    own.overwrite(text)
    own.hang_up()
    wait_until(lambda: re.search(problem, own.log) is not None, "the problem in the log")
    for _ in range(10):
        assert own.get("/services").body == answer
    assert own.workers() == before

    name_it(own, "De novo")
    own.reload()
    assert name_of(own) == "De novo"


def test_a_catalogue_that_is_gone_is_not_reloaded(own: Host) -> None:
    before = own.workers()
    own.catalog.unlink()
    own.hang_up()
    wait_until(lambda: "catalog.json" in own.log, "the problem in the log")
    assert own.get("/services").status == 200
    assert own.workers() == before


def test_a_worker_that_dies_is_replaced_by_one_of_its_generation(own: Host) -> None:
    answer = own.get("/services").body
    own.overwrite("broken since")
    for victim in own.workers():
        os.kill(victim, signal.SIGKILL)
        wait_until(lambda: victim not in own.workers() and len(own.workers()) == 2, "a worker")  # noqa: B023
    for _ in range(10):
        assert own.get("/services").body == answer


def test_a_worker_that_could_not_load_the_catalogue_tries_again(tmp_path: Path) -> None:
    example = shutil.copytree(EXAMPLE, tmp_path / "example")
    conf = (example / "nginx.conf.in").read_text()
    load = 'require("poupa_api").load()'
    assert load in conf
    fails_once = """
        local poupa = require "poupa"
        local parse = poupa.parse
        function poupa.parse()
            poupa.parse = parse
            return nil, "not enough memory"
        end
    """
    (example / "nginx.conf.in").write_text(conf.replace(load, fails_once + load))
    with host(workers=1, example=example) as here:
        assert re.search("init_worker_by_lua error: .*not enough memory", here.log)
        assert here.log.count("poupa: loaded") == 1
        assert here.get("/services").status == 200


def resident(pid: int) -> int:
    """Kilobytes of a process in memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0])


def test_reloading_again_and_again_does_not_fill_the_memory(own: Host) -> None:
    def change(document: dict[str, Any]) -> None:
        document["units"] += [{"id": f"u{n}", "name": "Posto " * 20} for n in range(5000)]

    own.rewrite(change)
    for _ in range(3):
        own.reload()
    early = resident(own.process.pid)
    size = own.catalog.stat().st_size // 1024
    for _ in range(10):
        own.reload()
    grown = resident(own.process.pid) - early
    assert grown < 3 * size, f"{grown} kB more after ten reloads of {size} kB"


def test_answering_again_and_again_does_not_fill_the_memory(own: Host) -> None:
    def ask_on(times: int) -> int:
        clients = [Client(own, keep=True) for _ in range(4)]
        for client in clients:
            client.start()
        wait_until(lambda: all(c.names.total() >= times for c in clients), "answers")
        for client in clients:
            client.enough.set()
            client.join(PATIENCE)
            assert client.failures == []
        return sum(resident(worker) for worker in own.workers())

    early = ask_on(500)
    grown = ask_on(2000) - early
    assert grown < 4096, f"{grown} kB more after 8,000 answers"


def test_it_does_not_start_with_a_broken_catalogue(tmp_path: Path) -> None:
    (tmp_path / "catalog.json").write_text('{"poupa": "1.0", "units": 5}')
    process = serve(tmp_path, free_port(), 1)
    try:
        assert process.wait(PATIENCE) == 1
    finally:
        stop(process)
    assert re.search(r"catalog\.json:1:\d+: .*/units", (tmp_path / "log").read_text())


def is_refused(port: int) -> bool:
    """Whether nobody listens there any more."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
    except ConnectionRefusedError:
        return True
    return False


def test_requests_that_are_under_way_end_before_a_graceful_stop(own: Host) -> None:
    with socket.create_connection(("127.0.0.1", own.port), timeout=PATIENCE) as slow:
        slow.sendall(b"GET /targets HTTP/1.1\r\nHost: h\r\n")
        for _ in range(10):
            assert own.get("/targets").status == 200
        own.process.send_signal(signal.SIGQUIT)
        wait_until(lambda: is_refused(own.port), "the listening to end")
        slow.sendall(b"\r\n")
        assert json.loads(slow.recv(65536).partition(b"\r\n\r\n")[2])["targets"]
    assert own.process.wait(PATIENCE) == 0
