"""Requests with any headers over real sockets, a websocket's opening among them: what the server answers first."""

import http.client
from typing import NamedTuple

WEBSOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


class Reply(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: str


def asked(port: int, path: str, method: str = "GET", host: str = "127.0.0.1", **headers: str) -> Reply:
    """The answer, within 10 s; header names with _ for -, and only those that are named here."""
    link = http.client.HTTPConnection(host, port, timeout=10)
    try:
        link.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            link.putheader(name.replace("_", "-"), value)
        link.endheaders()
        answer = link.getresponse()
        return Reply(answer.status, answer.headers, "" if answer.status == 101 else answer.read().decode("latin-1"))
    finally:
        link.close()


def opened(port: int, path: str, host: str = "127.0.0.1", **headers: str) -> Reply:
    """The answer to a websocket's opening: 101 where it is let in."""
    return asked(port, path, host=host, **WEBSOCKET, **headers)


def put_file(port: int, session: str) -> Reply:
    """The answer to a file of one letter that comes from a session, as Streamlit's page sends it."""
    token = asked(port, "/_stcore/health").headers["Set-Cookie"].partition(";")[0]
    body = b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nx\r\n--b--\r\n'
    told = {"Cookie": token, "X-Xsrftoken": token.partition("=")[2], "Content-Type": "multipart/form-data; boundary=b"}
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        link.request("PUT", f"/_stcore/upload_file/{session}/1", body, told)
        answer = link.getresponse()
        return Reply(answer.status, answer.headers, answer.read().decode("latin-1"))
    finally:
        link.close()
