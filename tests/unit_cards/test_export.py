"""All cards of a model as one JSON and one HTML."""

import json
from html.parser import HTMLParser

import pytest

from vae_explorer.checkpoints import catalogue
from vae_explorer.unit_cards import export, shelf

NAME = "digits-mlp-z2"


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_CACHE", str(tmp_path))


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_json_holds_every_unit_with_its_card_the_most_informative_first():
    checkpoint = catalogue.find(NAME)
    told = json.loads(export.as_json(checkpoint))
    assert (told["model"], told["n"], told["dataset"]) == (NAME, 360, "digits")
    assert sorted(unit["unit"] for unit in told["units"]) == [0, 1]
    kls = [unit["kl"] for unit in told["units"]]
    assert kls == sorted(kls, reverse=True)
    first = told["units"][0]
    assert first["moved"] == shelf.card(checkpoint, first["unit"]).moved
    assert first["correlations"][first["unit"]] == 1


def test_the_html_needs_no_other_file_and_runs_nothing():
    page = Page(export.as_html(catalogue.find(NAME)).decode())
    sources = [attrs["src"] or "" for tag, attrs in page.tags if tag == "img"]
    assert len(sources) == 8
    assert all(source.startswith("data:image/png;base64,") for source in sources)
    assert not {"script", "link", "iframe"} & {tag for tag, _ in page.tags}
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    assert {attrs["id"] for tag, attrs in page.tags if tag == "section"} == {"unit-0", "unit-1"}


def test_whatever_came_from_outside_is_text(monkeypatch):
    evil = "<img src=x onerror=alert(1)>"
    entry = export._entry

    def marked(*given):
        found = entry(*given)
        return found._replace(counterparts=[export.Counterpart(evil, 0, 0.5, "")])

    monkeypatch.setattr(export, "_entry", marked)
    text = export.as_html(catalogue.find(NAME)).decode()
    assert evil not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
