"""The benchmark of the ear behind ``make bench-ears``: recall, false accepts, latency, cost.

See ``docs/ears-benchmark.md``.
"""
