"""The benchmark of understanding behind ``make bench-understanding``: whole sentences, many voices.

``make bench-ears`` asks whether the phrases that the trainer teaches are recognised; this asks
whether people are understood who say it their own way. ``clips`` lets voices say a table of
utterances in noise and rooms, ``trying`` plays that to the ear, ``tally`` counts and ``table``
shows what came of it. See ``docs/ears-benchmark.md``.
"""
