/** Options that npm took for its own, because the `--` that must stand before a script's options was forgotten. */

/** Options that are npm's too: a user's `.npmrc` sets them, which says nothing of the command line. */
const SET_ELSEWHERE = ['registry'];

/**
 * Finds them: npm hands such options on in `npm_config_…`, and only their values to the script, or nothing at all.
 *
 * @param names options of the script, such as `min-accuracy`.
 * @returns those taken, such as `--min-accuracy`.
 */
export function optionsTakenByNpm(names: readonly string[], environment: Readonly<Record<string, string | undefined>>): string[] {
  const own = names.filter((name) => !SET_ELSEWHERE.includes(name));
  return own.filter((name) => isTaken(name, environment)).map((name) => `--${name}`);
}

/** Of `--no-client` npm makes a `client` that is not. */
function isTaken(name: string, environment: Readonly<Record<string, string | undefined>>): boolean {
  const variable = `npm_config_${name.replace(/^no-/, '').replaceAll('-', '_')}`;
  return name.startsWith('no-') ? environment[variable] === '' : environment[variable] !== undefined;
}

/** Tells people what to write instead. */
export function describeTaken(taken: readonly string[], example: string): string {
  return `npm took ${taken.join(', ')} for its own: write -- before the options, as in ${example}`;
}
