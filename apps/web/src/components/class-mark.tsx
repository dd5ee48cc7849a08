/** The mark of a class beside its name: legends, tables, answers. It looks as in the plots. */
import { type ClassSymbol, classMark } from './class-marks.ts';

/** Outlines in a square of 16 around its middle. */
const OUTLINES: Readonly<Record<ClassSymbol, string>> = {
  circle: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11Z',
  triangle: 'M8 1.5L14.6 13H1.4Z',
  square: 'M3 3H13V13H3Z',
  diamond: 'M8 .5L12.8 8L8 15.5L3.2 8Z',
  star: 'M8 .8L9.7 6H15.2L10.8 9.2L12.4 14.4L8 11.2L3.6 14.4L5.2 9.2L.8 6H6.3Z',
  cross: 'M5.8 1.4H10.2V5.8H14.6V10.2H10.2V14.6H5.8V10.2H1.4V5.8H5.8Z',
  wye: 'M6 8.6L1.2 5.8L3.2 2.4L8 5.2L12.8 2.4L14.8 5.8L10 8.6V14.8H6Z',
};

export interface ClassMarkProps {
  readonly classIndex: number;
  /** Side in pixels. */
  readonly size?: number;
}

/** Decoration: the class's name stands beside it. */
export function ClassMark({ classIndex, size = 14 }: ClassMarkProps) {
  const { color, symbol } = classMark(classIndex);
  return (
    <svg aria-hidden="true" fill={color} height={size} viewBox="0 0 16 16" width={size}>
      <path d={OUTLINES[symbol]} />
    </svg>
  );
}
