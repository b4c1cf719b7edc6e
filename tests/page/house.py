"""A page's server for tests, and what came of the requests."""

import json
from pathlib import Path

import pytest

pytest.importorskip("starlette")

from starlette.testclient import TestClient

from rueckgrat.page.app import COOKIE, Desk, page_app
from rueckgrat.page.companion import may_press
from rueckgrat.page.follower import (
    Pages,
)
from rueckgrat.page.guard import (
    Guard,
)
from rueckgrat.page.pairing import PairedDevices, Pairing
from skill.content.loader import load_content

CONTENT = load_content()
HERE = "http://localhost"
ABROAD = "http://trainer.local:8088"


class House:
    """A page's server, and what came of the requests."""

    def __init__(self, folder: Path) -> None:
        self.pressed: list[str] = []
        self.now = 0.0
        self.pairing = Pairing()
        self.devices = PairedDevices(folder / "devices.json")
        self.pages = Pages()
        self.desk = Desk(
            pages=self.pages,
            press=self.pressed.append,
            may_press=lambda text: may_press(text, CONTENT),
            figure=lambda name: {"name": name},
            pairing=self.pairing,
            devices=self.devices,
            clock=lambda: self.now,
        )
        self.app = Guard(page_app(self.desk), ["trainer.local"], clock=lambda: self.now)

    def client(self, base: str = ABROAD, address: str = "192.168.1.20") -> TestClient:
        return TestClient(self.app, base_url=base, client=(address, 50_000))

    def post(self, path: str, fields: object, client: TestClient | None = None, **headers: str):
        client = client or self.client()
        sent = {"origin": str(client.base_url), **headers}
        return client.post(path, content=json.dumps(fields), headers=sent)

    def paired(self) -> TestClient:
        client = self.client()
        client.cookies.set(COOKIE, self.devices.add("Tablet", "2026-11-27"))
        return client

    def near(self) -> TestClient:
        return self.client(HERE, "127.0.0.1")
