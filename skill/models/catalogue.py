"""Which speech models are on this machine, and which one is used."""

from dataclasses import dataclass
from pathlib import Path

from skill.errors import ModelError
from skill.files import as_it_lies, is_folder, listed
from skill.paths import expanded, models_dir, user_dir

BUILT_IN = "rueckgrat-small-de"
"""The model that comes with the program, trained by ``models/training``."""


@dataclass(frozen=True)
class FoundModel:
    """A model on this machine; ``origin`` is "fetched" or "built in"."""

    name: str
    path: Path
    origin: str


def fetched_dir() -> Path:
    """Return the folder that fetched models are unpacked into (not created)."""
    return user_dir("data") / "models"


def find_models() -> tuple[FoundModel, ...]:
    """Return the models of this machine, the preferred one first: fetched before built in."""
    fetched = [
        FoundModel(path.name, path, "fetched")
        for path in _folders(fetched_dir())
        if not path.name.startswith(".")  # being fetched or unpacked
    ]
    built_in = models_dir() / BUILT_IN
    if is_folder(built_in):
        fetched.append(FoundModel(BUILT_IN, built_in, "built in"))
    return tuple(fetched)


def choose_model(wanted: str = "") -> Path:
    """Return the folder of the model to use.

    ``wanted`` is a name of ``find_models`` or a folder; empty takes the preferred model. Only the
    folder is found here: whether it holds a whole model is seen by ``skill.ear``. ModelError says
    which models there are.
    """
    models = find_models()
    if not wanted:
        if not models:
            raise ModelError(
                f"Ich habe kein Sprachmodell: {models_dir() / BUILT_IN} fehlt.",
                "Leg diesen Ordner zurück, oder hol eines mit „rueckgrat model fetch“.",
                code="no-model",
            )
        return models[0].path
    for model in models:
        if model.name == wanted:
            return model.path
    own = as_it_lies(expanded(wanted))
    if is_folder(own):
        return own.resolve()
    raise ModelError(
        f"Ein Sprachmodell „{wanted}“ gibt es nicht, und auch keinen Ordner, der so heißt.",
        f"Es gibt: {', '.join(model.name for model in models) or 'keines'}. Was sich mit"
        " „rueckgrat model fetch“ holen lässt, zeigt „rueckgrat model list“.",
        code="unknown-model",
        name=wanted,
    )


def _folders(parent: Path) -> list[Path]:
    return [path for path in listed(parent) if is_folder(path)]
