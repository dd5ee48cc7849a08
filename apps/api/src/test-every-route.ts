/** Asks every route that predicts for the same row, and gives what each answers in one form: for tests that compare the routes. */
import type { DatasetSchema, FeatureValue } from '@iris/dataset';
import { parse } from 'csv-parse/sync';
import type { FastifyInstance } from 'fastify';

/** A value for each feature, in schema order; undefined is missing. */
export type Row = readonly (FeatureValue | undefined)[];

/** Label and probabilities of an answer, or the features at fault with what is wrong. */
export type Outcome = { readonly prediction: string } | { readonly faults: readonly string[] };

/** How a row of CSV is written. */
interface CsvStyle {
  readonly separator: string;
  readonly encoding: BufferEncoding;
  readonly decimalSign: string;
}

const CSV_STYLES: readonly CsvStyle[] = [
  { separator: ',', encoding: 'utf8', decimalSign: '.' },
  { separator: ',', encoding: 'utf16le', decimalSign: '.' },
  { separator: ';', encoding: 'utf8', decimalSign: ',' },
  { separator: ';', encoding: 'latin1', decimalSign: '.' },
  { separator: '\t', encoding: 'latin1', decimalSign: ',' },
  { separator: '|', encoding: 'utf16le', decimalSign: ',' },
];

type Ask = () => Promise<Outcome>;

/** A route with each of its forms that can carry the row, by a name for people. */
export function routesFor(app: FastifyInstance, schema: DatasetSchema, row: Row): ReadonlyMap<string, Ask> {
  return new Map([...jsonRoutes(app, schema, row), ...csvRoutes(app, schema, row), ...protocolRoutes(app, schema, row)]);
}

function jsonRoutes(app: FastifyInstance, schema: DatasetSchema, row: Row): [string, Ask][] {
  const named = recordOf(schema, row);
  const ask = async (url: string, payload: object): Promise<Outcome> => {
    const response = await app.inject({ method: 'POST', url, payload });
    const body = response.json();
    if (response.statusCode === 200) return { prediction: (body.predictions?.[0] ?? body).prediction };
    return { faults: body.errors.map((fault: PointedFault) => nameFault(schema, fault)) };
  };
  const lines = async (): Promise<Outcome> => {
    const headers = { 'content-type': 'application/x-ndjson' };
    const answer = (await app.inject({ method: 'POST', url: '/predict/batch', payload: JSON.stringify(named), headers })).json();
    if (!answer.error) return { prediction: answer.prediction };
    return { faults: answer.error.errors.map((fault: PointedFault) => nameFault(schema, fault)) };
  };
  return [
    ['/predict', () => ask('/predict', named)],
    ...onlyIf(isComplete(row), ['/predict features', () => ask('/predict', { features: row })]),
    ['/explain', () => ask('/explain', named)],
    ['/predict/batch', () => ask('/predict/batch', { instances: [named] })],
    ['/predict/batch NDJSON', lines],
  ];
}

function csvRoutes(app: FastifyInstance, schema: DatasetSchema, row: Row): [string, Ask][] {
  const table = [schema.features.map(({ name }) => name), row];
  const headers = { 'content-type': 'text/csv' };
  const styles = CSV_STYLES.filter(({ encoding }) => canEncode(table, encoding));
  return styles.flatMap((style): [string, Ask][] => {
    const payload = writeCsv(table, style);
    const batch = async (): Promise<Outcome> => {
      const { body } = await app.inject({ method: 'POST', url: '/predict/batch', payload, headers });
      const [, answer] = parse(body, { columns: false }) as string[][];
      const [error, prediction] = [answer!.at(-1)!, answer![1]!];
      return error === '' ? { prediction } : { faults: splitFaults(schema, error) };
    };
    return [
      [`/predict/batch CSV ${JSON.stringify(style)}`, batch],
      [`/invocations CSV ${JSON.stringify(style)}`, () => invoke(app, schema, payload, headers)],
    ];
  });
}

function protocolRoutes(app: FastifyInstance, schema: DatasetSchema, row: Row): [string, Ask][] {
  const { features } = schema;
  const named = recordOf(schema, row);
  const columns = features.map(({ name }) => name);
  const inputs = Object.fromEntries(Object.entries(named).map(([name, value]) => [name, [value]]));
  const isTyped = row.every((value, index) => typeof value === (features[index]!.kind === 'numeric' ? 'number' : 'string'));
  const infer = async (): Promise<Outcome> => {
    const url = `/v2/models/${schema.name}/infer`;
    const response = await app.inject({ method: 'POST', url, payload: { inputs: tensors(schema, row) } });
    if (response.statusCode === 200) return { prediction: response.json().outputs[0].data[0] };
    const text: string = response.json().error.replace(/^sample 0: /, '');
    const ends = columns.map((name) => text.indexOf(`, ${name} `)).filter((at) => at > 0);
    return { faults: [0, ...ends.map((at) => at + 2)].map((at, index) => text.slice(at, ends[index])) };
  };
  return [
    ...onlyIf(isComplete(row), ['/invocations split', () => invoke(app, schema, { dataframe_split: { columns, data: [row] } })]),
    ['/invocations records', () => invoke(app, schema, { dataframe_records: [named] })],
    ['/invocations instances', () => invoke(app, schema, { instances: [named] })],
    // Columns without any value hold no row that could lack one.
    ...onlyIf(Object.keys(inputs).length > 0, ['/invocations inputs', () => invoke(app, schema, { inputs })]),
    ...onlyIf(isTyped, ['/v2', infer]),
  ];
}

function onlyIf(applies: boolean, route: [string, Ask]): [string, Ask][] {
  return applies ? [route] : [];
}

async function invoke(app: FastifyInstance, schema: DatasetSchema, payload: object, headers = {}): Promise<Outcome> {
  const response = await app.inject({ method: 'POST', url: '/invocations', payload, headers });
  const body = response.json();
  if (response.statusCode === 200) return { prediction: body.predictions[0] };
  return { faults: splitFaults(schema, body.message.replace(/^Row 0: /, '')) };
}

interface PointedFault {
  readonly pointer: string;
  readonly detail: string;
}

/** A fault by the feature's name, whatever the form of the request. */
function nameFault({ features }: DatasetSchema, { pointer, detail }: PointedFault): string {
  const path = pointer.replace(/^\/instances\/0(?=\/)/, '').slice(1);
  const index = /^features\/(\d+)$/.exec(path)?.[1];
  const name = index === undefined ? path.replaceAll('~1', '/').replaceAll('~0', '~') : features[Number(index)]!.name;
  return `${name} ${detail}`;
}

function splitFaults(schema: DatasetSchema, text: string): string[] {
  return text.split(/; (?=\/)/).map((fault) => {
    const at = fault.search(/ (is|must) /);
    return nameFault(schema, { pointer: fault.slice(0, at), detail: fault.slice(at + 1) });
  });
}

function recordOf({ features }: DatasetSchema, row: Row): Record<string, FeatureValue> {
  return Object.fromEntries(features.flatMap(({ name }, index) => (row[index] === undefined ? [] : [[name, row[index]]])));
}

function isComplete(row: Row): boolean {
  return row.every((value) => value !== undefined);
}

function canEncode(table: readonly Row[], encoding: BufferEncoding): boolean {
  const text = table.flat().join();
  return Buffer.from(text, encoding).toString(encoding) === text;
}

function writeCsv(rows: readonly Row[], { separator, encoding, decimalSign }: CsvStyle): Buffer {
  const write = (value: FeatureValue | undefined) =>
    typeof value === 'number' ? quote(String(value).replace('.', decimalSign)) : quote(value ?? '');
  const quote = (cell: string) => (/[",;|\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  // Without it, UTF-16 is recognised by its ASCII only.
  const mark = encoding === 'utf16le' ? '\uFEFF' : '';
  return Buffer.from(mark + rows.map((row) => `${row.map(write).join(separator)}\r\n`).join(''), encoding);
}

function tensors({ features }: DatasetSchema, row: Row): object[] {
  if (features.every(({ kind }) => kind === 'numeric')) {
    return [{ name: 'features', datatype: 'FP64', shape: [1, row.length], data: row }];
  }
  return features.map(({ name, kind }, index) => ({
    name,
    datatype: kind === 'numeric' ? 'FP64' : 'BYTES',
    shape: [1, 1],
    data: [row[index]],
  }));
}
