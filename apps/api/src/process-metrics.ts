/** Metrics of the process itself, a choice of prom-client's. */
/// <reference path="./prom-client-metrics.d.ts" />
import type { Registry } from 'prom-client';
import eventLoopLag from 'prom-client/lib/metrics/eventLoopLag.js';
import heapSizeAndUsed from 'prom-client/lib/metrics/heapSizeAndUsed.js';
import osMemoryHeap from 'prom-client/lib/metrics/osMemoryHeap.js';
import processCpuTotal from 'prom-client/lib/metrics/processCpuTotal.js';
import processOpenFileDescriptors from 'prom-client/lib/metrics/processOpenFileDescriptors.js';
import processStartTime from 'prom-client/lib/metrics/processStartTime.js';
import version from 'prom-client/lib/metrics/version.js';

/**
 * Registers CPU, memory, open files, event loop delay, start time and version.
 *
 * Not `collectDefaultMetrics`: its observer of garbage collections has Node make objects at every one of them, 1 % of a request.
 */
export function collectProcessMetrics(register: Registry): void {
  const config = { eventLoopMonitoringPrecision: 10 };
  for (const collect of [
    processCpuTotal,
    processStartTime,
    osMemoryHeap,
    processOpenFileDescriptors,
    heapSizeAndUsed,
    eventLoopLag,
    version,
  ])
    collect(register, config);
}
