/** The address bar: shows what is being looked at, in place of what it showed, so that Back leads to the page before. */

import { search } from "./search.js";

/** @param {{data: {page: string, query: string}}} component called at every change of either */
export function mount({ data }) {
  const query = search(location.search, data.query);
  if (location.search === query) return;
  history.replaceState(history.state, "", location.pathname + query + location.hash);
}
