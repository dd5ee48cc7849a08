/** Names of columns and classes as people read them; the API's own names are all there is to go by. */

/** `sepal_length` → `Sepal length`. */
export function humanize(name: string): string {
  const words = name.replaceAll(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
