/** A registry of models on a volume: immutable versions, one of them in service, and the gate before it. */
export { RegistryError, type RegistryErrorCode } from './errors.ts';
export { type GateEvidence, judge, type MeasuredCurrent } from './gate/judge.ts';
export type { PairedFold } from './gate/paired-test.ts';
export { schemaDifferences } from './gate/schema-differences.ts';
export { type History, type HistoryEntry, rollbackSince } from './history.ts';
export { Registry, type RegistryFault, type RegistryOptions } from './registry.ts';
export type { PromotionOptions, RegistryWriter } from './registry-writer.ts';
export { hashRows } from './row-hashes.ts';
export type { Check, CurrentFigures, FeedbackFigures, Measure, ModelFigures, PairedComparison, Verdict } from './verdict.ts';
export { verdictFiles } from './verdict-files.ts';
export { formatVerdict } from './verdict-markdown.ts';
export type { Candidate } from './version-folder.ts';
export type { VersionSummary } from './version-summary.ts';
