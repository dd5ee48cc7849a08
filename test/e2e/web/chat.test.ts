import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { freePort } from '../../../scripts/free-port.ts';
import { startAgent, startStandIn, type TestAgent } from './support/agent-process.ts';
import { it as base, expectAccessible, expectNoSidewaysScroll, PHONE } from './support/page.ts';

const TEXTS = {
  en: {
    question: 'Your question',
    send: 'Send',
    example: /^Predict [\d. ]+$/,
    ask: 'Predict 6.3 3.3 6 2.5',
    predicted: (label: string) => `The model predicts ${label}`,
  },
  fr: {
    question: 'Votre question',
    send: 'Envoyer',
    example: /^Prédis [\d, ]+$/,
    ask: 'Prédis 6,3 3,3 6 2,5',
    predicted: (label: string) => `Le modèle prédit ${label}`,
  },
} as const;

interface Fixtures {
  /** Starts a real agent before an API; ended after the pages and the client. */
  readonly realAgent: (apiUrl: string) => Promise<TestAgent>;
  /** Starts a server that answers for an agent. */
  readonly standIn: (listener: RequestListener, port?: number) => Promise<TestAgent>;
}

/** Ends what a test has started. */
async function keep<A extends readonly unknown[]>(
  start: (...given: A) => Promise<TestAgent>,
  use: (start: (...given: A) => Promise<TestAgent>) => Promise<void>,
): Promise<void> {
  const started: TestAgent[] = [];
  await use(async (...given) => {
    const agent = await start(...given);
    started.push(agent);
    return agent;
  });
  await Promise.all(started.map((agent) => agent.terminate()));
}

const it = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are used
  realAgent: async ({}, use) => keep((apiUrl: string) => startAgent(apiUrl), use),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  standIn: async ({}, use) => keep(startStandIn, use),
});

const log = (page: Page): Locator => page.getByRole('log', { name: 'Conversation' });
const card = (page: Page, tool: string): Locator => log(page).locator('details').filter({ hasText: tool }).last();

async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole('textbox', { name: TEXTS.en.question }).fill(question);
  await page.keyboard.press('Enter');
}

/** Begins an answer of the UI-message protocol; gives what writes its words and what ends it. */
function beginAnswer(response: ServerResponse) {
  const write = (chunk: object) => response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' });
  for (const chunk of [{ type: 'start' }, { type: 'start-step' }, { type: 'text-start', id: 'a' }]) write(chunk);
  return {
    say: (delta: string) => write({ type: 'text-delta', id: 'a', delta }),
    finish() {
      for (const chunk of [{ type: 'text-end', id: 'a' }, { type: 'finish-step' }, { type: 'finish' }]) write(chunk);
      response.end('data: [DONE]\n\n');
    },
  };
}

describe.each([
  ['en', 'light', undefined],
  ['fr', 'dark', PHONE],
] as const)('the chat page before a real agent, %s, %s', (locale, colorScheme, viewport) => {
  const texts = TEXTS[locale];

  it('answers from a real tool call, whose card opens; axe finds nothing', async ({
    openPage,
    startApi,
    startClient,
    realAgent,
  }) => {
    const api = await startApi('iris-rf');
    const agent = await realAgent(api.url);
    const client = await startClient({ API_URL: api.url, AGENT_URL: agent.url });
    const page = await openPage({ path: '/chat', url: client.url, locale, colorScheme, ...(viewport && { viewport }) });
    await page.getByRole('button', { name: texts.example }).click();
    await log(page).getByText(texts.predicted('setosa')).waitFor();
    await page.getByRole('textbox', { name: texts.question }).fill(texts.ask);
    await page.getByRole('button', { name: texts.send }).click();
    await log(page).getByText(texts.predicted('virginica')).waitFor();
    await card(page, 'predict').locator('summary').press('Enter');
    const [input, output] = await card(page, 'predict').locator('pre').allTextContents();
    expect(JSON.parse(input!)).toMatchObject({ sepal_length: 6.3, petal_width: 2.5 });
    expect(output).toContain('"virginica"');
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
});

describe('the chat page', () => {
  it('shows the words as they come; Stop ends the agent’s work and keeps what is there', async ({
    openPage,
    startClient,
    standIn,
  }) => {
    const asked = Promise.withResolvers<ServerResponse>();
    const agent = await standIn((_request, response) => asked.resolve(response));
    const client = await startClient({ AGENT_URL: agent.url });
    const page = await openPage({ path: '/chat', url: client.url, expected: /502/ });
    await ask(page, 'hello');
    const response = await asked.promise;
    await page.getByText('Thinking…').waitFor();
    const answer = beginAnswer(response);
    answer.say('One ');
    await log(page).getByText('One').waitFor();
    answer.say('by one');
    await log(page).getByText('One by one').waitFor();
    const ended = once(response, 'close');
    await page.getByRole('button', { name: 'Stop' }).click();
    await ended;
    await page.getByRole('button', { name: 'Send' }).waitFor();
    expect(await log(page).getByText('One by one').count()).toBe(1);
    expect(await page.getByRole('alert').filter({ hasText: /./ }).count()).toBe(0);
  });

  it.for([
    ['is away', 'The agent cannot be reached', undefined],
    ['has no tools', 'The agent has no tools now', { status: 503, code: 'TOOLS_UNAVAILABLE' }],
    ['leaves', 'This agent is leaving', { status: 503, code: 'DRAINING' }],
    ['is asked too much', 'Too many questions', { status: 429, code: 'RATE_LIMITED' }],
  ] as const)(
    'says that the agent %s, and asks again in the same place',
    async ([, title, problem], { openPage, startClient, standIn }) => {
      const port = await freePort();
      const failing =
        problem &&
        (await startStandIn((_request, response) => {
          response.writeHead(problem.status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
        }, port));
      const client = await startClient({ AGENT_URL: `http://127.0.0.1:${port}` });
      const page = await openPage({ path: '/chat', url: client.url, expected: /502|503|429/ });
      await ask(page, 'hello');
      await page.getByRole('alert').getByText(title).waitFor();
      await expectAccessible(page);
      await failing?.terminate();
      await standIn((_request, response) => {
        const answer = beginAnswer(response);
        answer.say('Here I am');
        answer.finish();
      }, port);
      await page.getByRole('button', { name: 'Ask again' }).click();
      await log(page).getByText('Here I am').waitFor();
      expect(await page.getByRole('alert').filter({ hasText: /./ }).count()).toBe(0);
      expect(await log(page).getByRole('listitem').count()).toBe(2);
    },
  );

  it('says that an agent is silent, and that an answer broke off', async ({ openPage, startClient, standIn }) => {
    let turn = 0;
    const agent = await standIn((_request, response) => {
      if (turn++ === 0) return;
      beginAnswer(response).say('Half of');
      setTimeout(() => response.destroy(), 100);
    });
    const client = await startClient({ AGENT_URL: agent.url, AGENT_TIMEOUT_MS: '300' });
    const page = await openPage({ path: '/chat', url: client.url, expected: /50[24]|ERR_INCOMPLETE_CHUNKED_ENCODING/ });
    await ask(page, 'hello');
    await page.getByRole('alert').getByText('The agent is too slow').waitFor();
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.getByRole('alert').getByText('The answer broke off').waitFor();
    await log(page).getByText('Half of').waitFor();
  });

  it('is used by the keyboard alone: a suggestion, a new line, a new conversation', async ({
    openPage,
    startClient,
    standIn,
  }) => {
    const questions: string[] = [];
    async function tell(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const body = JSON.parse(await text(request));
      questions.push(body.messages.at(-1).parts[0].text);
      const answer = beginAnswer(response);
      answer.say(`Answer ${questions.length}`);
      answer.finish();
    }
    const agent = await standIn((request, response) => void tell(request, response));
    const client = await startClient({ AGENT_URL: agent.url });
    const page = await openPage({ path: '/chat', url: client.url, expected: /502/ });
    await page.getByRole('button', { name: 'What can you do?' }).press('Enter');
    await log(page).getByText('Answer 1').waitFor();
    const question = page.getByRole('textbox', { name: TEXTS.en.question });
    await question.press('a');
    await question.press('Shift+Enter');
    await question.press('b');
    await question.press('Enter');
    await log(page).getByText('Answer 2').waitFor();
    expect(questions).toEqual(['What can you do?', 'a\nb']);
    await page.getByRole('button', { name: 'New conversation' }).press('Enter');
    await expect.poll(() => log(page).getByRole('listitem').count()).toBe(0);
    await expect.poll(() => page.evaluate('document.activeElement.getAttribute("role")')).toBe('log');
  });

  it('without an agent says how to get one', async ({ openPage }) => {
    const page = await openPage({ path: '/chat' });
    await page.getByText('AGENT_URL=http://localhost:8002 npm run client').waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);
  });
});
