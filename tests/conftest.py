"""The pytest plugin of a checkout that isn't installed, and a home of the tests' own."""

import os
import tempfile

import pytest

from skill.replay import pytest_plugin


def pytest_configure(config: pytest.Config) -> None:
    # Installed, the plugin has registered itself under its entry point's name.
    if not config.pluginmanager.is_registered(pytest_plugin):
        config.pluginmanager.register(pytest_plugin)
    # Nobody's settings count in the tests, and rendered lines are kept from run to run.
    cache = getattr(config, "cache", None)
    home = cache.mkdir("home") if cache else tempfile.mkdtemp(prefix="rueckgrat-tests-")
    os.environ["RUECKGRAT_HOME"] = str(home)
