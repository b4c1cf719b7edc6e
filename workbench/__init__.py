"""The benchmark behind ``make bench``: figures with ratios, all measured in one run."""
