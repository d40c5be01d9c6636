"""What a browser says to a session that is not the one it had."""

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState

from vae_explorer.ui.lost_session import Returned

PRESSED, CHOSEN = WidgetState(id="start", trigger_value=True), WidgetState(id="steps", int_value=9)


def said(query: str, *widgets: WidgetState, **more) -> bytes:
    asked = ClientState(query_string=query, **more)
    asked.widget_states.widgets.extend(widgets)
    return BackMsg(rerun_script=asked).SerializeToString()


def test_the_page_comes_before_an_act_once_and_the_address_that_is_shown_in_place_of_the_one_that_was_opened():
    browser = Returned("steps=9")
    assert browser.heard(said("steps=2", PRESSED, CHOSEN, fragment_id="list")) == [
        said("steps=9", CHOSEN),
        said("steps=9", PRESSED, CHOSEN, fragment_id="list"),
    ]
    assert browser.heard(said("steps=2", PRESSED)) == [said("steps=9", PRESSED)]
    back = said("steps=5", is_history_navigation=True)
    assert browser.heard(back) == [back]
    assert browser.heard(said("steps=5", CHOSEN)) == [said("steps=5", CHOSEN)]


def test_what_asks_for_no_page_is_handed_on():
    other, broken = BackMsg(app_heartbeat=True).SerializeToString(), b"\xff"
    browser = Returned("steps=9")
    assert [browser.heard(frame) for frame in (other, broken)] == [[other], [broken]]
    assert not browser.asks(other)
