"""kcat, wrapped so that it takes the commands and prints the lines of README.md of this folder."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from typing import Any

KCAT = os.environ.get("KCAT", "kcat")
_print = threading.Lock()


def say(line: dict[str, Any]) -> None:
    with _print:
        print(json.dumps(line), flush=True)


def create(bootstrap: str, topic: str, _partitions: str) -> None:
    # kcat has no command for it: asking for a topic's metadata makes it, where auto.create.topics.enable says so.
    for _ in range(50):
        command = [KCAT, "-b", bootstrap, "-L", "-J", "-t", topic, "-X", "allow.auto.create.topics=true"]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout)
        if told["topics"] and told["topics"][0].get("partitions"):
            return
    raise RuntimeError(f"{topic} was not created")


def produce(bootstrap: str, topic: str, codec: str, count: str, prefix: str) -> None:
    lines = "".join(f"k{i}\t{prefix}-{i}\n" for i in range(int(count)))
    command = [
        KCAT,
        "-b",
        bootstrap,
        "-P",
        "-t",
        topic,
        "-z",
        codec,
        "-K",
        "\t",
        "-H",
        f"codec={codec}",
        "-X",
        "acks=all",
    ]
    subprocess.run(command, input=lines, text=True, check=True, timeout=60)


def member(bootstrap: str, topic: str, group: str) -> None:
    settings = ["auto.offset.reset=earliest", "session.timeout.ms=10000", "heartbeat.interval.ms=500"]
    form = r'{"p": %p, "o": %o, "k": "%k", "v": "%s", "h": "%h"}\n'
    command = [
        KCAT,
        "-b",
        bootstrap,
        "-u",
        "-f",
        form,
        *(word for s in settings for word in ("-X", s)),
        "-G",
        group,
        topic,
    ]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    threading.Thread(target=_follow_assignments, args=(process.stderr,), daemon=True).start()
    threading.Thread(target=lambda: (sys.stdin.read(), process.send_signal(signal.SIGINT)), daemon=True).start()
    for line in process.stdout:
        record = json.loads(line)
        record["h"] = dict(part.split("=", 1) for part in record["h"].split(",") if part)
        say(record)
    process.wait(30)


def _follow_assignments(lines: Any) -> None:
    for line in lines:
        if "assigned:" in line:
            say({"assigned": sorted(int(number) for number in re.findall(r"\[(\d+)\]", line))})


{"create": create, "produce": produce, "member": member}[sys.argv[1]](*sys.argv[2:])
