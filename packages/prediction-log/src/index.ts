export type { Batch } from './batch.ts';
export type { Clock } from './clock.ts';
export type { DeadLetters } from './dead-letters-port.ts';
export { PredictionLogError, type PredictionLogErrorCode } from './errors.ts';
export type {
  Feedback,
  FeedbackOutcome,
  JudgedPrediction,
  PeriodCount,
  PeriodQuery,
  Prediction,
  PredictionCount,
  PredictionPage,
  PredictionQuery,
  PredictionSource,
  PredictionStore,
  ScannedPrediction,
  ScanQuery,
  StoredPrediction,
  TimeSpan,
} from './port.ts';
export type { Spool } from './spool-port.ts';
export { type Interval, wilsonInterval } from './wilson-interval.ts';
export type { WriterEvent } from './writer/events.ts';
export { DEFAULT_WRITER_LIMITS, type WriterLimits } from './writer/limits.ts';
export { createPredictionWriter } from './writer/prediction-writer.ts';
export type { PredictionWriter, PredictionWriterOptions, WriterStats } from './writer/writer-contract.ts';
