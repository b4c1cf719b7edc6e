"""``model``: which speech model recognises, and where it comes from."""

from typing import Annotated

import typer

from rueckgrat.cli.help import GermanTyper
from rueckgrat.cli.lines import print_line
from rueckgrat.cli.terminal import Terminal

model_app = GermanTyper(
    help="Zeigt, holt, wählt und prüft Sprachmodelle.",
    no_args_is_help=True,
)

_ORIGINS = {"fetched": "geholt", "built in": "mitgeliefert"}
_DEFAULT_FETCH = "vosk-model-small-de-0.15"


@model_app.command("list")
def list_models(context: typer.Context) -> None:
    """Zeigt die Modelle auf diesem Gerät, und die zum Holen; * ist das gewählte."""
    from rueckgrat.cli.views.models import show_models
    from skill.settings import load_settings

    terminal: Terminal = context.obj
    with terminal.console() as console:
        show_models(console, load_settings().model)


@model_app.command()
def fetch(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Wie `model list` es zeigt.")
    ] = _DEFAULT_FETCH,
) -> None:
    """Holt ein veröffentlichtes Modell. Brichst du ab, geht es beim nächsten Mal weiter."""
    from rueckgrat.cli.views.models import show_fetching

    terminal: Terminal = context.obj
    with terminal.console() as console:
        show_fetching(console, name)


@model_app.command()
def use(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Ein Name aus `model list`, oder ein Ordner.")
    ],
) -> None:
    """Nimmt von jetzt an dieses Modell (steht dann in settings.toml)."""
    from skill.models import choose_model, find_models
    from skill.models.whole import check_model_dir
    from skill.settings import save_setting

    path = choose_model(name)
    check_model_dir(path)
    known = {model.path: model.name for model in find_models()}
    file = save_setting("model", known.get(path, str(path)))
    terminal: Terminal = context.obj
    with terminal.console() as console:
        chosen = known.get(path, str(path))
        print_line(console, f"Von jetzt an nehme ich {chosen} ({file}).")


@model_app.command()
def check(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Name oder Ordner; sonst das gewählte.")
    ] = "",
) -> None:
    """Prüft, ob das Modell jedes Wort aller Befehle kennt, und nennt die, die ihm fehlen."""
    from skill.content.own import content_for
    from skill.content.personal import personal
    from skill.ear import SpeechModel, words_unknown
    from skill.errors import ModelError
    from skill.models import choose_model
    from skill.settings import load_settings

    settings = load_settings({"model": name or None})
    terminal: Terminal = context.obj
    with terminal.console() as console:
        path = choose_model(settings.model)
        content = personal(content_for(settings.dialog_folders), settings.people, settings.wake)
        missing = words_unknown(SpeechModel(path), content)
        if missing:
            named = "; ".join(f"{', '.join(words)} ({name})" for name, words in missing.items())
            raise ModelError(
                f"Das Sprachmodell {path.name} kennt diese Wörter von Befehlen nicht: {named}.",
                "Nimm in commands.yaml oder den Einstellungen andere Wörter, oder ein anderes"
                " Modell.",
            )
        print_line(console, f"{path.name} kennt jedes Wort aller Befehle.")
