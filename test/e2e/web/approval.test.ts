import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import type { ApiProcess } from '../support/api-process.ts';
import { startAgent, type TestAgent } from './support/agent-process.ts';
import { it as base, expectAccessible, PHONE } from './support/page.ts';

const TEXTS = {
  en: {
    question: 'Your question',
    ask: '5.1 3.5 1.4 0.2',
    predicted: 'The model predicts setosa',
    tell: 'it was in fact versicolor',
    group: 'Approval of record-feedback',
    approve: 'Approve',
    refuse: 'Refuse',
    refused: 'You refused; nothing was written.',
    recorded: 'Recorded: request',
  },
  fr: {
    question: 'Votre question',
    ask: '5,1 3,5 1,4 0,2',
    predicted: 'Le modèle prédit setosa',
    tell: 'en fait c’était une versicolor',
    group: 'Accord pour record-feedback',
    approve: 'D’accord',
    refuse: 'Refuser',
    refused: 'Vous avez refusé ; rien n’a été écrit.',
    recorded: 'Enregistré : ',
  },
} as const;

interface Fixtures {
  /** An API that keeps its predictions, and a real agent before it; ended after the pages. */
  readonly stack: { readonly api: ApiProcess; readonly agent: TestAgent };
}

const it = base.extend<Fixtures>({
  stack: async ({ startApi }, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'iris-approval-'));
    const api = await startApi('iris-rf', { PREDICTION_LOG: `file:${directory}` });
    const agent = await startAgent(api.url);
    await use({ api, agent });
    await agent.terminate();
    await rm(directory, { recursive: true });
  },
});

/** The feedback of the only prediction, once it is in the log. */
async function feedbackIn(api: ApiProcess): Promise<unknown> {
  const { predictions } = (await (await fetch(`${api.url}/predictions`)).json()) as { predictions: { feedback: unknown }[] };
  return predictions.length === 1 ? predictions[0]!.feedback : 'no prediction yet';
}

describe.each([
  ['en', 'light', undefined],
  ['fr', 'dark', PHONE],
] as const)('a call that writes, on the chat page in %s, %s', (locale, colorScheme, viewport) => {
  const texts = TEXTS[locale];
  const look = { path: '/chat', locale, colorScheme, ...(viewport && { viewport }) };
  const log = (page: Page): Locator => page.getByRole('log');
  const approval = (page: Page): Locator => log(page).getByRole('group', { name: texts.group });

  async function say(page: Page, text: string): Promise<void> {
    await page.getByRole('textbox', { name: texts.question }).fill(text);
    await page.keyboard.press('Enter');
  }

  async function predict(page: Page): Promise<void> {
    await say(page, texts.ask);
    await log(page).getByText(texts.predicted).waitFor();
  }

  it('waits for the user: refused it writes nothing, approved it writes once', async ({ openPage, startClient, stack }) => {
    const { api, agent } = stack;
    const client = await startClient({ API_URL: api.url, AGENT_URL: agent.url });
    const page = await openPage({ ...look, url: client.url });
    await predict(page);
    await expect.poll(() => feedbackIn(api)).toBeNull();

    await say(page, texts.tell);
    await approval(page).waitFor();
    await log(page).getByText('"label": "versicolor"').waitFor();
    await expectAccessible(page);
    await approval(page).getByRole('button', { name: texts.refuse }).click();
    await log(page).getByText(texts.refused).waitFor();
    expect(await approval(page).count()).toBe(0);
    expect(await feedbackIn(api)).toBeNull();

    await say(page, texts.tell);
    await approval(page).getByRole('button', { name: texts.approve }).press('Enter');
    await log(page).getByText(texts.recorded).waitFor();
    await expect.poll(() => feedbackIn(api)).toBe('versicolor');
    expect(await approval(page).count()).toBe(0);
  });

  it('is left when something else is asked', async ({ openPage, startClient, stack }) => {
    const { api, agent } = stack;
    const client = await startClient({ API_URL: api.url, AGENT_URL: agent.url });
    const page = await openPage({ ...look, url: client.url });
    await predict(page);
    await say(page, texts.tell);
    await approval(page).waitFor();
    await say(page, texts.ask);
    await expect.poll(() => log(page).getByText(texts.predicted).count()).toBe(2);
    expect(await approval(page).count()).toBe(0);
  });
});
