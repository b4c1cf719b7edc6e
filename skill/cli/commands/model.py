"""``model``: which speech model recognises, and where it comes from."""

from typing import Annotated

import typer

from skill.cli.terminal import Terminal

model_app = typer.Typer(
    help="List, fetch, choose and check speech models.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_DEFAULT_FETCH = "vosk-model-small-de-0.15"


@model_app.command("list")
def list_models(context: typer.Context) -> None:
    """List the models of this machine and those that can be fetched; * marks the one in use."""
    from skill.cli.views.models import show_models
    from skill.settings import load_settings

    terminal: Terminal = context.obj
    with terminal.console() as console:
        show_models(console, load_settings().model)


@model_app.command()
def fetch(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="As `model list` shows it.")] = _DEFAULT_FETCH,
) -> None:
    """Fetch a published model. Interrupted, it goes on where it stopped."""
    from skill.cli.views.models import show_fetching

    terminal: Terminal = context.obj
    with terminal.console() as console:
        show_fetching(console, name)


@model_app.command()
def use(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name that `model list` shows, or a folder.")],
) -> None:
    """Use this model from now on (written to settings.toml)."""
    from skill.models import choose_model, find_models
    from skill.models.whole import check_model_dir
    from skill.settings import save_setting

    path = choose_model(name)
    check_model_dir(path)
    known = {model.path: model.name for model in find_models()}
    file = save_setting("model", known.get(path, str(path)))
    terminal: Terminal = context.obj
    with terminal.console() as console:
        console.print(f"{known.get(path, str(path))} is used from now on ({file}).", soft_wrap=True)


@model_app.command()
def check(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name or folder; by default the one in use.")] = "",
) -> None:
    """Prove that the model knows every word of every command, and name those it lacks."""
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
                f"The speech model {path.name} does not know these words of commands: {named}.",
                "Put it in other words in commands.yaml or the settings, or use another model.",
            )
        console.print(f"{path.name} knows every word of every command.", soft_wrap=True)
