/**
 * How classes are told apart everywhere: a colour and a symbol for each class index.
 *
 * The colours stay apart for people who see no red, no green or no blue, and stand out from the card in both schemes; the symbols tell
 * the classes apart without any colour. Colours are CSS variables, so that a picture follows the scheme without being drawn again.
 */

/** Colours by class index, in the light and in the dark scheme; `class-marks.test.ts` holds them to contrast and distance. */
export const CLASS_COLORS = {
  light: ['#3353b7', '#ee5a00', '#12a385', '#7a1f5c', '#66580c', '#327a9e'],
  dark: ['#5f87f7', '#f0712f', '#7df0c0', '#b5789a', '#e5bc36', '#7cc8e8'],
} as const;

/** Filled symbols, by the names that Observable Plot gives them; their number shares no divisor with that of the colours. */
const CLASS_SYMBOLS = ['circle', 'triangle', 'square', 'diamond', 'star', 'cross', 'wye'] as const;

export type ClassSymbol = (typeof CLASS_SYMBOLS)[number];

/** The mark of one class. */
export interface ClassMarkStyle {
  /** A CSS colour that follows the scheme. */
  readonly color: `var(--iris-class-${number})`;
  readonly symbol: ClassSymbol;
}

/** The mark of a class; 42 differ, then they repeat. */
export function classMark(classIndex: number): ClassMarkStyle {
  return {
    color: `var(--iris-class-${classIndex % CLASS_COLORS.light.length})`,
    symbol: CLASS_SYMBOLS[classIndex % CLASS_SYMBOLS.length]!,
  };
}

/** The CSS variables behind `classMark`, for the theme. */
export function classColorVariables(scheme: keyof typeof CLASS_COLORS): Record<string, string> {
  return Object.fromEntries(CLASS_COLORS[scheme].map((color, index) => [`--iris-class-${index}`, color]));
}
