"""Where a speech model comes from: the built-in one, fetched ones, a folder of one's own."""

from skill.models.catalogue import (
    BUILT_IN,
    FoundModel,
    choose_model,
    fetched_dir,
    find_models,
)

__all__ = [
    "BUILT_IN",
    "FoundModel",
    "choose_model",
    "fetched_dir",
    "find_models",
]
