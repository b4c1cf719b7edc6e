"""Memory over hours: slopes that are known."""

import threading

import pytest

from workbench.soak.resources import Sample, Stopwatch, look, rise, slope_mib_per_hour, warm


def run(number: int, level: float, slope: float, start: float, end: float) -> list[Sample]:
    hours = [start + step / 20 for step in range(round((end - start) * 20) + 1)]
    return [Sample(number, hour, level + slope * hour, 7, 3) for hour in hours]


def test_the_slope_of_a_line_is_found() -> None:
    assert slope_mib_per_hour(run(1, 100.0, 1.5, 0.0, 6.0)) == pytest.approx(1.5)


def test_two_runs_share_their_slope_and_not_their_level() -> None:
    samples = [*run(1, 100.0, 0.25, 0.0, 4.0), *run(2, 30.0, 0.25, 4.0, 8.0)]
    assert slope_mib_per_hour(samples) == pytest.approx(0.25)


def test_less_than_an_hour_is_no_figure() -> None:
    assert slope_mib_per_hour(run(1, 100.0, 9.0, 0.0, 0.9)) is None
    assert slope_mib_per_hour([]) is None


def test_each_process_warms_up() -> None:
    kept = warm([*run(1, 0.0, 0.0, 0.0, 3.0), *run(2, 0.0, 0.0, 3.0, 6.0)])
    assert {(one.run, one.hour) for one in kept} >= {(1, 2.0), (2, 5.0)}
    assert all(one.hour >= (2.0 if one.run == 1 else 5.0) for one in kept)


def test_processor_time_goes_to_what_it_was_spent_on() -> None:
    spent: dict[str, float] = {}
    watch = Stopwatch(spent)
    for kind in ("busy", "busy", "idle", ""):
        watch.turn_to(kind)
        if kind == "busy":
            sum(range(1_000_000))
    assert set(spent) == {"busy", "idle"}
    assert spent["busy"] > 10 * spent["idle"]


def test_a_rise_shows_in_the_last_third_and_a_peak_does_not() -> None:
    assert rise([7, 7, 7, 7, 9, 7, 7, 7, 7]) == 0
    assert rise([7, 7, 7, 8, 8, 8, 9, 9, 9]) == 2
    assert rise([]) == 0


def test_this_process_is_seen(tmp_path) -> None:
    before = look(1, 0.0)
    held = bytearray(64 * 2**20)
    held[::4096] = b"x" * len(held[::4096])
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    with (tmp_path / "file").open("w"):
        after = look(1, 0.0)
    done.set()
    thread.join()
    assert after.rss_mib - before.rss_mib > 50
    assert after.threads == before.threads + 1
    assert after.open_files == before.open_files + 1
