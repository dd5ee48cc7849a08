/** A real Prometheus as a process, with its data in a folder of the test's. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../../scripts/free-port.ts';
import { until } from './until.ts';

/** A series of an answer. */
interface Series {
  readonly metric: Readonly<Record<string, string>>;
}

interface RuleState {
  readonly name: string;
  readonly health: string;
  readonly state: string;
}

/** A Prometheus that scrapes each second. */
export interface PrometheusProcess {
  /**
   * The series that a query finds now.
   *
   * @throws Error for one that it refuses.
   */
  query(expr: string): Promise<readonly Series[]>;
  /** The rules and what became of them. */
  rules(): Promise<readonly RuleState[]>;
  stop(): Promise<void>;
}

/** Starts it; `targets` are `host:port` of what it scrapes as the job `iris`. */
export async function startPrometheus(
  directory: string,
  { targets, ...files }: { readonly targets: readonly string[]; readonly 'rules.yaml': string },
): Promise<PrometheusProcess> {
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: Object.keys(files),
    scrape_configs: [{ job_name: 'iris', static_configs: [{ targets }] }],
  };
  // YAML holds JSON.
  const written = { ...files, 'prometheus.yaml': JSON.stringify(config) };
  for (const [name, text] of Object.entries(written)) await writeFile(join(directory, name), text);
  const port = await freePort();
  const flags = [
    `--config.file=${join(directory, 'prometheus.yaml')}`,
    `--storage.tsdb.path=${join(directory, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const child = spawn('prometheus', flags, { stdio: ['ignore', 'ignore', 'pipe'] });
  let printed = '';
  child.stderr.on('data', (text: Buffer) => {
    printed += text.toString();
  });
  const url = `http://127.0.0.1:${port}`;
  async function ask<T>(path: string): Promise<T> {
    const answer = await fetch(url + path);
    const { data, error } = (await answer.json()) as { readonly data: T; readonly error?: string };
    if (error !== undefined) throw new Error(error);
    return data;
  }
  await until(() =>
    fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    ),
  ).catch(() => {
    throw new Error(`Prometheus does not start:
${printed}`);
  });
  return {
    query: async (expr) => (await ask<{ result: Series[] }>(`/api/v1/query?query=${encodeURIComponent(expr)}`)).result,
    rules: async () => (await ask<{ groups: { rules: RuleState[] }[] }>('/api/v1/rules')).groups.flatMap(({ rules }) => rules),
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'close');
    },
  };
}
