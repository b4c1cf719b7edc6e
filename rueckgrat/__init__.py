"""The program around the trainer: what is started, asked and tried before and after a training.

Rooms: ``cli`` (commands and how they look), ``doctor`` (will it work here?), ``calibration`` (a
person's own voice), ``exercises`` (of one's own), ``replay`` (recorded dialogs),
``recordings`` (sound files), ``pictures``. The trainer itself is the package ``skill``, which knows
nothing of this one.
"""

import os

# Before numpy is loaded. Its threads spin while they wait: where another program has a core as
# well, learning a voice would take ten times as long with them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
