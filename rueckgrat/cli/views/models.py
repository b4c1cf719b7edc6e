"""Speech models in a list, and how far the fetching of one has come."""

from rich.console import Console

from rueckgrat.cli.lines import print_line
from rueckgrat.cli.views.fetching import download_bar
from rueckgrat.fetching.speech_models import FETCHABLE, fetch_model
from skill.errors import ModelError
from skill.models import choose_model, fetched_dir, find_models

_ORIGINS = {"fetched": "geholt", "built in": "mitgeliefert"}


def show_models(console: Console, wanted: str) -> None:
    """Print the models that are here and those that can be fetched.

    A * marks the one that the setting ``wanted`` chooses.
    """
    found = {model.path: model for model in find_models()}
    try:
        used = choose_model(wanted)
    except ModelError as error:
        used = None
        print_line(console, str(error), "red")
    for path, model in found.items():
        mark = "*" if path == used else " "
        print_line(console, f"{mark} {model.name:<26} {_ORIGINS[model.origin]}")
    if used and used not in found:
        print_line(console, f"* {used}")
    here = {model.name for model in found.values()}
    for remote in FETCHABLE.values():
        if remote.name not in here:
            size = f"{remote.size_bytes / 1e6:.0f} MB"
            print_line(console, f"  {remote.name:<26} zum Holen, {size}")


def show_fetching(console: Console, name: str) -> None:
    """Fetch a model with a progress bar; ModelError for one that is not published."""
    if name not in FETCHABLE:
        raise ModelError(f"„{name}“ kann ich nicht holen.", f"Es gibt: {', '.join(FETCHABLE)}.")
    with download_bar(console, name) as on_progress:
        path = fetch_model(FETCHABLE[name], fetched_dir(), on_progress)
    print_line(console, f"{name} liegt in {path}")
