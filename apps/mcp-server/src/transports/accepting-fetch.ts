/** Answers clients whose `Accept` is less than the protocol asks for: the form is chosen by what they can read. */

type Fetch<Options> = (request: Request, options?: Options) => Promise<Response>;

const JSON_TYPE = 'application/json';
const EVENTS_TYPE = 'text/event-stream';
const BOTH = `${JSON_TYPE}, ${EVENTS_TYPE}`;

/**
 * Wraps the SDK's handler, which refuses with 406 whoever does not name both types.
 * https://github.com/modelcontextprotocol/python-sdk/issues/1641
 *
 * @param isEndless whether the answer to this request is a stream without an end, which has no other form.
 */
export function acceptingFetch<Options>(
  handle: Fetch<Options>,
  isEndless: (options: Options | undefined) => boolean,
): Fetch<Options> {
  return async function answerAcceptably(request, options) {
    const given = request.headers.get('accept') ?? '';
    const accept = given.toLowerCase();
    const readsEvents = accept.includes(EVENTS_TYPE) || accept.includes('text/*');
    const readsJson = accept === '' || [JSON_TYPE, 'application/*', '*/*'].some((type) => accept.includes(type));
    const isWhole = given.includes(EVENTS_TYPE) && given.includes(JSON_TYPE);
    if (isWhole || !(readsEvents || readsJson) || isEndless(options)) return handle(request, options);
    const headers = new Headers(request.headers);
    headers.set('accept', BOTH);
    const response = await handle(new Request(request, { headers }), options);
    return readsEvents ? response : withoutEvents(response);
  };
}

/** The answer that a stream ends with, as a document: who does not name streams may not read them. */
async function withoutEvents(response: Response): Promise<Response> {
  if (!response.headers.get('content-type')?.startsWith(EVENTS_TYPE)) return response;
  const messages = [...(await response.text()).matchAll(/^data: ?(.*)$/gm)].map(([, data = '']) => data);
  const answer = messages.findLast((data) => /"(?:result|error)"/.test(data)) ?? '';
  return new Response(answer, { status: response.status, headers: { 'content-type': JSON_TYPE } });
}
