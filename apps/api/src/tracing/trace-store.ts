/** The statements of the prediction log as spans (https://opentelemetry.io/docs/specs/semconv/db/database-spans/). */
import type { Batch, PredictionStore } from '@iris/prediction-log';
import { parseAddress } from '@iris/prediction-log/postgres';
import { type Attributes, failSpan, type Telemetry } from '@iris/telemetry';
import type { RowSpans } from './row-spans.ts';

const TABLE = 'predictions';
/** What a span may have unless its SDK is told otherwise (https://opentelemetry.io/docs/specs/otel/trace/sdk/#span-limits). */
const MAX_LINKS = 128;

/**
 * Wraps a store in PostgreSQL.
 *
 * What a request asks for is a child of its span; what nobody asked for, such as the figures for a scrape, is no trace. A batch is written
 * after the answers and for many requests: its span is linked to theirs, the newest 128, and begins a trace of its own; where it is for one
 * request alone, it is in that one's trace as well. A batch of rows that no recorded request has written is not recorded either.
 *
 * @param connectionString of which the spans name host, port and database.
 */
export function traceStore(
  store: PredictionStore,
  connectionString: string,
  telemetry: Telemetry,
  rows: RowSpans,
): PredictionStore {
  const server = serverAttributes(connectionString);
  const describe = (operation: string) => ({
    kind: 'client' as const,
    attributes: { ...server, 'db.operation.name': operation, 'db.query.summary': `${operation} ${TABLE}` },
  });
  const select = describe('SELECT');
  const update = describe('UPDATE');
  const insert = describe('INSERT');
  const ask = <T>(options: Described, work: () => Promise<T>) =>
    telemetry.active() ? telemetry.trace(options.attributes['db.query.summary'], options, work) : work();

  function write(batch: Batch): Promise<void> {
    const links = rows.find(batch).slice(-MAX_LINKS);
    if (links.length === 0) return store.append(batch);
    const attributes = { ...insert.attributes, 'db.operation.batch.size': batch.rows };
    const parent = links.length === 1 ? links[0]! : null;
    return telemetry.trace(attributes['db.query.summary'], { ...insert, attributes, links, parent }, () => store.append(batch));
  }

  async function* read<T>(parts: () => AsyncIterable<T>) {
    const span = telemetry.active() && telemetry.startSpan(select.attributes['db.query.summary'], select);
    try {
      yield* parts();
    } catch (error) {
      failSpan(span, (error as { readonly code?: string }).code ?? '_OTHER');
      throw error;
    } finally {
      span?.end();
    }
  }

  return {
    ready: () => store.ready(),
    async append(batch) {
      await write(batch);
      rows.forget(batch);
    },
    list: (query) => ask(select, () => store.list(query)),
    count: (span) => ask(select, () => store.count(span)),
    countByPeriod: (query) => ask(select, () => store.countByPeriod(query)),
    scan: (query) => read(() => store.scan(query)),
    scanNewest: (spans, limit) => read(() => store.scanNewest(spans, limit)),
    // Asked for by no request.
    scanFeedback: (query) => store.scanFeedback(query),
    recordFeedback: (feedback) => ask(update, () => store.recordFeedback(feedback)),
    close: () => store.close(),
  };
}

interface Described {
  readonly kind: 'client';
  readonly attributes: Attributes & { readonly 'db.query.summary': string };
}

function serverAttributes(connectionString: string): Attributes {
  const { host, port, database, user } = parseAddress(connectionString);
  return {
    'db.system.name': 'postgresql',
    'db.namespace': database ?? user ?? '',
    'db.collection.name': TABLE,
    'server.address': host,
    'server.port': port,
  };
}
