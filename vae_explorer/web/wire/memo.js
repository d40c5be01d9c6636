/** A bounded memory of promises: what is fetched once stays, what failed is forgotten, the longest unused leaves first. */

/**
 * @template R
 * @param {number} limit
 * @returns {(key: string, make: () => Promise<R>) => Promise<R>}
 */
export function promiseMemo(limit) {
  /** @type {Map<string, Promise<R>>} */
  const kept = new Map();
  return (key, make) => {
    const promise = kept.get(key) ?? make();
    kept.delete(key);
    kept.set(key, promise);
    promise.catch(() => kept.get(key) === promise && kept.delete(key));
    for (const unused of kept.keys()) if (kept.size > limit) kept.delete(unused);
    return promise;
  };
}
