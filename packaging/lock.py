"""Refresh the lock files: `python packaging/lock.py` (needs uv), `--upgrade` for the newest versions.

test.txt (everything) is resolved first; run.txt (the program, and what installs it) is then held to the same versions, so
one environment serves both. Both hold for every supported Python and system: markers select, hashes guard.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "packaging" / "locks"
OLDEST_PYTHON = "3.11"


def main(words: list[str]) -> int:
    if set(words) - {"--upgrade"}:
        sys.stderr.write("usage: python packaging/lock.py [--upgrade]\n")
        return 2
    uv = shutil.which("uv")
    if uv is None:
        sys.stderr.write("Refreshing the lock files needs uv: pip install uv\n")
        return 1
    test, run = LOCKS / "test.txt", LOCKS / "run.txt"
    compile_lock(uv, test, ["--group", "build", "--group", "dev", *words])
    compile_lock(uv, run, ["--group", "build", "--constraints", str(test.relative_to(ROOT))])
    return 0


def compile_lock(uv: str, target: Path, options: list[str]) -> None:
    """Resolve into `target`; only what the registry is asked for is written, never where this machine found it."""
    fixed = [
        "--universal",
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-emit-find-links",
        "--no-annotate",
        "--no-header",
    ]
    command = [uv, "pip", "compile", "--quiet", *fixed, "--python-version", OLDEST_PYTHON]
    command += [*options, "pyproject.toml", "--output-file", str(target.relative_to(ROOT))]
    subprocess.run(command, cwd=ROOT, check=True)
    pins = len(re.findall(r"^[a-z0-9]", target.read_text(encoding="utf-8"), flags=re.MULTILINE | re.IGNORECASE))
    sys.stdout.write(f"{target.relative_to(ROOT)}: {pins} pins\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
