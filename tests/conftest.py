"""What all tests have in common: a home of their own, signals of their own, who runs what."""

import gc
import os
import signal
import tempfile
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

from rueckgrat.replay import pytest_plugin
from rueckgrat.replay.pytest_plugin import DialogItem
from tests.rendering import make_steady

MOST_WORKERS = 8

pytest_plugins = ["tests.browsers"]

# Each run looks at the same examples: a test that fails does so the next time, too.
settings.register_profile("the same each time", derandomize=True, deadline=None, max_examples=50)
settings.load_profile("the same each time")


def pytest_configure(config: pytest.Config) -> None:
    # Installed, the plugin has registered itself under its entry point's name.
    if not config.pluginmanager.is_registered(pytest_plugin):
        config.pluginmanager.register(pytest_plugin)
    # Nobody's settings count in the tests, and rendered lines are kept from run to run.
    cache = getattr(config, "cache", None)
    home = cache.mkdir("home") if cache else tempfile.mkdtemp(prefix="rueckgrat-tests-")
    os.environ["RUECKGRAT_HOME"] = str(home)
    make_steady()
    # Many tests read all dialogs: thousands of objects that last, among little garbage.
    gc.set_threshold(1_000_000, 20, 50)
    # In the background or under nohup, SIGINT is ignored, and so by every program a test starts.
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than there are processors: one waits for sound most of the time."""
    return min(len(os.sched_getaffinity(0)) + 1, MOST_WORKERS)


class ByFile(LoadFileScheduling):
    """Gives each file to one worker, and all those of virtual sound devices to the same one.

    They wait nearly all the time, and a machine of two cores gives no more than one room its peace.
    """

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return _SOUND if file.startswith(_SOUND) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let whole files have their turn: in the order in which the workers are given them."""
    if not hasattr(config, "workerinput"):
        return
    turns: dict[Path, int] = {}
    for item in items:
        turns[item.path] = min(turns.get(item.path, _LAST), _turn(item))
    items.sort(key=lambda item: turns[item.path])


_SOUND = "tests/pulse/"
_LAST = 2


def _turn(item: pytest.Item) -> int:
    """Return when a test has its turn: waiting first, then what takes long, then all others."""
    if item.get_closest_marker("pulse"):
        return 0
    return 1 if item.get_closest_marker("slow") or isinstance(item, DialogItem) else _LAST
