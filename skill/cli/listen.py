"""``listen``: what the recogniser makes of a voice."""

import typer

from skill.cli.options import Dialogs, Microphone, Model
from skill.cli.terminal import Terminal


def listen(
    context: typer.Context,
    microphone: Microphone = None,
    model: Model = None,
    dialogs: Dialogs = None,
) -> None:
    """Show what is heard, with its confidence: to try a microphone and its place.

    Every command counts here, and nothing happens. The bar shows how loud it is: your voice
    should fill more than half of it, the silence of the room less than a quarter. Ctrl-C ends it.
    """
    from skill.audio.one_way import heard_blocks
    from skill.audio.portaudio import PortAudio
    from skill.cli.hearing import show_hearing
    from skill.content.own import content_for
    from skill.content.personal import personal
    from skill.ear import SpeechModel, open_ear
    from skill.ear.thresholds import personal_rules
    from skill.models import choose_model
    from skill.settings import load_settings

    settings = load_settings({"microphone": microphone, "model": model, "dialogs": dialogs})
    terminal: Terminal = context.obj
    with terminal.console() as console:
        content = personal(content_for(settings), settings.people, settings.wake)
        model_dir = choose_model(settings.model)
        rules = personal_rules(content, model_dir)
        ear = open_ear(SpeechModel(model_dir), content, rules)
        blocks = heard_blocks(PortAudio(), settings.microphone or None)
        show_hearing(blocks, ear, frozenset(content.commands), console)
