/** Figures of a model as text, in the gate's conditions and on the verdict's page. */

/** A share or a loss: `0.9567`. */
export function figureText(value: number): string {
  return value.toFixed(4);
}

/** Milliseconds as `7.1 µs`. */
export function timeText(ms: number): string {
  return `${Number((ms * 1000).toPrecision(2))} µs`;
}

/** Bytes as `31 KiB`. */
export function sizeText(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KiB`;
}
