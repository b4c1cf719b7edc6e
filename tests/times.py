"""What takes the time: ``-p tests.times`` sums up the seconds of the tests by folder."""

from collections import Counter

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    seconds: Counter[str] = Counter()
    tests: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                file = report.nodeid.partition("::")[0]
                folder = file.rpartition("/")[0]
                seconds[folder] += report.duration
                tests[folder] += report.when == "call"
    terminalreporter.section("seconds by folder")
    for folder, sum_ in seconds.most_common():
        terminalreporter.write_line(f"{sum_:8.1f} s  {tests[folder]:5} tests  {folder}")
    terminalreporter.write_line(f"{seconds.total():8.1f} s  {tests.total():5} tests")
