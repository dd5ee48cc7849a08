/** Which of the formats that fit a column of dates is meant. */
import type { ColumnProfile } from '../profile/index.ts';
import type { DateFormat } from '../schema.ts';
import type { Circumstances } from './circumstances.ts';
import type { Draft } from './types.ts';

/** Decides. At least one format fits. */
export function dateDraft({ name, dates }: ColumnProfile, { isDayFirst }: Circumstances): Draft {
  const formats = dates.map(({ format }) => format);
  const isAmbiguous = formats.includes('dd/mm/yyyy') && formats.includes('mm/dd/yyyy');
  const wanted: DateFormat = isDayFirst ? 'dd/mm/yyyy' : 'mm/dd/yyyy';
  const { format, range } = (isAmbiguous && dates.find((reading) => reading.format === wanted)) || dates[0]!;
  const other = isDayFirst ? 'mm/dd/yyyy' : 'dd/mm/yyyy';
  const doubt = isAmbiguous ? `; ${other} would fit too: change "format" if it is that` : '';
  return { reason: `dates as ${format}${doubt}`, feature: { kind: 'date', name, format, observed: range } };
}
