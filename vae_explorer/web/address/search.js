/** The query that the address bar shows. */

const STREAMLITS = ["embed", "embed_options"];

/**
 * @param {string} shown the query now, with its question mark @param {string} wanted ours, likewise
 * @returns {string} ours, with what Streamlit itself reads from the address kept
 */
export function search(shown, wanted) {
  const kept = [...new URLSearchParams(shown)].filter(([name]) => STREAMLITS.includes(name));
  const all = new URLSearchParams([...new URLSearchParams(wanted), ...kept]).toString();
  return all && `?${all}`;
}
