import pg from 'pg';
import { describe, expect, inject } from 'vitest';
import { it } from './support/page.ts';

async function rowOf(requestId: string | null): Promise<Record<string, unknown> | undefined> {
  const client = new pg.Client({ connectionString: inject('databaseUrl') });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT species, version, features FROM predictions WHERE request_id = $1', [requestId]);
    return rows[0];
  } finally {
    await client.end();
  }
}

describe('F2-3: predicting', () => {
  it('answers what the form says, and the row is in PostgreSQL', async ({ openPage }) => {
    const page = await openPage();
    await page.getByLabel('Petal length (cm)').first().fill('1.4');
    await page.getByLabel('Petal width (cm)').first().fill('0.2');
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    const answer = page.getByRole('region', { name: 'Answer' });
    await answer.getByText('setosa', { exact: true }).waitFor();
    const requestId = await answer.locator('code').textContent();
    await expect.poll(() => rowOf(requestId)).toMatchObject({ species: 'setosa', version: '0.1.0' });
    expect((await rowOf(requestId))!.features).toMatchObject({ petal_length: 1.4, petal_width: 0.2 });
  });
});
