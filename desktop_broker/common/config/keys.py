"""One config key: its declaration, and how a text becomes its value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeVar

ConfigValue = bool | int | float | str | tuple[str, ...]
_Number = TypeVar("_Number", int, float)


class ConfigType(IntEnum):
    """Types as DescribeConfigs numbers them (`ConfigDef.Type`, `DescribeConfigsResponse`)."""

    BOOLEAN = 1
    STRING = 2
    INT = 3
    SHORT = 4
    LONG = 5
    DOUBLE = 6
    LIST = 7
    CLASS = 8
    PASSWORD = 9


class ConfigError(ValueError):
    """A value that a key does not take; the message is a sentence for people."""


_INT_LIMITS = {
    ConfigType.SHORT: (-(2**15), 2**15 - 1),
    ConfigType.INT: (-(2**31), 2**31 - 1),
    ConfigType.LONG: (-(2**63), 2**63 - 1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigKey:
    """A key's declaration.

    Attributes:
        default: the value when nobody set it; None where there is none.
        choices: the words allowed (STRING) or the words a LIST may be made of; empty for any.
        unit: "ms", "bytes", "messages", "ratio" or "" (forms offer units from it).
        dynamic: whether it may change while a broker runs.
        broker_key: for a topic key, the broker key whose value is its default.
        acted_on: False for a key that is accepted and kept, but means nothing on one machine.
    """

    name: str
    type: ConfigType
    default: ConfigValue | None
    help: str
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    unit: str = ""
    dynamic: bool = True
    broker_key: str | None = None
    acted_on: bool = True

    def parse(self, text: str) -> ConfigValue:
        """The value that a text means.

        Raises:
            ConfigError: with what was given and what would do.
        """
        text = text.strip()
        match self.type:
            case ConfigType.BOOLEAN:
                return self._boolean(text)
            case ConfigType.INT | ConfigType.SHORT | ConfigType.LONG:
                return self._check_range(self._integer(text))
            case ConfigType.DOUBLE:
                return self._check_range(self._number(text))
            case ConfigType.LIST:
                return self._list(text)
            case _:
                if self.choices and text not in self.choices:
                    raise ConfigError(f"{self.name} takes {_either(self.choices)}, not '{text}'.")
                return text

    def format(self, value: ConfigValue | None) -> str | None:
        """The text of a value, as Kafka shows it."""
        if value is None:
            return None
        if isinstance(value, bool):
            return "true" if value else "false"
        return ",".join(value) if isinstance(value, tuple) else str(value)

    def _boolean(self, text: str) -> bool:
        if text.lower() not in ("true", "false"):
            raise ConfigError(f"{self.name} takes true or false, not '{text}'.")
        return text.lower() == "true"

    def _integer(self, text: str) -> int:
        try:
            value = int(text, 10)
        except ValueError:
            raise ConfigError(f"{self.name} takes a whole number, not '{text}'.") from None
        low, high = _INT_LIMITS[self.type]
        if not low <= value <= high:
            raise ConfigError(f"{self.name} takes a whole number between {low} and {high}, not {value}.")
        return value

    def _number(self, text: str) -> float:
        try:
            return float(text)
        except ValueError:
            raise ConfigError(f"{self.name} takes a number, not '{text}'.") from None

    def _list(self, text: str) -> tuple[str, ...]:
        words = tuple(word.strip() for word in text.split(",") if word.strip())
        for word in words:
            if self.choices and word not in self.choices:
                raise ConfigError(f"{self.name} takes a list of {_either(self.choices)}, not '{word}'.")
        return words

    def _check_range(self, value: _Number) -> _Number:
        if self.minimum is not None and value < self.minimum:
            raise ConfigError(f"{self.name} must be at least {self.minimum:g}, not {value}.")
        if self.maximum is not None and value > self.maximum:
            raise ConfigError(f"{self.name} must be at most {self.maximum:g}, not {value}.")
        return value


def parse_all(keys: Mapping[str, ConfigKey], texts: Mapping[str, str]) -> dict[str, ConfigValue]:
    """Parse many at once.

    Raises:
        ConfigError: for the first key that is unknown or whose value does not do.
    """
    values: dict[str, ConfigValue] = {}
    for name, text in texts.items():
        key = keys.get(name)
        if key is None:
            raise ConfigError(f"There is no config named '{name}'.{_suggest(name, keys)}")
        values[name] = key.parse(text)
    return values


def declare(*keys: ConfigKey) -> dict[str, ConfigKey]:
    """Keys by name, in the order they were declared."""
    return {key.name: key for key in keys}


def _suggest(name: str, known: Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1)
    return f" Did you mean '{near[0]}'?" if near else ""


def _either(words: tuple[str, ...]) -> str:
    return " or ".join(words) if len(words) < 3 else ", ".join(words[:-1]) + " or " + words[-1]
