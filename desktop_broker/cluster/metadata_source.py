"""Where parts that only read the cluster's metadata get it from."""

from __future__ import annotations

from typing import Protocol

from desktop_broker.cluster.image import MetadataImage


class MetadataSource(Protocol):
    """Has the newest committed image. Any thread may read it; it is replaced whole."""

    @property
    def image(self) -> MetadataImage: ...
