/** The parts of prom-client's default metrics, which its own types leave out. */
declare module 'prom-client/lib/metrics/*.js' {
  import type { Registry } from 'prom-client';

  /** Registers metrics that are read when the registry is. */
  const register: (registry: Registry, config: { readonly eventLoopMonitoringPrecision: number }) => void;
  export = register;
}
