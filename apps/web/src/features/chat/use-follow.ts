/** Keeps the end of a growing conversation in view, for who is there; who has scrolled up to read is left alone. */
'use client';
import { type RefObject, useEffect, useRef } from 'react';

/** So near to the end, in pixels, a reader is at it. */
const NEAR_PX = 240;

/** Returns the reference for an element at the end. */
export function useFollow(growing: unknown): RefObject<HTMLDivElement | null> {
  const end = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what grows is what it follows
  useEffect(() => {
    const place = end.current?.getBoundingClientRect();
    if (place && place.top - window.innerHeight < NEAR_PX) end.current?.scrollIntoView({ block: 'end' });
  }, [growing]);
  return end;
}
