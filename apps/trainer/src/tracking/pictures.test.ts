import { createReliability } from '@iris/training';
import { describe, expect, it } from 'vitest';
import { drawConfusionMatrix } from './confusion-matrix.ts';
import { drawReliabilityCurve } from './reliability-curve.ts';

/** Elements of a picture that is well-formed as far as these pictures go: each closes itself, or is text. */
function elementsOf(svg: string): string[] {
  const lines = svg.trim().split('\n');
  expect(lines[0]).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+(\.\d+)?" height="\d+" [^<>]*>$/);
  expect(lines.at(-1)).toBe('</svg>');
  const elements = lines.slice(1, -1);
  for (const element of elements) expect(element).toMatch(/^<(rect|polyline) [^<>]*\/>$|^<text [^<>]*>[^<>]*<\/text>$/);
  return elements;
}

const textsOf = (svg: string) => elementsOf(svg).flatMap((element) => /<text [^>]*>(.*)<\/text>/.exec(element)?.[1] ?? []);

describe('drawConfusionMatrix', () => {
  it('shows each count with its share of the true class, and the names of the classes', () => {
    const texts = textsOf(
      drawConfusionMatrix(
        [
          [9, 1],
          [0, 0],
        ],
        ['no', 'yes'],
        'churned',
      ),
    );
    expect(texts).toEqual(
      expect.arrayContaining(['predicted churned', 'true churned', 'no', 'yes', '9', '90.0 %', '1', '10.0 %', '0', '0.0 %']),
    );
  });

  it('lets no name become part of the picture, and cuts long ones', () => {
    const hostile = ['</text><script>alert(1)</script>', `a&b"\u0000${'x'.repeat(50)}`];
    const texts = textsOf(
      drawConfusionMatrix(
        [
          [1, 0],
          [0, 1],
        ],
        hostile,
        '<target>',
      ),
    );
    expect(texts).toEqual(expect.arrayContaining(['predicted &lt;target&gt;', '&lt;/text&gt;&lt;script&gt;alert(1)…']));
    expect(texts.join()).not.toContain('\u0000');
  });
});

describe('drawReliabilityCurve', () => {
  it('draws a point for each bin that has predictions, and how many they are', () => {
    const reliability = createReliability();
    reliability.add([0, 1, 0], [0, 0, 0], [0.95, 0.05, 0.85, 0.15, 0.85, 0.15]);
    const svg = drawReliabilityCurve(reliability.bins(), reliability.expectedCalibrationError());
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['expected calibration error 0.2500', '1', '2']));
    // Confidence 0.85 with accuracy 0.5, and 0.95 with 1: 60 + 320 · x and 40 + 320 · (1 − y).
    expect(svg).toContain('points="332,200 364,40"');
  });

  it('holds no number that is none, also without any prediction', () => {
    expect(elementsOf(drawReliabilityCurve(createReliability().bins(), 0)).join()).not.toMatch(/NaN|Infinity/);
  });
});
