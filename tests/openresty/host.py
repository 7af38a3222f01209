"""An nginx of our own, on a free port of loopback, that stops whatever happens."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples/openresty"
CATALOG = ROOT / "examples/data/poupatempo-2021.json"
PATIENCE = 60.0
"""Seconds until something that is waited for counts as never happening."""


@dataclass(frozen=True)
class Answer:
    """What came back for a request."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, which in every answer is JSON in UTF-8."""
        return json.loads(self.body.decode("utf-8", "strict"))

    @property
    def message(self) -> str:
        """That of an error."""
        assert self.json["error"]["status"] == self.status
        return str(self.json["error"]["message"])


class Host:
    """nginx in a folder, with a catalogue that may be rewritten."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes], port: int) -> None:
        self.folder = folder
        self.process = process
        self.port = port

    @property
    def catalog(self) -> Path:
        """The file that it serves."""
        return self.folder / "catalog.json"

    @property
    def log(self) -> str:
        """What it has logged so far."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def connect(self, timeout: float = PATIENCE) -> http.client.HTTPConnection:
        """A connection that nothing was sent on yet."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def get(self, target: str, method: str = "GET", **more: Any) -> Answer:
        """Asks on a connection of its own."""
        connection = self.connect()
        try:
            return ask(connection, target, method, **more)
        finally:
            connection.close()

    def send(self, text: bytes) -> bytes:
        """Sends bytes as they are and gives all that comes back until the end."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as plain:
            plain.sendall(text)
            plain.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: plain.recv(65536), b""))

    def workers(self) -> set[int]:
        """The ids of the workers, also of those that are about to leave."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return {int(pid) for pid in path.read_text().split()}

    def hang_up(self) -> None:
        """Asks for a reload."""
        self.process.send_signal(signal.SIGHUP)

    def reload(self) -> None:
        """Reloads, and waits until only new workers are left."""
        before = self.workers()
        self.hang_up()
        wait_until(lambda: bool(self.workers()) and not self.workers() & before, "new workers")

    def rewrite(self, change: Callable[[dict[str, Any]], object]) -> None:
        """Changes the catalogue's file, at once as programs should."""
        document = json.loads(CATALOG.read_text(encoding="utf-8"))
        change(document)
        self.overwrite(json.dumps(document, ensure_ascii=False))

    def overwrite(self, text: str) -> None:
        """Puts a text in the place of the catalogue's file."""
        new = self.folder / "catalog.json.new"
        new.write_text(text, encoding="utf-8")
        new.replace(self.catalog)


def ask(
    connection: http.client.HTTPConnection, target: str, method: str = "GET", **more: Any
) -> Answer:
    """Sends a request on a connection and reads the answer."""
    connection.request(method, target, **more)
    response = connection.getresponse()
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers, response.read())


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Waits until something is so, which must not take long."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.02)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def serve(
    folder: Path, port: int, workers: int, example: Path = EXAMPLE
) -> subprocess.Popen[bytes]:
    """Starts nginx, which the kernel ends if this process does not live to."""
    command = [example / "serve", folder, folder / "catalog.json"]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", *command, str(port), str(workers)],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stops nginx: politely, then not."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


@contextmanager
def host(workers: int = 2, example: Path = EXAMPLE) -> Iterator[Host]:
    """Runs nginx in a folder of its own, with the catalogue of the examples."""
    with tempfile.TemporaryDirectory(prefix="poupa host ") as name:
        folder = Path(name)
        shutil.copyfile(CATALOG, folder / "catalog.json")
        port = free_port()
        process = serve(folder, port, workers, example)
        here = Host(folder, process, port)
        try:
            wait_until(lambda: is_up(here), "nginx")
            yield here
            assert process.poll() in {None, 0}, here.log
            assert not re.search("runtime error|Sanitizer|exited on signal [^9]", here.log), (
                here.log
            )
        finally:
            stop(process)


def is_up(here: Host) -> bool:
    """Whether it answers; fails where it ended."""
    assert here.process.poll() is None, here.log
    try:
        return here.get("/targets").status == 200
    except ConnectionRefusedError:
        return False
