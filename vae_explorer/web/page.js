// In the head of every page: where the server is, where the page is, and, where no connection comes, what is to be set.
(() => {
  const PATIENCE_MS = 3000;
  const CONNECTED = '[data-test-connection-state="CONNECTED"]';
  const base = new URL(".", location.href).href.slice(0, -1);
  Object.assign(window, { __streamlit: { BACKEND_BASE_URL: base } });

  // Streamlit's socket tells the address that is shown: where the session is lost, the next one begins there.
  window.WebSocket = new Proxy(WebSocket, {
    construct(Socket, [url, ...protocols]) {
      const told = String(url).endsWith("/_stcore/stream") ? `?address=${encodeURIComponent(location.search.slice(1))}` : "";
      return new Socket(url + told, ...protocols);
    },
  });

  /** @param {string} sentence nothing: the note goes */
  function tell(sentence) {
    document.getElementById("no-connection")?.remove();
    if (!sentence) return;
    const note = Object.assign(document.createElement("p"), { id: "no-connection", textContent: sentence });
    note.setAttribute("role", "alert");
    document.body.prepend(note);
  }

  /** Why a websocket does not come through, as the server sees it; nothing where it is only gone. */
  async function reason() {
    const answer = await fetch(`${base}/live?origin=${encodeURIComponent(location.origin)}`).catch(() => null);
    const said = await answer?.json().catch(() => null);
    return String(said?.error ?? "");
  }

  function look() {
    if (document.querySelector(CONNECTED)) return tell("");
    const socket = new WebSocket(`${base.replace("http", "ws")}/live`);
    socket.onopen = () => socket.close();
    socket.onerror = async () => tell(await reason());
    setTimeout(look, PATIENCE_MS);
  }
  setTimeout(look, PATIENCE_MS);
})();
