/** A verdict's sign: its shape tells it apart without its colour. */
'use client';
import { IconAlertTriangle, IconCircleCheck, IconHourglass } from '@tabler/icons-react';
import type { DriftVerdict } from '../../lib/api/drift-types.ts';
import css from './drift.module.css';

const SIGNS = { drift: IconAlertTriangle, none: IconCircleCheck, 'too few': IconHourglass } as const;

export interface VerdictMarkProps {
  readonly verdict: DriftVerdict;
  /** Side in pixels. */
  readonly size: number;
}

/** Decoration: what it means stands beside it. */
export function VerdictMark({ verdict, size }: VerdictMarkProps) {
  const Sign = SIGNS[verdict];
  return <Sign aria-hidden="true" className={css.mark} data-verdict={verdict} size={size} stroke={2} />;
}
