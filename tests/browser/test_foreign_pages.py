"""A page of another server on this machine, in a real Chromium: it can neither drive the app nor frame or read it."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import BrowserContext

TRIED = """async (app) => {
  const socket = (path, protocols) => new Promise((done) => {
    const tried = new WebSocket(app.replace("http", "ws") + path, protocols);
    tried.onopen = () => done("open");
    tried.onerror = () => done("refused");
  });
  const held = (tag, name, path) => new Promise((done) => {
    const told = { onload: () => done("loaded"), onerror: () => done("refused") };
    document.body.append(Object.assign(document.createElement(tag), { [name]: app + path, ...told }));
  });
  const read = (path, options) => fetch(app + path, options).then((answer) => answer.type, () => "refused");
  return {
    stream: await socket("/_stcore/stream", ["streamlit"]),
    live: await socket("/live", []),
    script: await held("script", "src", "/api/checkpoints/mnist-mlp-z2/columns/kmeans-20"),
    image: await held("img", "src", "/favicon.png"),
    read: await read("/api/glossary", {}),
    health: await read("/_stcore/health", {}),
    upload: await read("/_stcore/upload_file/a/b", { method: "PUT", body: "x" }),
  };
}"""


FRAMED = """(address) => new Promise((done) => {
  const frame = Object.assign(document.createElement("iframe"), { src: address });
  frame.onload = () => done(frame.contentDocument?.body.innerHTML ?? "nothing");
  document.body.append(frame);
})"""
LINKED = "(href) => document.body.append(Object.assign(document.createElement('a'), { href, textContent: 'link' }))"


class Empty(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!DOCTYPE html><title>Foreign</title><body>")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def foreign() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Empty)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(10)


def test_a_foreign_page_reaches_nothing(foreign: str, app_url: str, context: BrowserContext):
    page = context.new_page()
    page.goto(foreign)
    tried = page.evaluate(TRIED, app_url)
    assert tried == dict.fromkeys(tried, "refused")
    with page.expect_response(f"{app_url}/train") as framed:
        page.evaluate(FRAMED, f"{app_url}/train")
    assert framed.value.status == 403
    page.evaluate(LINKED, app_url)
    page.get_by_text("link").click()
    page.wait_for_url(f"{app_url}/*")
    page.get_by_test_id("stApp").wait_for()
    assert page.evaluate(FRAMED, f"{app_url}/train") == "nothing", "not even a page of ours frames another"
    page.close()
