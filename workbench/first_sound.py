"""How long a new process takes until its first sound is ready, as ``train`` starts it.

    python -m workbench.first_sound [--voice NAME] [--prepare]

prints the seconds since the epoch at which the first block with sound was ready. The sound
device's own start is not part of it (it plays what it is given after its latency). With
``--prepare`` what must be ready before a session is rendered and kept instead, for later starts.
"""

import time
from typing import Annotated

import typer

from skill.coach.upcoming import first_sentences
from skill.messages.blocks import EAR_BLOCK_SAMPLES, silence
from skill.observers import Observers
from skill.settings import Settings, load_settings
from skill.settings.household import Household
from skill.trainer import Trainer, open_session


def main(
    voice: Annotated[str, typer.Option(help="Another voice than that of the settings.")] = "",
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Only render what comes first.")
    ] = False,
) -> None:
    """Start a session like ``train`` does, and run it up to its first audible block."""
    settings = load_settings({"voice": voice or None})
    if prepare:
        _prepare(settings)
        return
    household = Household()
    session = open_session(settings, Observers(), seed=7, household=household, is_live=True)
    blocks = 1
    while not session.process(silence(EAR_BLOCK_SAMPLES)).any():
        blocks += 1
    # Live, each block has to be heard before it can be answered.
    print(time.time() + blocks * 0.1)


def _prepare(settings: Settings) -> None:
    trainer = Trainer(settings, household=Household())
    voice = trainer.voice()
    for text in first_sentences(trainer.content):
        voice.speech_seconds(text)


if __name__ == "__main__":
    typer.run(main)
