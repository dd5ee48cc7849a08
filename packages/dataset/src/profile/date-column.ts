/** Which formats fit all dates of a column. */
import { DATE_FORMATS, dayOf, isoDay } from '../days.ts';
import type { DateFormat, DateRange } from '../schema.ts';

/** A format that fits, with the days that the cells are by it. */
export interface DateReading {
  readonly format: DateFormat;
  readonly range: DateRange;
}

/** Takes the cells of one column. */
export interface DateTaker {
  add(cell: string): void;
  /** The formats that fit every cell, the surest first; none where there was no cell. */
  readings(): readonly DateReading[];
}

const SHORTEST_DATE = '1/1/2026'.length;

/** Makes a taker; it costs next to nothing once a cell was no date. */
export function createDateTaker(): DateTaker {
  let left = DATE_FORMATS.map((format) => ({ format, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY }));
  let isEmpty = true;
  return {
    add(cell) {
      isEmpty = false;
      if (left.length === 0) return;
      if (cell.length < SHORTEST_DATE) {
        left = [];
        return;
      }
      let fits = true;
      for (const reading of left) {
        const day = dayOf(cell, reading.format);
        if (day < reading.min) reading.min = day;
        if (day > reading.max) reading.max = day;
        if (Number.isNaN(day)) {
          reading.min = Number.NaN;
          fits = false;
        }
      }
      if (!fits) left = left.filter(({ min }) => !Number.isNaN(min));
    },
    readings: () =>
      isEmpty ? [] : left.map(({ format, min, max }) => ({ format, range: { min: isoDay(min), max: isoDay(max) } })),
  };
}
