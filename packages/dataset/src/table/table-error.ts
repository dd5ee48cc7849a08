/** Why a file is no table with the wanted columns: one class, a code, and every column that is at fault. */
import { MAX_LINE_CHARS } from './lines.ts';

/**
 * `EMPTY`: there is no header. `WORKBOOK`, `COMPRESSED`, `NOT_TEXT`: it is no text. `HEADER_UNREADABLE`: the header's quotes cannot be
 * understood, or it has no end.
 * `COLUMNS`: the header lacks columns, or has them twice.
 */
export type TableErrorCode = 'EMPTY' | 'WORKBOOK' | 'COMPRESSED' | 'NOT_TEXT' | 'HEADER_UNREADABLE' | 'COLUMNS';

/** A column that is at fault. */
export interface ColumnFault {
  readonly column: string;
  readonly kind: 'missing' | 'repeated';
  /** One sentence without its subject, for people. */
  readonly detail: string;
}

const MESSAGES: Readonly<Record<TableErrorCode, string>> = {
  EMPTY: 'there is no header: the file is empty',
  WORKBOOK: 'this is a workbook of Excel or LibreOffice: save it as CSV',
  COMPRESSED: 'this is a compressed file: unpack it first',
  NOT_TEXT: 'this is not text: save it as CSV',
  HEADER_UNREADABLE: `the header cannot be understood: its quotes do not match, or it is longer than ${MAX_LINE_CHARS} characters`,
  COLUMNS: 'the header is not valid',
};

/** A table that cannot be read at all. */
export class TableError extends Error {
  readonly code: TableErrorCode;
  readonly columns: readonly ColumnFault[];

  constructor(code: TableErrorCode, columns: readonly ColumnFault[] = []) {
    super(MESSAGES[code]);
    this.name = 'TableError';
    this.code = code;
    this.columns = columns;
  }
}
