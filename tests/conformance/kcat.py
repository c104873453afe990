"""What kcat must be able to do with a cluster: each check is a function of the kcat at hand and a topic of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from itertools import count

SECONDS = 60
LINES = 500
CODECS = ("none", "gzip", "snappy", "lz4", "zstd")
_numbers = count(1)


class CheckFailedError(Exception):
    """Says what came instead of what was expected."""


class Kcat:
    """One kcat program and the cluster that it talks to."""

    def __init__(self, program: str, bootstrap: str) -> None:
        self._program = program
        self._bootstrap = bootstrap

    def run(self, *words: str, lines: list[str] | None = None) -> list[str]:
        """What it writes, line by line, after having been given `lines` to read.

        Raises:
            CheckFailedError: it failed, or took longer than SECONDS.
        """
        command = [self._program, "-b", self._bootstrap, *words]
        given = "".join(f"{line}\n" for line in lines or [])
        try:
            done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise CheckFailedError(f"kcat {' '.join(words)} took longer than {SECONDS} s") from None
        if done.returncode != 0:
            raise CheckFailedError(f"kcat {' '.join(words)} failed: {done.stderr.strip()[-300:]}")
        return done.stdout.splitlines()

    def read(self, topic: str, *words: str) -> list[str]:
        """A topic from its beginning to its end."""
        return self.run("-C", "-q", "-e", "-t", topic, "-o", "beginning", *words)


def brokers_are_listed(kcat: Kcat, topic: str) -> None:
    described = json.loads("".join(kcat.run("-L", "-J")))
    _expect(bool(described["brokers"]), True)
    _expect(described["controllerid"] in {broker["id"] for broker in described["brokers"]}, True)


def every_codec_comes_back(kcat: Kcat, topic: str) -> None:
    written = [f"{codec}-{number}" for codec in CODECS for number in range(LINES)]
    for codec in CODECS:
        kcat.run("-P", "-t", topic, "-z", codec, lines=[line for line in written if line.startswith(codec)])
    _expect(sorted(kcat.read(topic)), sorted(written))


def an_idempotent_producer_keeps_its_order(kcat: Kcat, topic: str) -> None:
    written = [str(number) for number in range(LINES)]
    kcat.run("-P", "-t", topic, "-p", "0", "-X", "enable.idempotence=true", lines=written)
    _expect(kcat.read(topic, "-p", "0"), written)


def keys_headers_and_nulls_come_back(kcat: Kcat, topic: str) -> None:
    kcat.run("-P", "-t", topic, "-p", "0", "-K", ":", "-Z", "-H", "from=kcat", lines=["with:value", "without:"])
    _expect(kcat.read(topic, "-p", "0", "-f", "%k %s %S %h\\n"), ["with value 5 from=kcat", "without  -1 from=kcat"])


def a_group_goes_on_where_it_was(kcat: Kcat, topic: str) -> None:
    options = ("-X", "auto.offset.reset=earliest", "-X", "session.timeout.ms=6000", "-q", "-e")
    kcat.run("-P", "-t", topic, lines=["one", "two", "three"])
    _expect(sorted(kcat.run("-G", f"group-{topic}", *options, topic)), ["one", "three", "two"])
    kcat.run("-P", "-t", topic, lines=["four"])
    _expect(kcat.run("-G", f"group-{topic}", *options, topic), ["four"])


def offsets_are_found_by_time(kcat: Kcat, topic: str) -> None:
    kcat.run("-P", "-t", topic, "-p", "0", lines=["early", "late"])
    stamps = kcat.read(topic, "-p", "0", "-f", "%T\\n")
    for asked, offset in ((stamps[0], "0"), ("0", "0"), ("-1", "2"), ("-2", "0")):
        (line,) = kcat.run("-Q", "-t", f"{topic}:0:{asked}")
        _expect(re.findall(r"offset (\d+)", line), [offset])


def the_end_can_be_read_alone(kcat: Kcat, topic: str) -> None:
    kcat.run("-P", "-t", topic, "-p", "0", lines=["first", "last"])
    _expect(kcat.run("-C", "-q", "-e", "-t", topic, "-p", "0", "-o", "-1"), ["last"])


CHECKS: tuple[Callable[[Kcat, str], None], ...] = (
    brokers_are_listed,
    every_codec_comes_back,
    an_idempotent_producer_keeps_its_order,
    keys_headers_and_nulls_come_back,
    a_group_goes_on_where_it_was,
    offsets_are_found_by_time,
    the_end_can_be_read_alone,
)


def fresh_topic() -> str:
    """A name that no check had; kcat makes the topic by using it."""
    return f"kcat-{os.getpid()}-{next(_numbers)}"


def _expect(found: object, wanted: object) -> None:
    if found != wanted:
        raise CheckFailedError(f"got {_short(found)}, expected {_short(wanted)}")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 200 else f"{text[:100]} ... {text[-90:]}"
