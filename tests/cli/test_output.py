"""Output that gets lost ends nothing: a full disk, a closed pipe."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import CHECKOUT

LOST = "Achtung: Was ich schreibe, kommt nicht an: der Speicher ist voll.\n"


def run_into(output: int, tmp_path: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, str(CHECKOUT / "main.py"), *arguments],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("devices",), ("history",)])
def test_a_full_disk_is_one_sentence(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        assert run_into(full.fileno(), tmp_path, *arguments) == (2, LOST)


def test_errors_are_told_although_nothing_can_be_written(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        code, told = run_into(full.fileno(), tmp_path, "replay", "nowhere.wav")
    assert code == 2
    assert "nowhere.wav gibt es nicht" in told


@pytest.mark.parametrize("arguments", [("--help",), ("devices",)])
def test_a_closed_pipe_is_nothing_to_tell_of(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    try:
        assert run_into(writes, tmp_path, *arguments) == (0, "")
    finally:
        os.close(writes)


def test_a_training_goes_on_without_its_output(tmp_path: Path) -> None:
    words = str(CHECKOUT / "tests" / "recordings" / "anna" / "beenden.ogg")
    with Path("/dev/full").open("wb") as full:
        arguments = ("replay", words, "--out", str(tmp_path / "out"))
        assert run_into(full.fileno(), tmp_path, *arguments) == (2, LOST)
    assert (tmp_path / "out" / "session.wav").stat().st_size > 44


def test_names_and_sentences_of_another_character_set(tmp_path: Path) -> None:
    odd = "Gr\u00fcn".encode("latin-1")
    folder = os.fsencode(tmp_path) + b"/" + odd
    os.mkdir(folder)  # noqa: PTH102
    recording = (CHECKOUT / "tests" / "recordings" / "anna" / "beenden.ogg").read_bytes()
    with open(folder + b"/" + odd + b".ogg", "wb") as file:  # noqa: PTH123
        file.write(recording)
    commands = (
        [b"replay", folder + b"/" + odd + b".ogg", b"--out", folder + b"/out"],
        [b"say", odd, b"--out", folder + b"/said.wav"],
    )
    for arguments in commands:
        program = [os.fsencode(sys.executable), os.fsencode(CHECKOUT / "main.py"), *arguments]
        done = subprocess.run(program, capture_output=True, cwd=tmp_path, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
    assert sorted(os.listdir(folder)) == [odd + b".ogg", b"out", b"said.wav"]  # noqa: PTH208
