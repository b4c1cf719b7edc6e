"""How long a new process takes until its first sound is ready, as ``train`` starts it.

    python -m workbench.first_sound

prints the seconds since the epoch at which the first block with sound was ready. The sound
device's own start is not part of it (it plays what it is given after its latency).
"""

import time

from skill.messages.blocks import EAR_BLOCK_SAMPLES, silence
from skill.observers import Observers
from skill.settings import load_settings
from skill.settings.household import Household
from skill.trainer import open_session


def main() -> None:
    """Start a session like ``train`` does, and run it up to its first audible block."""
    household = Household()
    session = open_session(load_settings(), Observers(), seed=7, household=household, is_live=True)
    blocks = 1
    while not session.process(silence(EAR_BLOCK_SAMPLES)).any():
        blocks += 1
    # Live, each block has to be heard before it can be answered.
    print(time.time() + blocks * 0.1)


if __name__ == "__main__":
    main()
