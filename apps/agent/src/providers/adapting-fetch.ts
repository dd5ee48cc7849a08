/** Asks a server again in its own dialect, where it says which parameter it does not take; what was learnt holds for later requests. */

type Fetch = typeof globalThis.fetch;
type Body = Readonly<Record<string, unknown>>;

/** A difference between servers: what its refusal says, and what to send then. */
interface Dialect {
  readonly name: string;
  readonly isRefusedIn: (refusal: string, body: Body) => boolean;
  readonly adapt: (body: Body) => Body;
}

const DIALECTS: readonly Dialect[] = [
  {
    // Models of OpenAI that think, and gateways to them (vercel/ai#7863).
    name: 'max_completion_tokens in the place of max_tokens',
    isRefusedIn: (refusal, body) => 'max_tokens' in body && refusal.includes('max_completion_tokens'),
    adapt: ({ max_tokens, ...body }) => ({ ...body, max_completion_tokens: max_tokens }),
  },
  without('stream_options'),
  without('tool_choice'),
];
/** What a server answers to a parameter that it does not know. */
const REFUSALS = new Set([400, 422]);

/**
 * Makes the function to ask with.
 *
 * @param learnt told of each difference when it is found.
 */
export function adaptingFetch(learnt: (dialect: string) => void): Fetch {
  const known = new Set<Dialect>();
  return async function askInDialect(input, init) {
    if (typeof init?.body !== 'string') return fetch(input, init);
    for (;;) {
      const body = [...known].reduce((adapted, { adapt }) => adapt(adapted), JSON.parse(init.body) as Body);
      const response = await fetch(input, { ...init, body: JSON.stringify(body) });
      if (!REFUSALS.has(response.status)) return response;
      const refusal = await response.clone().text();
      // By what was sent: what another request has learnt meanwhile was not heeded in this one.
      const dialect = DIALECTS.find((each) => each.isRefusedIn(refusal, body));
      if (!dialect) return response;
      if (!known.has(dialect)) learnt(dialect.name);
      known.add(dialect);
    }
  };
}

function without(parameter: string): Dialect {
  return {
    name: `no ${parameter}`,
    isRefusedIn: (refusal, body) => parameter in body && refusal.includes(parameter),
    adapt: ({ [parameter]: _, ...body }) => body,
  };
}
