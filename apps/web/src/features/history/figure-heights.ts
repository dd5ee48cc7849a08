/** Heights of the pictures, known before their code is loaded: what stands below must not move when they come. */

const LINE_HEIGHT = 34;

/** Room below the lines for the axis. */
export const AXIS_HEIGHT = 30;

/** Height of the accuracies of so many versions, in pixels. */
export function accuracyHeight(versions: number): number {
  return versions * LINE_HEIGHT + AXIS_HEIGHT;
}

/** Height of the counts of so many classes, in pixels. */
export function countsHeight(classes: number): number {
  return classes * LINE_HEIGHT + 4;
}
