"""Settings as plain JSON and back, shared by every frozen dataclass of them."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, Self

from vae_explorer.errors import InvalidSetting, require


class Settings:
    """Base of frozen dataclasses that hold numbers, texts and tuples of them."""

    def to_dict(self) -> dict[str, Any]:
        """The settings as JSON values; tuples become lists."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}  # type: ignore[call-overload]

    @classmethod
    def names(cls) -> set[str]:
        """The names of all settings."""
        return {field.name for field in fields(cls)}  # type: ignore[arg-type]

    @classmethod
    def of(cls, **values: Any) -> Self:
        """Settings by name."""
        return cls(**values)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Settings from JSON values.

        Raises:
            InvalidSetting: for a missing or unknown key, or a value out of bounds.
        """
        known = cls.names()
        require(isinstance(values, Mapping), f"{cls.__name__} must be an object of settings.")
        require(set(values) <= known, f"{cls.__name__} does not know {', '.join(sorted(set(values) - known))}.")
        try:
            return cls.of(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})
        except TypeError as error:
            raise InvalidSetting(f"{cls.__name__} is incomplete: {error}.") from error
