"""The benchmark of the ear behind ``make bench-ears``: recall, false accepts, latency, cost.

``questions`` asks any ear about any clips; the other modules know which clips there are, keep what
was answered and print it. See ``docs/ears-benchmark.md``.
"""

from workbench.ears.questions import Clip, FalseAlarms, Obeyed, false_alarms, obey, padded

__all__ = ["Clip", "FalseAlarms", "Obeyed", "false_alarms", "obey", "padded"]
