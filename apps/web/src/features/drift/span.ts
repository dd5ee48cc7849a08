/** The span of time whose predictions are compared, as the page's address says it. */

/** Spans that the API offers, the shortest first. */
export const SPANS = ['1h', '6h', '24h', '7d'] as const;

export type Span = (typeof SPANS)[number];

const USUAL_SPAN: Span = '24h';
/** Columns with a picture: those that alarm first. All are in the table. */
const PICTURES = 24;

/** Reads `last` of an address; what it does not say, or says wrongly, is as usual. */
export function readSpan(last: string | null | undefined): Span {
  return SPANS.find((span) => span === last) ?? USUAL_SPAN;
}

/** The page's address with this span. */
export function spanAddress(span: Span): string {
  return span === USUAL_SPAN ? '/drift' : `/drift?last=${span}`;
}

/** Path at which the page asks for the drift of a span. */
export function driftPath(span: Span): `/api/${string}` {
  return `/api/drift?last=${span}&distributions=${PICTURES}`;
}
