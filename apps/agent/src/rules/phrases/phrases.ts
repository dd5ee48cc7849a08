/** What the rules can say: one implementation for each language. Numbers and names are given already written. */

/** An answer's words. */
export interface Phrases {
  /** How a number with digits behind the point is written. */
  readonly decimal: (value: number, digits: number) => string;
  /** How a value of a sample is written: a number as it is given, or a level. */
  readonly value: (value: number | string) => string;
  readonly percent: (share: number) => string;
  readonly and: string;
  readonly capabilities: (names: { readonly features: string; readonly classes: string }) => string;
  readonly refusal: string;
  readonly askValues: (missing: string, known: string | undefined) => string;
  readonly surplus: (given: number, features: string) => string;
  readonly askClass: (classes: string) => string;
  readonly askPrediction: string;
  readonly predicted: (label: string, share: string, others: string, version: string) => string;
  readonly warned: (warnings: string) => string;
  readonly requestId: (id: string) => string;
  readonly batch: (count: number, lines: string) => string;
  /** `figures` says what base and parts are. */
  readonly explained: (label: string, share: string, base: string, parts: string, figures: ExplainedFigures) => string;
  readonly part: (feature: string, value: string, change: string, figures: ExplainedFigures) => string;
  readonly otherParts: (count: number) => string;
  readonly recorded: (label: string, id: string) => string;
  readonly noPredictions: string;
  readonly listed: (count: number, lines: string, more: boolean) => string;
  readonly listLine: (
    time: string,
    label: string,
    share: string | undefined,
    version: string,
    feedback: string | undefined,
  ) => string;
  readonly counted: (count: number, from: string, to: string, classes: string, versions: string) => string;
  readonly version: (name: string, count: number, accuracy: string | undefined, judged: number) => string;
  readonly compared: (versions: string, verdict: string) => string;
  readonly verdict: (best: string | undefined, compared: number) => string;
  /** `columns` is empty where none drifts. */
  readonly drift: (columns: string, count: number, from: string, to: string) => string;
  readonly driftUnknown: (count: number, needed: number) => string;
  readonly expected: (estimate: string, actual: string | undefined, judged: number) => string;
  readonly described: (model: ModelFacts) => string;
  readonly failed: (code: string, detail: string) => string;
  readonly unreadable: string;
  readonly refused: string;
}

/** What the figures of an explanation are: probabilities, shares of a forest's votes, or log-odds. */
export type ExplainedFigures = 'probability' | 'share' | 'margin';

/** What is said of a model. */
interface ModelFacts {
  readonly name: string;
  readonly algorithm: string;
  readonly version: string;
  readonly description: string;
  readonly features: string;
  readonly classes: string;
  readonly accuracy: string | undefined;
}
