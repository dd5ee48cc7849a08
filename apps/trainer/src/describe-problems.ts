/** A file of rows in words: how it was read, and what is wrong with it. */
import type { DatasetProblem } from '@iris/dataset';
import type { TableFormat } from '@iris/dataset/table';

/** A file with hundreds of bad rows is shown by its first ones. */
const SHOWN_PROBLEMS = 20;

const SEPARATOR_NAMES = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' } as const;

/** How a file was read, where that is not what CSV is elsewhere: `windows-1252, semicolons between columns, decimal commas`. */
export function describeFormat({
  encoding,
  separator,
  decimalSign,
}: Pick<TableFormat, 'encoding' | 'separator' | 'decimalSign'>): string | undefined {
  const found = [
    ...(encoding === 'utf-8' ? [] : [encoding]),
    ...(separator === ',' ? [] : [`${SEPARATOR_NAMES[separator]} between columns`]),
    ...(decimalSign === '.' ? [] : ['decimal commas']),
  ];
  return found.length > 0 ? found.join(', ') : undefined;
}

/** One line per problem, such as `rows.csv:7:petal_width: "x" is not a number`, and how many more there are. */
export function describeProblems(path: string, problems: readonly DatasetProblem[]): string {
  const lines = problems.slice(0, SHOWN_PROBLEMS).map(({ line, where, detail }) => {
    return `${path}:${line === undefined ? '' : `${line}:`}${where}: ${detail}`;
  });
  const hidden = problems.length - lines.length;
  return [...lines, ...(hidden > 0 ? [`and ${hidden} more`] : [])].join('\n');
}
