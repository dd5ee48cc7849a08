/** A CSV file as rows with line numbers, or the reason why it is none. */
import {
  createTableReader,
  readInParts,
  TableError,
  type TableFormat,
  type TableReader,
  type TableRow,
} from '@iris/dataset/table';
import type { DatasetSchema } from '../../lib/api/types.ts';

/** The caller's own name of a prediction, which the API takes beside the features. */
export const REQUEST_ID = 'request_id';

export interface Table {
  readonly format: TableFormat;
  /** Values in the order of the features, then the caller's own name of the prediction. */
  readonly rows: readonly TableRow[];
}

/** Why a file cannot be scored at all. */
export type Refusal =
  | { readonly kind: 'empty' | 'noRows' | 'spreadsheet' | 'compressed' | 'notText' | 'headerUnreadable' | 'unreadable' }
  | { readonly kind: 'tooLarge'; readonly megabytes: number }
  | { readonly kind: 'columnsMissing' | 'columnsRepeated'; readonly columns: readonly string[] };

/** Thrown for a file that cannot be scored. */
export class RefusedFile extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.kind);
    this.name = 'RefusedFile';
    this.refusal = refusal;
  }
}

/**
 * Reads a file as the API would.
 *
 * @throws RefusedFile when it is no CSV whose header names every feature once.
 */
export function readTable(file: Uint8Array, { features }: DatasetSchema): Table {
  const reader = createTableReader([...features, ...ownColumns(features)]);
  const rows = readRows(reader, file);
  if (rows.length === 0) throw new RefusedFile({ kind: 'noRows' });
  return { rows, format: reader.format()! };
}

function readRows(reader: TableReader, file: Uint8Array): TableRow[] {
  try {
    return [...readInParts(reader, file)].flat();
  } catch (error) {
    throw error instanceof TableError ? new RefusedFile(refusalOf(error)) : error;
  }
}

/** A feature of that name leaves no place for the caller's own. */
function ownColumns(features: DatasetSchema['features']) {
  const taken = features.some(({ name }) => name === REQUEST_ID);
  return taken ? [] : [{ name: REQUEST_ID, kind: 'text', optional: true } as const];
}

const REFUSALS = {
  EMPTY: 'empty',
  WORKBOOK: 'spreadsheet',
  COMPRESSED: 'compressed',
  NOT_TEXT: 'notText',
  HEADER_UNREADABLE: 'headerUnreadable',
} as const;

function refusalOf({ code, columns }: TableError): Refusal {
  if (code !== 'COLUMNS') return { kind: REFUSALS[code] };
  const namesOf = (wanted: 'missing' | 'repeated') => columns.filter(({ kind }) => kind === wanted).map(({ column }) => column);
  const missing = namesOf('missing');
  return missing.length > 0
    ? { kind: 'columnsMissing', columns: missing }
    : { kind: 'columnsRepeated', columns: namesOf('repeated') };
}
