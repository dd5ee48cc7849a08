/** Shares what costs much and is the same for everybody, such as the text of all metrics. */

/**
 * Makes something at most once in a turn of the event loop, after all that asked for it in that turn: nobody gets anything that was made before he
 * asked.
 */
export function oncePerTurn<T>(make: () => Promise<T> | T): () => Promise<T> {
  let shared: Promise<T> | undefined;
  return function get() {
    shared ??= new Promise((resolve) => setImmediate(resolve)).then(() => {
      shared = undefined;
      return make();
    });
    return shared;
  };
}
