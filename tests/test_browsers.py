"""The browser of the tests: a page's errors and its way to other machines are noticed."""

from pathlib import Path

from tests.browsers import Browse


def test_a_page_is_seen_as_it_is(browse: Browse, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html lang=de><title>Hallo</title><h1>Guten Tag</h1>", encoding="utf-8")
    page = browse(path.as_uri(), width=320, dark=True)
    assert page.inner_text("h1") == "Guten Tag"
    assert page.evaluate("innerWidth") == 320
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")


def test_a_failing_script_and_a_call_to_elsewhere_are_noted(browse: Browse, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<img src='https://example.org/a.png'><script>nothing.here</script>", encoding="utf-8"
    )
    browse(path.as_uri())
    assert "nothing is not defined" in browse.errors
    assert browse.elsewhere == ["https://example.org/a.png"]
    browse.errors.clear()
    browse.elsewhere.clear()
