/** A figure of Observable Plot in a page: as wide as its place, under the page's policy, with one name for assistive technology. Load it lazily. */
'use client';
import { useMantineStyleNonce } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useLayoutEffect, useRef } from 'react';
import { cureFigure } from './cure-figure.ts';

export interface PlotFigureProps {
  /** What the figure shows, in a sentence: to assistive technology it is one image. Without it the figure is decoration. */
  readonly label?: string;
  /** Draws for a width in pixels. It is drawn again when this changes: keep it with `useCallback`. */
  readonly draw: (width: number) => Element;
  readonly className?: string | undefined;
}

export function PlotFigure({ label, draw, className }: PlotFigureProps) {
  const place = useRef<HTMLDivElement>(null);
  const { ref: measured, width } = useElementSize<HTMLDivElement>();
  const nonce = useMantineStyleNonce()?.();
  useLayoutEffect(() => {
    if (width > 0) place.current?.replaceChildren(cureFigure(draw(width), { label, nonce }));
  }, [draw, label, nonce, width]);
  return (
    <div className={className} ref={measured}>
      <div ref={place} />
    </div>
  );
}
