"""CRC-32C over batches, in C.

The package `crc32c` reads its own metadata and its command line when imported, 30 ms in all, of which a broker needs nothing: its
extension module is loaded by itself.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from types import ModuleType
from typing import cast

from desktop_broker.protocol.schema import Buffer


def _load() -> Callable[[Buffer], int]:
    module = sys.modules.get("crc32c") or _load_extension()
    if module is None:
        module = import_module("crc32c")  # laid out in a way that is not known here
    return cast("Callable[[Buffer], int]", module.crc32c)


def _load_extension() -> ModuleType | None:
    package = PathFinder.find_spec("crc32c")
    where = package.submodule_search_locations if package is not None else None
    spec = PathFinder.find_spec("crc32c._crc32c", where) if where else None
    if spec is None or spec.loader is None:
        return None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


crc32c: Callable[[Buffer], int] = _load()
"""CRC-32C (Castagnoli) of a buffer. Lets go of the interpreter lock for large ones."""
