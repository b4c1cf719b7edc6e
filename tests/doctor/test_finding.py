from rueckgrat.doctor.finding import Verdict, decimal, failure, guarded, ok, warning, works
from skill.errors import AudioError


def test_training_works_in_spite_of_warnings_but_not_of_a_failure() -> None:
    fine = [ok("clock", "Gut."), warning("echo", "Na ja.", "Leiser.")]
    assert works(fine)
    assert not works([*fine, failure("model", "Kaputt.", "Neu.")])


def test_a_check_that_crashes_is_a_failure_with_the_error() -> None:
    found = guarded("clock", lambda: ok("clock", f"{1 / 0}"))
    assert (found.name, found.verdict) == ("clock", Verdict.FAILURE)
    assert "ZeroDivisionError: division by zero" in found.measured
    assert found.mend


def test_an_error_with_a_mend_keeps_it() -> None:
    def check() -> None:
        raise AudioError("It is gone.", "Plug it in.")

    found = guarded("microphone", check)  # type: ignore[arg-type]
    assert (found.measured, found.mend) == ("It is gone.", "Plug it in.")


def test_numbers_are_written_in_german() -> None:
    assert decimal(48_000) == "48.000"
    assert decimal(-3.25, 1) == "−3,2"
    assert decimal(-0.2) == "0"


def test_machines_get_everything_that_a_finding_holds() -> None:
    assert warning("echo", "Laut.", "Leiser.", echo_dbfs=-3.0).as_dict() == {
        "name": "echo",
        "verdict": "warning",
        "measured": "Laut.",
        "mend": "Leiser.",
        "figures": {"echo_dbfs": -3.0},
    }
