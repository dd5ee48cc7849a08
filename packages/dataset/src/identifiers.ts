/** Identifiers made of names: for places that take no others, such as the arguments of tools that language models call. */

/** As the APIs of language models take names of arguments. */
const MAX_CHARS = 64;
const PLAIN = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * One identifier for each name, all different and in their order: a name that is one stays as it is, `Total Charges` becomes `total_charges`,
 * and where that is taken `total_charges_2`. They depend on nothing but the names.
 *
 * @param taken identifiers that mean something else in that place.
 * @returns texts of up to 64 characters out of `A-Z a-z 0-9 _ -`.
 */
export function identifiersOf(names: readonly string[], taken: readonly string[] = []): string[] {
  const used = new Set([...taken, ...names.filter((name) => PLAIN.test(name))]);
  return names.map((name, index) => {
    if (PLAIN.test(name)) return name;
    const base = plainText(name) || `feature_${index + 1}`;
    let identifier = base;
    for (let number = 2; used.has(identifier); number++) {
      const ending = `_${number}`;
      identifier = base.slice(0, MAX_CHARS - ending.length) + ending;
    }
    used.add(identifier);
    return identifier;
  });
}

/** Letters without their marks, in lower case, and `_` for all else. */
function plainText(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '')
    .slice(0, MAX_CHARS)
    .replace(/_$/, '');
}
