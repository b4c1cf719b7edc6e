"""Where a speech model comes from: the built-in one, fetched ones, a folder of one's own."""

from skill.models.catalogue import (
    BUILT_IN,
    FETCHABLE,
    FoundModel,
    RemoteModel,
    choose_model,
    fetched_dir,
    find_models,
)
from skill.models.fetch import fetch_model

__all__ = [
    "BUILT_IN",
    "FETCHABLE",
    "FoundModel",
    "RemoteModel",
    "choose_model",
    "fetch_model",
    "fetched_dir",
    "find_models",
]
