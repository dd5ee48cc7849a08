import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { type ApiProcess, startApiProcess } from '../support/api-process.ts';
import { expectAccessible, it } from './support/page.ts';

let api: ApiProcess;
beforeAll(async () => {
  api = await startApiProcess({ MODEL_FILE: join(inject('models'), 'iris-rf.json'), API_KEY: 'key' });
});
afterAll(() => api.terminate());

describe('A-4: /docs of the API', () => {
  it('axe finds nothing in the list of operations, an open one and its answer', async ({ openPage }) => {
    // Without the key the answer is a refusal.
    const page = await openPage({ url: api.url, path: '/docs', expected: /401/ });
    await page.locator('#operations-prediction-post_predict .opblock-summary-control').click();
    await page.getByRole('textbox', { name: 'Request body' }).waitFor();
    await page.getByRole('button', { name: 'Execute' }).click();
    await page.locator('.live-responses-table').waitFor();
    expect(await page.locator('.live-responses-table').textContent()).toContain('UNAUTHORIZED');
    await expectAccessible(page);
  });
});
