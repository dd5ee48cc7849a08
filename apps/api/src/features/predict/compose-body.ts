/** Takes names and levels of a route's JSON body as the schema has them, before it is validated. */
import type { DatasetSchema } from '@iris/dataset';
import type { preValidationHookHandler } from 'fastify';
import { createComposer } from './composed-letters.ts';

/**
 * Gives the route's hook; none where the schema's names and levels can be written in one way only.
 *
 * @param member of the body that holds instances; absent: the body is one.
 */
export function composeBody(schema: DatasetSchema, member?: string): { readonly preValidation?: preValidationHookHandler } {
  const compose = createComposer(schema);
  if (!compose) return {};
  return {
    preValidation(request, _reply, done) {
      const body = request.body as Readonly<Record<string, unknown>> | null | undefined;
      const instances = member === undefined ? undefined : body?.[member];
      if (member === undefined) request.body = compose(body);
      else if (Array.isArray(instances)) request.body = { ...body, [member]: instances.map(compose) };
      done();
    },
  };
}
