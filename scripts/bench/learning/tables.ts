/** The public tables that learning is measured on: read from CSV files that are fetched beforehand, as their licences differ. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../random.ts';

/** Target column of each table. */
export const TARGETS: Readonly<Record<string, string>> = {
  Satellite: 'classes',
  Vowel: 'Class',
  Vehicle: 'Class',
  Glass: 'Type',
  Sonar: 'Class',
  Soybean: 'Class',
  HouseVotes84: 'Class',
  PimaIndiansDiabetes2: 'diabetes',
  spam: 'type',
  wa_churn: 'churn',
  mlc_churn: 'churn',
  credit_data: 'Status',
  penguins: 'species',
};

/** A learning problem in columns, NaN for what is missing. */
export interface LearningTable {
  readonly name: string;
  readonly columns: readonly Float64Array[];
  readonly levelCounts: readonly number[];
  readonly labels: Int32Array;
  readonly classCount: number;
}

/**
 * Reads a table: a column of numbers as they are, any other as the places of its levels in their order. The reader of a user's own file
 * decides more (dates, identifiers, free text); these tables have none of it.
 */
export function readTable(directory: string, name: string): LearningTable {
  const [header, ...records] = readFileSync(join(directory, `${name}.csv`), 'utf8')
    .trim()
    .split('\n')
    .map(splitLine);
  const target = header!.indexOf(TARGETS[name]!);
  const kept = records.filter((record) => !isMissing(record[target]!));
  const classes = levelsOf(kept.map((record) => record[target]!));
  const features = header!.map((_, column) => column).filter((column) => column !== target);
  const encoded = features.map((column) => encodeColumn(kept.map((record) => record[column]!)));
  return {
    name,
    columns: encoded.map(({ values }) => values),
    levelCounts: encoded.map(({ levelCount }) => levelCount),
    labels: Int32Array.from(kept, (record) => classes.indexOf(record[target]!)),
    classCount: classes.length,
  };
}

const LETTER_ROWS = 20_000;
const LETTER_COLUMNS = 16;
const LETTER_CLASSES = 26;
const LETTER_SHAPES = 6;

/** A made table of the size of the well-known letter recognition: small whole numbers, each class of several shapes that overlap. */
export function makeLetters(): LearningTable {
  const random = createRandom(7);
  const shapes = Array.from({ length: LETTER_CLASSES * LETTER_SHAPES }, () =>
    Array.from({ length: LETTER_COLUMNS }, () => 3 + 9 * random()),
  );
  const columns = Array.from({ length: LETTER_COLUMNS }, () => new Float64Array(LETTER_ROWS));
  const labels = new Int32Array(LETTER_ROWS);
  for (let row = 0; row < LETTER_ROWS; row++) {
    labels[row] = row % LETTER_CLASSES;
    const shape = shapes[labels[row]! * LETTER_SHAPES + Math.floor(random() * LETTER_SHAPES)]!;
    columns.forEach((column, index) => {
      const noise = random() + random() + random() - 1.5;
      column[row] = Math.min(15, Math.max(0, Math.round(shape[index]! + 2.0 * noise)));
    });
  }
  return { name: 'letters (made)', columns, levelCounts: columns.map(() => 0), labels, classCount: LETTER_CLASSES };
}

function encodeColumn(cells: readonly string[]): { values: Float64Array; levelCount: number } {
  const numbers = cells.map((cell) => (isMissing(cell) ? Number.NaN : Number(cell)));
  if (numbers.every((value, row) => isMissing(cells[row]!) || Number.isFinite(value))) {
    return { values: Float64Array.from(numbers), levelCount: 0 };
  }
  const levels = levelsOf(cells.filter((cell) => !isMissing(cell)));
  const places = new Map(levels.map((level, place) => [level, place]));
  return { values: Float64Array.from(cells, (cell) => places.get(cell) ?? Number.NaN), levelCount: levels.length };
}

function levelsOf(cells: readonly string[]): string[] {
  return [...new Set(cells)].sort();
}

function isMissing(cell: string): boolean {
  return cell === 'NA' || cell === '';
}

/** R writes texts in quotes, without commas in these tables' texts but inside them. */
function splitLine(line: string): string[] {
  return (line.match(/"[^"]*"|[^,]+|(?<=,)(?=,|$)/g) ?? []).map((cell) => cell.replace(/^"|"$/g, ''));
}
