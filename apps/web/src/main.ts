/** Starts the built client from the environment; ends it on SIGTERM or SIGINT. Exit codes: 0, 78 for a configuration that cannot work. */
import { EXIT_CONFIG, SettingsError } from '@iris/settings';
import { watchServers } from './drain.ts';
import { readConfig } from './lib/server/config.ts';
import { notePeers } from './peer-address.ts';

try {
  const { PORT, HOST, DRAIN_MS, SHUTDOWN_MS } = readConfig(process.env);
  notePeers();
  const drain = watchServers();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      // A second signal ends the process at once, as an operator who sends it twice expects.
      process.once(signal, () => process.exit(1));
      void drain({ drainMs: DRAIN_MS, shutdownMs: SHUTDOWN_MS }).then(() => process.exit(0));
    });
  }
  // Names that Next's server reads. Kubernetes sets HOSTNAME to the pod's name, which is no address to listen on.
  Object.assign(process.env, { PORT, HOSTNAME: HOST, NEXT_MANUAL_SIG_HANDLE: '1', NEXT_TELEMETRY_DISABLED: '1' });
  // A name that the bundler does not see: the server is built by Next and stands beside this program's folder.
  const server = new URL('../server.js', import.meta.url).href;
  await import(server);
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT_CONFIG;
}
