/** A file of unknown columns in numbers: see `table-profile.ts`. */
export type { ColumnProfile } from './column-profile.ts';
export {
  createTableProfiler,
  type ProfileOptions,
  profileTable,
  type TableProfile,
  type TableProfiler,
} from './table-profile.ts';
