/** The browser's typed requests to `/api`; every failure is an `ApiProblem` with a code. */

import type { ChangedModel } from './registry-types.ts';
import type { TrafficRound } from './traffic.ts';
import type { ExplainedPrediction, Instance, LoggedPrediction, Prediction, PredictionBatch, Sample } from './types.ts';

/** One fault of what was sent: a JSON pointer and what is wrong there. */
export interface FieldFault {
  readonly pointer: string;
  readonly detail: string;
}

/** A request that was not answered as asked. `code` is the API's, the client's own, or `CLIENT_UNREACHABLE`. */
export class ApiProblem extends Error {
  readonly code: string;
  /** HTTP status; 0 when nothing answered. */
  readonly status: number;
  readonly errors: readonly FieldFault[];

  constructor(code: string, status: number, detail: string, errors: readonly FieldFault[] = []) {
    super(detail);
    this.name = 'ApiProblem';
    this.code = code;
    this.status = status;
    this.errors = errors;
  }
}

/** Fetches JSON from the client's own server. */
export async function fetchJson<T>(path: string, init?: RequestInit): Promise<T> {
  const answer = await fetchAnswer(path, init);
  try {
    return (await answer.json()) as T;
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    throw new ApiProblem('API_ANSWER_INVALID', answer.status, 'The answer is not JSON.');
  }
}

/** Fetches from the client's own server; resolves for a 2xx status only, with the body still to be read. */
export async function fetchAnswer(path: string, init?: RequestInit): Promise<Response> {
  const answer = await fetch(path, init).catch((error: unknown) => {
    if (init?.signal?.aborted) throw error;
    throw new ApiProblem('CLIENT_UNREACHABLE', 0, 'Nothing answers.');
  });
  if (answer.ok) return answer;
  const { code, detail, errors } = await readProblem(answer);
  throw new ApiProblem(code ?? 'API_ANSWER_INVALID', answer.status, detail ?? answer.statusText, errors);
}

interface ProblemDocument {
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly FieldFault[];
}

async function readProblem(answer: Response): Promise<ProblemDocument> {
  return answer.json().catch(() => ({}));
}

function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return send<T>('POST', path, body, signal);
}

function send<T>(method: 'POST' | 'PUT', path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return fetchJson<T>(path, { method, headers, body: JSON.stringify(body), ...(signal && { signal }) });
}

/** Whether a prediction is kept in the log, and what aborts the request. */
export interface PredictOptions {
  readonly logged: boolean;
  readonly signal?: AbortSignal;
}

/** Predicts one sample. */
export function predict(instance: Instance, { logged, signal }: PredictOptions): Promise<Prediction> {
  return post(logged ? '/api/predict' : '/api/predict?log=false', instance, signal);
}

/** Predicts up to 10,000 samples at once, in order; they are named, or short: values in the order of the schema's features. */
export function predictBatch(
  instances: readonly (Instance | { readonly features: Sample })[],
  { logged, signal }: PredictOptions,
): Promise<PredictionBatch> {
  return post(logged ? '/api/predict/batch' : '/api/predict/batch?log=false', { instances }, signal);
}

/** Explains the prediction of one sample; it is not logged. */
export function explain(instance: Instance): Promise<ExplainedPrediction> {
  return post('/api/explain', instance);
}

/** Tells what a prediction was in fact; in the place of what was told before, which stands before the reader's eyes. */
export function sendFeedback(requestId: string, label: string): Promise<Pick<LoggedPrediction, 'request_id'>> {
  return post('/api/feedback', { request_id: requestId, label, replace: true });
}

/** Has the server send that many probes to the API, and tells who answered. */
export function observeTraffic(requests: number, signal: AbortSignal): Promise<TrafficRound> {
  return post('/api/traffic', { requests }, signal);
}

/** Path of a page of the log. */
export function predictionsPath(
  query: Readonly<Partial<Record<'limit' | 'cursor' | 'version' | 'prediction', string>>>,
): `/api/${string}` {
  return `/api/predictions?${new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))}`;
}

/** Why the model is changed, and what was in service when that was decided: where another one is by now, nothing is changed. */
export interface ChangeOfModel {
  readonly reason: string;
  readonly seen: string | null;
}

/** Puts a version into service; `force` overrules the gate. */
export function promoteVersion(version: string, change: ChangeOfModel & { readonly force: boolean }): Promise<ChangedModel> {
  return send('PUT', '/api/models/current', { version, ...change });
}

/** Puts the model into service that was before. */
export function rollBack(change: ChangeOfModel): Promise<ChangedModel> {
  return post('/api/models/rollback', change);
}
