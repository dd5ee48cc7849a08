/**
 * A registered model at a real MLflow; loaded only where MODEL_URI is set.
 *
 * It imports nothing that the server has without it: the bundler takes apart what both would share, and every start would pay for that.
 */
import {
  Connection,
  downloadVersionFile,
  parseModelUri,
  parseServerUrl,
  readAuthorization,
  resolveModelUri,
} from '@iris/tracking';
import type { RegisteredModel } from './mlflow-source.ts';

/** Longest wait for one answer; the next look comes soon. */
const LOOK_MS = 5000;
const DOWNLOAD_MS = 60_000;

/** Where a registered model is, and who asks for it. */
export interface RegisteredModelAddress {
  /** Such as `models:/iris@champion`. */
  readonly uri: string;
  readonly trackingUri: string;
  /** MLflow's variables that hold the credential. */
  readonly credentials: Readonly<Record<string, string | undefined>>;
}

/** @throws TrackingError `TRACKING_ADDRESS`, which a checked configuration rules out. */
export function openRegisteredModel({ uri, trackingUri, credentials }: RegisteredModelAddress): RegisteredModel {
  // One attempt: the next look comes soon, and the first one holds up the start.
  const authorization = readAuthorization(credentials);
  const connection = new Connection({ url: parseServerUrl(trackingUri), authorization, attempts: 1 });
  const model = parseModelUri(uri);
  return {
    uri: model,
    resolve: () => resolveModelUri(connection.within(LOOK_MS), model),
    download: (version, path, maxBytes) => downloadVersionFile(connection.within(DOWNLOAD_MS), version, path, maxBytes),
  };
}
