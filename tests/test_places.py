"""Files and folders that may say no, and texts of people: each is asked for in one home only."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
FILES = [path for name in ("rueckgrat", "skill") for path in (CHECKOUT / name).rglob("*.py")]

ASKING = re.compile(r"\.(exists|is_dir|is_file|samefile|iterdir)\(")
ASK_THEMSELVES = {
    "skill/files.py": "the home of asking",
    "skill/paths.py": "the program's own folder",
    "rueckgrat/history/files.py": "what can't be ruled out counts as kept; OSError is told",
    "rueckgrat/history/history.py": "OSError is told as the problem",
    "rueckgrat/observers/first_time.py": "OSError is told",
    "skill/voice/cache.py": "OSError is told",
    "skill/content/dialog_files.py": "OSError is told",
}

READING = re.compile(r"\.read_text\(|\.decode\(")
READ_THEMSELVES = {
    "skill/written/text.py": "the home of reading",
    "skill/written/yaml_source.py": "says in which line a text is no UTF-8",
    "skill/audio/portaudio.py": "names of devices",
    "skill/audio/quiet.py": "what libraries print",
    "rueckgrat/history/codec.py": "JSON of our own",
    "skill/models/whole.py": "the head of a model's file",
    "rueckgrat/observers/not_understood.py": "a file of our own",
    "skill/voice/synthesis.py": "a file of espeak-ng's",
    "rueckgrat/adaptation/kaldi.py": "words within a model's file",
    "rueckgrat/calibration/own_ear.py": "a file of our own",
    "rueckgrat/calibration/store.py": "a file of our own",
    "rueckgrat/exercises/unheard.py": "a file of our own",
    "rueckgrat/doctor/load.py": "files of the kernel's",
    "rueckgrat/home/key.py": "random figures",
    "rueckgrat/home/trainer_at_home.py": "what a broker passes on",
    "rueckgrat/page/app.py": "a file of our own",
    "rueckgrat/page/pairing.py": "a file of our own",
    "rueckgrat/page/sheets.py": "a file of our own, and what a browser sends",
    "rueckgrat/cli/views/calibration.py": "a key that is pressed",
    "rueckgrat/replay/playback/page.py": "files of its own, and base64",
}


def places(pattern: re.Pattern[str], homes: dict[str, str]) -> list[str]:
    named = {str(path.relative_to(CHECKOUT)): path.read_text(encoding="utf-8") for path in FILES}
    return [name for name, text in named.items() if name not in homes and pattern.search(text)]


def test_a_path_is_asked_for_where_a_no_is_expected() -> None:
    assert places(ASKING, ASK_THEMSELVES) == [], "take the functions of skill.files"


def test_a_text_of_people_is_read_in_one_home() -> None:
    assert places(READING, READ_THEMSELVES) == [], "take skill.written.text"


@pytest.fixture
def closed_home() -> Iterator[Path]:
    """A home whose data folder belongs to somebody else, as after one start with sudo.

    Not beneath ``tmp_path``, which only its owner may enter.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o755)
        for name in ("data", "cache"):
            (home / name).mkdir()
            (home / name / "history.db").write_bytes(b"secret")
            (home / name).chmod(0o000)
        yield home
        for name in ("data", "cache"):
            (home / name).chmod(0o700)


AS_NOBODY = """
import os, sys
os.environ["RUECKGRAT_HOME"] = sys.argv[1]
from pathlib import Path
from rueckgrat.calibration.store import Person, known_names
from rueckgrat.doctor.storage import check_history, check_storage
from skill.content.own import own_content
from skill.ear.thresholds import personal_rules
from skill.errors import SkillError
from rueckgrat.history import entries_by_person, history_file, open_history
from rueckgrat.observers.first_time import FirstTime
from skill.paths import user_dir
from skill.settings import Settings, load_settings
from skill.voice.cache import LineCache

content = own_content(()).content
if os.geteuid() == 0:  # root may go everywhere
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
print(len(load_settings(environment={}).dialog_folders))
print(personal_rules(content, Path("model")).confidence)
print(FirstTime().is_now, known_names(), Person("anna").consented)
print(LineCache(user_dir("cache")).has("anything"))
print(check_history(history_file()).measured)
with open_history() as history:
    print(history.problem)
try:
    entries_by_person(None, print)
except SkillError as error:
    print(error)
[left_out] = own_content([user_dir("data")]).left_out
print(left_out.error.detail)
"""


def test_a_home_of_somebody_else_ends_nothing(closed_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(closed_home)],
        cwd=CHECKOUT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *usual, found, problem, refused, left_out = done.stdout.splitlines()
    assert usual == ["0", "0.5", "False [] False", "False"]
    data = closed_home / "data"
    assert f"{data} darf dieser Benutzer nicht lesen" in found
    assert f"Deinen Verlauf in {data} darf ich nicht lesen" in problem
    assert "sudo chown -R $USER" in refused
    assert "Den Ordner darf ich nicht lesen" in left_out
