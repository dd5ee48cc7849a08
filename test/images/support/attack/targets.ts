/** What each service offers to those who would harm it, and to those who would use it. */
import { toolCall } from './requests.ts';

/** A `POST` of JSON, with what its answer must show. */
export interface HonestRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly shows: string;
}

export interface Target {
  /** Paths of `GET`, the largest answers first. */
  readonly gets: readonly string[];
  /** Where JSON is taken, with the fields of a head that it needs. */
  readonly json: readonly string[];
  readonly fields: string;
  /** The largest body that is read and worked on, for the path of `json` at the same place. */
  readonly huge: readonly string[];
  /** Heads of requests that are read or answered as streams, and a row of them. */
  readonly streams: readonly { readonly head: string; readonly row: string }[];
  /** A request that the service remembers something for. */
  readonly session: string;
  readonly honest: readonly HonestRequest[];
}

const SAMPLE = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const JSON_FIELDS = 'Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n';
const UPLOAD = (path: string, type: string) =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nTransfer-Encoding: chunked\r\n\r\n`;
const CSV_ROW = '5.1,3.5,1.4,0.2\n';
const CSV_HEADER = 'sepal_length,sepal_width,petal_length,petal_width\n';
const NDJSON_ROW = `${JSON.stringify(SAMPLE)}\n`;

const batch = (rows: number) => JSON.stringify({ instances: Array(rows).fill(SAMPLE) });
const get = (path: string, fields = '') => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${fields}\r\n`;
const chat = (text: string, times = 1) =>
  JSON.stringify({
    messages: Array.from({ length: times }, (_, index) => ({
      role: index % 2 === times % 2 ? 'assistant' : 'user',
      parts: [{ type: 'text', text }],
    })),
  });

const predict = { method: 'POST', path: '/predict', body: JSON.stringify(SAMPLE), shows: 'setosa' } as const;
const JSON_HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

/** By the names of the services. */
export const TARGETS = {
  api: {
    gets: ['/docs/swagger-ui-bundle.js', '/openapi.json', '/docs/swagger-ui.css', '/samples', '/model', '/', '/metrics'],
    json: ['/predict/batch?log=false', '/predict?log=false', '/invocations', '/explain', '/v2/models/iris/infer'],
    fields: JSON_FIELDS,
    huge: [batch(10_000), JSON.stringify(SAMPLE), batch(10_000)],
    streams: [
      { head: UPLOAD('/predict/batch?log=false', 'text/csv'), row: CSV_HEADER + CSV_ROW },
      { head: UPLOAD('/predict/batch?log=false', 'application/x-ndjson'), row: NDJSON_ROW },
    ],
    session: get('/predictions?limit=1000'),
    honest: [predict],
  },
  web: {
    gets: ['/', '/model', '/history', '/api/samples', '/api/model', '/batch', '/nowhere'],
    json: ['/api/predict/batch?log=false', '/api/predict?log=false', '/api/chat', '/api/traffic'],
    fields: `${JSON_FIELDS}Origin: http://localhost\r\n`,
    huge: [batch(10_000), JSON.stringify(SAMPLE), chat('5,1 3,5 1,4 0,2 ?', 400)],
    streams: [
      { head: UPLOAD('/api/predict/batch?log=false', 'text/csv'), row: CSV_HEADER + CSV_ROW },
      { head: UPLOAD('/api/predict/batch?log=false', 'application/x-ndjson'), row: NDJSON_ROW },
    ],
    session: get('/', 'Cookie: session=forged\r\n'),
    honest: [
      { ...predict, path: '/api/predict' },
      { method: 'GET', path: '/', shows: 'sepal_length' },
    ],
  },
  mcp: {
    gets: ['/metrics', '/', '/health'],
    json: ['/mcp', '/messages?sessionId=none'],
    fields: JSON_FIELDS,
    huge: [toolCall('predict-batch', { instances: Array(1000).fill(SAMPLE) })],
    streams: [{ head: get('/sse', 'Accept: text/event-stream\r\n'), row: '' }],
    session: get('/sse', 'Accept: text/event-stream\r\n'),
    honest: [{ method: 'POST', path: '/mcp', body: toolCall('predict', SAMPLE), headers: JSON_HEADERS, shows: 'setosa' }],
  },
  agent: {
    gets: ['/metrics', '/', '/ready'],
    json: ['/chat'],
    fields: JSON_FIELDS,
    huge: [chat('5,1 3,5 1,4 0,2 ?', 400)],
    streams: [{ head: get('/chat'), row: '' }],
    session: get('/'),
    honest: [{ method: 'POST', path: '/chat', body: chat('5,1 3,5 1,4 0,2 ?'), shows: 'setosa' }],
  },
} as const satisfies Readonly<Record<string, Target>>;

export type Service = keyof typeof TARGETS;
