"""``train``: a session with microphone and speaker, or the recorded demonstration."""

import typer

from rueckgrat.cli.options import (
    Dialogs,
    Microphone,
    Model,
    Out,
    Page,
    Speaker,
    Stays,
    Voice,
    WordsPerMinute,
)
from rueckgrat.cli.terminal import Terminal


def train(
    context: typer.Context,
    microphone: Microphone = None,
    speaker: Speaker = None,
    model: Model = None,
    voice: Voice = None,
    words_per_minute: WordsPerMinute = None,
    dialogs: Dialogs = None,
    stays: Stays = None,
    page: Page = None,
    out: Out = None,
) -> None:
    """Trainiert mit dir, du sprichst. (ohne Befehl)

    Stell das Mikrofon in zwei Meter Nähe, leg dich hin und sprich: „ja“, „nein“, „weiter“,
    „pause“, „wiederholen“, „langsamer“, „hilfe“, und jederzeit „stopp“ oder „aua“. Mit „beenden“
    oder Strg-C ist Schluss. Was du sagst, wird nicht gespeichert, außer du willst es mit --out.

    Mit --stay wartet der Trainer auf „hallo trainer“, und danach wieder. Sind Mikrofon und
    Lautsprecher noch nicht da, wartet er auch auf sie.

    Sonst spielt er ohne Mikrofon und Lautsprecher eine aufgezeichnete Übungsstunde vor, und
    schreibt sie nach ./out.
    """
    from rueckgrat.cli.live import train_live
    from rueckgrat.cli.views.notices import notice, settings_left_out
    from skill.settings import load_in_spite_of_the_file

    settings, wrong = load_in_spite_of_the_file(
        {
            "microphone": microphone,
            "speaker": speaker,
            "model": model,
            "voice": voice,
            "words_per_minute": words_per_minute,
            "dialogs": dialogs,
            "stays": stays,
            "page": page,
        }
    )
    terminal: Terminal = context.obj
    with terminal.console() as console:
        if wrong:
            notice(console, settings_left_out(wrong))
        train_live(settings, console, out)
