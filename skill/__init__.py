"""Rückgrat: an offline, hands-free German voice trainer for the back.

Rooms: ``ear`` (blocks to what was heard), ``coach`` (what happens next), ``voice`` (cues to
blocks), ``content`` (typed dialogs), ``audio`` (files, devices, resampling). ``session`` joins ear,
coach and voice, block by block. The program around it is the package ``rueckgrat``.
"""

__version__ = "0.1.0"
