/** Lists such as `api-key=abc,team=ml%20ops`, as OTEL_RESOURCE_ATTRIBUTES and OTEL_EXPORTER_OTLP_HEADERS have them (W3C Baggage, without properties). */

/** @returns the values by name, undefined for a text that is no such list. */
export function parsePairs(text = ''): Record<string, string> | undefined {
  const pairs: Record<string, string> = {};
  for (const pair of text.split(',')) {
    if (pair.trim() === '') continue;
    const [, name, value] = /^\s*([^=\s]+)\s*=(.*)$/.exec(pair) ?? [];
    const decoded = value === undefined ? undefined : decode(value.trim());
    if (name === undefined || decoded === undefined) return undefined;
    pairs[name] = decoded;
  }
  return pairs;
}

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
