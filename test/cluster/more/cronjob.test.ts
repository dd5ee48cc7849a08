import { describe, expect, it } from 'vitest';
import { useSuite } from '../support/suite.ts';
import { until } from '../support/until.ts';

const suite = useSuite('cronjob');

describe('F3-4: the CronJob iris-retrainer', () => {
  it('started by hand, its log holds the prediction', async () => {
    await suite.deploy('cronjob');
    await suite.kubectl('create', 'job', 'iris-retrainer-manual', '--from=cronjob/iris-retrainer');
    await suite.kubectl('wait', '--for=condition=Complete', 'job/iris-retrainer-manual', '--timeout=90s');
    expect(await suite.kubectl('logs', 'job/iris-retrainer-manual')).toMatch(/"prediction":"setosa"/);
  });

  it('runs by itself every minute', async () => {
    const started = '--output=jsonpath={.items[?(@.metadata.ownerReferences[0].kind=="CronJob")].metadata.name}';
    const completed = async (): Promise<string | undefined> => {
      const [scheduled] = (await suite.kubectl('get', 'jobs', started)).split(' ').filter((name) => /-\d+$/.test(name));
      if (scheduled === undefined) return undefined;
      await suite.kubectl('wait', '--for=condition=Complete', `job/${scheduled}`, '--timeout=60s');
      return scheduled;
    };
    const scheduled = await until('a scheduled job', completed, 150_000);
    expect(await suite.kubectl('logs', `job/${scheduled}`)).toMatch(/"prediction":"setosa"/);
  });
});
