/** Options that npm took for its own, because the `--` that must stand before a script's options was forgotten. */

/**
 * Finds them: npm hands such options on in `npm_config_…`, and only their values to the script, or nothing at all.
 *
 * @param names options of the script, such as `min-accuracy`.
 * @returns those taken, such as `--min-accuracy`.
 */
export function optionsTakenByNpm(names: readonly string[], environment: Readonly<Record<string, string | undefined>>): string[] {
  return names.filter((name) => environment[`npm_config_${name.replaceAll('-', '_')}`] !== undefined).map((name) => `--${name}`);
}

/** Tells people what to write instead. */
export function describeTaken(taken: readonly string[], example: string): string {
  return `npm took ${taken.join(', ')} for its own: write -- before the options, as in ${example}`;
}
