/** The API's answers, as far as this server reads them itself; all else is handed on as it is. */
import type { DatasetSchema } from '@iris/dataset';

/** Answer of `GET /model`. */
export interface ModelCard {
  readonly name: string;
  readonly version: string;
  readonly dataset: DatasetSchema;
}

/** An estimate with its 95 % interval. */
interface Accuracy {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** What is known of a version in service. */
export interface VersionStatistics {
  readonly version: string | null;
  readonly predictions: number;
  readonly by_class: Readonly<Record<string, number>>;
  /** Predictions whose true class was told. */
  readonly judged: number;
  readonly correct: number;
  readonly accuracy: Accuracy | null;
}

/** Answer of `GET /predictions/stats`. */
export interface PredictionStatistics {
  readonly from: string;
  readonly to: string;
  readonly predictions: number;
  readonly by_version: readonly VersionStatistics[];
}
