import { describe, expect, it } from 'vitest';
import { CLASS_COLORS, classColorVariables, classMark } from './class-marks.ts';
import { cssVariables } from './theme.ts';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Full protanopia, deuteranopia and tritanopia on linear sRGB: Machado, Oliveira and Fernandes 2009. */
const VISIONS: Readonly<Record<string, Matrix>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
/** Linear sRGB to OKLab (Ottosson 2020): distances there are about as large as they look. */
const TO_CONES: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const TO_LAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

const times = (matrix: Matrix, [x, y, z]: Triple): Triple =>
  matrix.map(([a, b, c]) => a * x + b * y + c * z) as unknown as Triple;
const each = (triple: Triple, change: (value: number) => number): Triple => triple.map(change) as unknown as Triple;

function linear(color: string): Triple {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255) as unknown as Triple;
  return each(channels, (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
}

/** WCAG 2.2's contrast ratio. */
function contrast(first: string, second: string): number {
  const [dark, light] = [first, second]
    .map(linear)
    .map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b)
    .sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

function distance(vision: Matrix, first: string, second: string): number {
  const [a, b] = [first, second].map((color) => {
    const seen = each(times(vision, linear(color)), (value) => Math.min(1, Math.max(0, value)));
    return times(TO_LAB, each(times(TO_CONES, seen), Math.cbrt));
  });
  return Math.hypot(...a!.map((value, axis) => value - b![axis]!));
}

function closest(vision: Matrix, colors: readonly string[]): number {
  return Math.min(...colors.flatMap((color, index) => colors.slice(0, index).map((other) => distance(vision, color, other))));
}

describe.each(['light', 'dark'] as const)('the colours of classes, %s', (scheme) => {
  const colors = CLASS_COLORS[scheme];
  const card = cssVariables({} as never)[scheme]['--iris-card']!;

  it('stand out from the card as WCAG asks of graphics, 3 : 1', () => {
    for (const color of colors) expect(contrast(color, card)).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.entries(VISIONS))('are apart for everyone: %s', (_name, vision) => {
    expect(closest(vision, colors.slice(0, 4))).toBeGreaterThan(0.12);
    expect(closest(vision, colors)).toBeGreaterThan(0.07);
  });

  it('are variables of the theme', () => {
    expect(cssVariables({} as never)[scheme]).toMatchObject(classColorVariables(scheme));
  });
});

it('42 classes have marks that differ, and a mark for any more', () => {
  const marks = Array.from({ length: 42 }, (_, index) => JSON.stringify(classMark(index)));
  expect(new Set(marks).size).toBe(42);
  expect(classMark(42)).toEqual(classMark(0));
});
