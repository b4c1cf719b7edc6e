"""The sheets beside the page: what was trained, and the settings of people without a terminal."""

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from string import Template
from threading import Lock
from urllib.parse import parse_qsl, quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from rueckgrat.export import WRITERS, table
from rueckgrat.history import entries_by_person
from rueckgrat.history.weeks import CalendarWeek, sets_of, weeks_of
from rueckgrat.page.app import static_text
from rueckgrat.page.settings_form import SettingsForm
from rueckgrat.pictures.weeks import draw_weeks
from skill.errors import SkillError

WEEKS = 26
"""Half a year is shown; an export has everything."""

_KINDS = {".csv": "text/csv", ".json": "application/json"}
_NOTHING_YET = (
    "Hier steht noch nichts. Nach deinem ersten Training siehst du, was du geschafft hast."
)
_SAVED = "Gespeichert. Es gilt, sobald ich das nächste Mal starte."
_NAMELESS = "ohne Namen"


def sheet_routes(is_let_in: Callable[[Request], bool], form: SettingsForm) -> tuple[Route, ...]:
    """Return the routes of all sheets; ``is_let_in`` tells who may see them."""
    sheets = _Sheets(form)

    def guarded(answer: Callable[[Request], Response]) -> Callable[[Request], Response]:
        def answered(request: Request) -> Response:  # Starlette runs it in a thread
            if not is_let_in(request):
                return RedirectResponse("/", 303)
            try:
                return answer(request)
            except SkillError as error:
                return _sheet("Das ging nicht", _paragraph(str(error)), 400)

        return answered

    async def save(request: Request) -> Response:
        if not await run_in_threadpool(is_let_in, request):
            return PlainTextResponse("Dieses Gerät ist nicht verbunden.", 401)
        fields = parse_qsl((await request.body()).decode(errors="replace"), keep_blank_values=True)
        return await run_in_threadpool(sheets.save, fields)

    return (
        Route("/verlauf", guarded(sheets.history)),
        Route("/verlauf/wochen.svg", guarded(sheets.weeks)),
        Route("/verlauf/alles{ending}", guarded(sheets.export)),
        Route("/einstellungen", guarded(sheets.settings)),
        Route("/einstellungen", save, methods=["POST"]),
    )


class _Sheets:
    """The answers, one method each."""

    def __init__(self, form: SettingsForm) -> None:
        self._form = form
        self._saving = Lock()

    def history(self, request: Request) -> Response:
        """Show everybody's weeks, one below the other."""
        del request
        people = _people()
        if not people:
            return _sheet("Verlauf", _paragraph(_NOTHING_YET))
        body = "".join(_weeks_of_one(name, weeks, len(people) > 1) for name, weeks in people)
        links = " · ".join(
            f'<a href="/verlauf/alles{ending}" download>als {ending[1:].upper()}</a>'
            for ending in WRITERS
        )
        return _sheet("Verlauf", f"{body}<p>Alle Sätze zum Mitnehmen: {links}</p>")

    def weeks(self, request: Request) -> Response:
        """Draw the weeks of one person."""
        wanted = request.query_params.get("person", "")
        weeks = next((weeks for name, weeks in _people() if name == wanted), None)
        if weeks is None:
            return PlainTextResponse("Davon gibt es kein Bild.", 404)
        picture = draw_weeks(weeks[-WEEKS:], wanted.title())
        return Response(picture, media_type="image/svg+xml")

    def export(self, request: Request) -> Response:
        """Hand out all sets as a file."""
        ending = request.path_params["ending"]
        if ending not in WRITERS:
            return PlainTextResponse("Das gibt es hier nicht.", 404)
        entries = entries_by_person(None, lambda _: None)
        rows = table({name: sets_of(one) for name, one in entries.items()})
        named = {"content-disposition": f'attachment; filename="rueckgrat{ending}"'}
        return Response(WRITERS[ending](rows), media_type=_KINDS[ending], headers=named)

    def settings(self, request: Request) -> Response:
        """Show the form."""
        note = _paragraph(_SAVED) if "gespeichert" in request.query_params else ""
        return _sheet("Einstellungen", note + self._form.html())

    def save(self, fields: Sequence[tuple[str, str]]) -> Response:
        """Keep what was filled in; what is wrong is said above the form, filled in as it was."""
        try:
            with self._saving:  # two tablets at once: none undoes what the other has changed
                self._form.save(fields)
        except SkillError as error:
            wrong = f'<p role="alert"><strong>{escape(str(error))}</strong></p>'
            return _sheet("Einstellungen", wrong + self._form.html(dict(fields)), 400)
        return RedirectResponse("/einstellungen?gespeichert", 303)


def _people() -> list[tuple[str, list[CalendarWeek]]]:
    """Return everybody who has trained, with their weeks, oldest first."""
    today = date.today()
    read = entries_by_person(None, lambda _: None)
    people = [(name, weeks_of(entries, today)) for name, entries in read.items()]
    return [(name, weeks) for name, weeks in people if weeks]


def _weeks_of_one(name: str, weeks: Sequence[CalendarWeek], is_named: bool) -> str:
    called = name.title() or _NAMELESS
    title = f"<h2>{escape(called)}</h2>" if is_named else ""
    rows = "".join(
        f"<tr><td>{week.monday:%d.%m.%Y}</td><td>{week.sessions}</td><td>{week.sets}</td>"
        f"<td>{week.repetitions}</td></tr>"
        for week in reversed(weeks[-WEEKS:])
    )
    head = "<tr><th>Woche ab</th><th>Trainings</th><th>Sätze</th><th>Wieder\u00adholungen</th></tr>"
    source = f"/verlauf/wochen.svg?person={quote(name)}"
    picture = f'<img src="{source}" alt="Bild der Wochen, {escape(called, quote=True)}">'
    return f"{title}{picture}<table><thead>{head}</thead><tbody>{rows}</tbody></table>"


def _paragraph(text: str) -> str:
    return f'<p role="status">{escape(text)}</p>'


def _sheet(title: str, body: str, status: int = 200) -> Response:
    page = Template(static_text("sheet.html")).substitute(title=escape(title), body=body)
    return Response(page, status, media_type="text/html")
