/** Whether the page has a connection to the server, as Streamlit says it on the page. */

const SAID = "data-test-connection-state";
const CONNECTED = "CONNECTED";

/**
 * Act at once, or as soon as the connection is back: what is told without one is lost.
 * @param {() => void} act
 */
export function whenConnected(act) {
  const place = document.querySelector(`[${SAID}]`);
  const connected = () => !place || place.getAttribute(SAID) === CONNECTED;
  if (connected()) return act();
  const observer = new MutationObserver(() => {
    if (!connected()) return;
    observer.disconnect();
    act();
  });
  observer.observe(/** @type {Element} */ (place), { attributeFilter: [SAID] });
}
