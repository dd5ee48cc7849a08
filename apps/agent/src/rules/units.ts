/** Values in another unit of the same kind than the feature's. */

/** Factor to a common unit of each kind. */
const LENGTH: Readonly<Record<string, number>> = {
  mm: 0.1,
  cm: 1,
  dm: 10,
  m: 100,
  km: 100_000,
  in: 2.54,
  inch: 2.54,
  inches: 2.54,
  pouce: 2.54,
  pouces: 2.54,
  po: 2.54,
};
const TIME: Readonly<Record<string, number>> = {
  s: 1 / 60,
  sec: 1 / 60,
  min: 1,
  mins: 1,
  minute: 1,
  minutes: 1,
  h: 60,
  hour: 60,
  hours: 60,
  heure: 60,
  heures: 60,
};
const AGE: Readonly<Record<string, number>> = {
  mois: 1,
  month: 1,
  months: 1,
  an: 12,
  ans: 12,
  annee: 12,
  annees: 12,
  year: 12,
  years: 12,
};
const DIGITS = 12;

const KINDS = [LENGTH, TIME, AGE];
const isKnown = (unit: string) => unit === '%' || KINDS.some((kind) => unit in kind);

/** Whether two units measure the same kind of thing. */
export function isSameKind(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return one === other || KINDS.some((kind) => one in kind && other in kind);
}

/** Whether a value with the unit cannot be one of the other: 2 years are no count and no length. */
export function isOtherKind(unit: string | undefined, of: string | undefined): boolean {
  return unit !== undefined && isKnown(unit) && (of === undefined || isKnown(of)) && !isSameKind(unit, of);
}

/** A number, in the unit that was said with it. */
export interface Measured {
  readonly value: number;
  readonly unit: string | undefined;
  /** The unit of the number nearest to it that has one. */
  readonly nearest?: string | undefined;
  /** Whether that one holds for it too: "58 mm long and 18 wide". */
  readonly isShared?: boolean;
}

/** The value in a feature's unit; undefined where a number without a unit stands beside one in another unit, and could be in either. */
export function valueIn(of: string | undefined, { value, unit, nearest, isShared }: Measured): number | undefined {
  const meant = unit ?? (isSameKind(nearest, of) ? nearest : undefined);
  return unit !== undefined || isShared || meant === undefined || meant === of ? convert(value, meant, of) : undefined;
}

/** The value in the feature's unit; as it is where nothing is said, or the units have nothing in common. */
function convert(value: number, from: string | undefined, to: string | undefined): number {
  if (from === undefined || to === undefined) return value;
  const kind = KINDS.find((each) => from in each && to in each);
  const factor = kind ? (kind[from] ?? 1) / (kind[to] ?? 1) : 1;
  return factor === 1 ? value : Number((value * factor).toPrecision(DIGITS));
}
