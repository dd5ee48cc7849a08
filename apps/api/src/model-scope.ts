/** What the features of a loaded model are registered with: an app's protected part, and the model's schema. */

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { DatasetSchema, Sample } from '@iris/dataset';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { AppDependencies, PredictionLog } from './dependencies.ts';
import type { InstanceReader } from './features/predict/instance-reader.ts';
import type { Predictor } from './features/predict/predictor.ts';
import type { Served } from './models/served-model.ts';

/** A Fastify instance whose handlers are typed by their TypeBox schemas. */
export type TypedApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface ModelScope {
  readonly app: TypedApp;
  readonly dependencies: AppDependencies;
  /** Schema of the dataset, fixed for the app. */
  readonly schema: DatasetSchema;
  /** A sample for the documentation. */
  readonly example: Sample | undefined;
  /** The model of the moment; always of this schema. */
  readonly served: Served;
  readonly log: PredictionLog | undefined;
  readonly predictor: Predictor;
  /** Validates an instance that is not a route's JSON body. */
  readonly readInstance: InstanceReader;
}
