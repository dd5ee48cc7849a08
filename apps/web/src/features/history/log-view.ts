/** What the page shows of the log, as its address says it: filters, and the pages that were gone through. */
import { predictionsPath } from '../../lib/api/client.ts';

/** Spans of time back from now, the shortest first. */
export const SPANS = ['hour', 'day', 'week', 'all'] as const;

export type Span = (typeof SPANS)[number];

const USUAL_SPAN: Span = 'week';
/** Predictions on a page. */
const PAGE_SIZE = '25';
/** Cursors that an address keeps: beyond them, the way back leads to the newest page at once. */
const LONGEST_TRAIL = 40;

/** A view of the log. */
export interface LogView {
  /** Only this version's predictions; all if empty. */
  readonly version: string;
  /** Only predictions of this class; all if empty. */
  readonly prediction: string;
  readonly span: Span;
  /** Cursors of the pages gone through, the one that is shown last; none on the newest page. */
  readonly trail: readonly string[];
}

/** Reads the query of an address; what it does not say, or says wrongly, is as usual. */
export function readView(query: Pick<URLSearchParams, 'get' | 'getAll'>): LogView {
  return {
    version: query.get('version') ?? '',
    prediction: query.get('prediction') ?? '',
    span: SPANS.find((span) => span === query.get('span')) ?? USUAL_SPAN,
    trail: query.getAll('cursor').slice(-LONGEST_TRAIL),
  };
}

/** The page's address with this view; `readView` reads it back. */
export function viewAddress({ version, prediction, span, trail }: LogView): string {
  const entries = [
    ['version', version],
    ['prediction', prediction],
    ['span', span === USUAL_SPAN ? '' : span],
    ...trail.map((cursor) => ['cursor', cursor]),
  ];
  const query = new URLSearchParams(entries.filter(([, value]) => value !== '') as [string, string][]);
  return query.size === 0 ? '/history' : `/history?${query}`;
}

/** Path at which the page asks for the view's predictions. */
export function pagePath({ version, prediction, trail }: LogView): `/api/${string}` {
  return predictionsPath({ limit: PAGE_SIZE, cursor: trail.at(-1) ?? '', version, prediction });
}

/** The view with other filters: it begins at the newest page. */
export function filterView(view: LogView, change: Partial<Omit<LogView, 'trail'>>): LogView {
  return { ...view, ...change, trail: [] };
}

/** The page after this one. */
export function olderView(view: LogView, cursor: string): LogView {
  return { ...view, trail: [...view.trail, cursor].slice(-LONGEST_TRAIL) };
}

/** The page before this one. */
export function newerView(view: LogView): LogView {
  return { ...view, trail: view.trail.slice(0, -1) };
}
