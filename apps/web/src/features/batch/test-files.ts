/** Schemas and files for tests of the batch page. */
import type { DatasetSchema } from '../../lib/api/types.ts';

/** Two numbers and a choice. */
export const SCHEMA: DatasetSchema = {
  name: 'plants',
  description: 'For tests.',
  target: 'kind',
  classes: ['herb', 'tree'],
  features: [
    { kind: 'numeric', name: 'height', unit: 'm', observed: { min: 0, max: 40 }, plausible: { min: 0, max: 150 } },
    { kind: 'numeric', name: 'leaves', unit: '1', observed: { min: 0, max: 1000 }, plausible: { min: -1, max: 1e6 } },
    { kind: 'categorical', name: 'place', levels: ['forest', 'été'] },
  ],
};

/** A file of this text. */
export function fileOf(text: string): Blob {
  return new Blob([text]);
}
