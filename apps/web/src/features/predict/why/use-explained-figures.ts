/** How the figures of an explanation are written: shares in per cent, scores as numbers. */
'use client';
import { useFormatter } from 'next-intl';
import type { ExplainedPrediction } from '../../../lib/api/types.ts';

export interface ExplainedFigures {
  /** What a class has. */
  readonly level: (value: number) => string;
  /** What is added to it. */
  readonly change: (value: number) => string;
}

export function useExplainedFigures({ explained }: ExplainedPrediction): ExplainedFigures {
  const { number } = useFormatter();
  if (explained === 'margin') return { level: (value) => number(value, 'score'), change: (value) => number(value, 'score') };
  return { level: (value) => number(value, 'percent'), change: (value) => number(value, 'change') };
}
