/** The header of a CSV file: the separator with which it has the wanted columns, and where they are. */
import { findColumns, normalized, type TableColumn } from './columns.ts';
import { MAX_LINE_CHARS } from './lines.ts';
import { createRecordReader, type Separator } from './records.ts';
import { TableError, type TableErrorCode } from './table-error.ts';

/** The most usual first. */
export const SEPARATORS: readonly Separator[] = [',', ';', '\t', '|'];
/** What a spreadsheet may write above the header. */
const SEPARATOR_LINE = /^\uFEFF?"?sep=([,;\t|])"?$/i;
/** How files begin that are no text, in the encoding that they are then taken for. */
const SIGNATURES: readonly (readonly [start: string, code: TableErrorCode])[] = [
  ['PK\u0003\u0004', 'WORKBOOK'],
  ['\u00d0\u00cf\u0011\u00e0', 'WORKBOOK'],
  ['\u001f\u2039', 'COMPRESSED'],
  ['(\u00b5/\u00fd', 'COMPRESSED'],
];

/** A header that has been read. */
export interface TableHeader {
  readonly names: readonly string[];
  readonly separator: Separator;
  /** Where each wanted column is; −1 for an optional one that is not there. */
  readonly indexes: readonly number[];
  /** The number of the line behind it. */
  readonly nextLine: number;
}

/** Reads the first lines of a file. */
export interface HeaderReader {
  /** The header that the line completes, if it does. */
  read(line: string): TableHeader | undefined;
  /** The header of a file that ends here. */
  end(): TableHeader;
}

/**
 * Makes a reader.
 *
 * Where the wanted columns are known, the separator is surer found by them than by the shape of the rows.
 *
 * @param choose gives the separator of a header that does not declare one.
 * @throws TableError from its functions, when the file is no table with the wanted columns.
 */
export function createHeaderReader(
  columns: readonly TableColumn[],
  choose: (header: string) => Separator = (header) => chooseSeparator(header, columns),
): HeaderReader {
  const lines: string[] = [];
  let number = 0;
  let [quotes, length] = [0, 0];
  let declared: Separator | undefined;

  function header(): TableHeader {
    const text = lines.join('\n');
    if (text.includes('\0')) throw new TableError('NOT_TEXT');
    const separator = declared ?? choose(text);
    const names = cellsOf(text, separator);
    if (!names) throw new TableError('HEADER_UNREADABLE');
    return { names, separator, indexes: findColumns(names, columns), nextLine: number + 1 };
  }

  return {
    read(line) {
      if (number++ === 0) requireText(line);
      if (lines.length === 0) {
        const separatorLine = SEPARATOR_LINE.exec(line);
        if (separatorLine) declared = separatorLine[1] as Separator;
        if (separatorLine || line.trim() === '') return undefined;
      }
      lines.push(line);
      length += line.length + 1;
      quotes += line.split('"').length - 1;
      if (length > MAX_LINE_CHARS) throw new TableError('HEADER_UNREADABLE');
      // Whatever the separator is: within a quoted cell the number of quotes is odd.
      return quotes % 2 === 0 ? header() : undefined;
    },
    end() {
      if (lines.length === 0) throw new TableError('EMPTY');
      return header();
    },
  };
}

function requireText(line: string): void {
  const found = SIGNATURES.find(([start]) => line.startsWith(start));
  if (found) throw new TableError(found[1]);
}

/** The separator with which the header has the most of the wanted columns; where it has none of them, the most cells. */
function chooseSeparator(text: string, columns: readonly TableColumn[]): Separator {
  const wanted = columns.map(({ name }) => normalized(name));
  let best: { readonly separator: Separator; readonly found: number; readonly width: number } | undefined;
  for (const separator of SEPARATORS) {
    const names = (cellsOf(text, separator) ?? []).map((name) => normalized(name.trim()));
    const found = wanted.filter((name) => names.includes(name)).length;
    const isBetter = !best || found > best.found || (found === best.found && found === 0 && names.length > best.width);
    if (isBetter) best = { separator, found, width: names.length };
  }
  return best!.separator;
}

/** Cells of a text that is one record; undefined where it is none. */
export function cellsOf(text: string, separator: Separator): readonly string[] | undefined {
  const reader = createRecordReader(separator);
  let cells: readonly string[] | undefined;
  for (const line of text.split('\n')) cells = reader.read(line)?.cells ?? cells;
  return reader.end() ? undefined : cells;
}
