/** What a registry holds, as text. */
import type { History, HistoryEntry, RegistryFault, VersionSummary } from '@iris/registry';

const HEADER = ['', 'version', 'model', 'accuracy', 'log-loss', 'verdict', 'judged'];

/** A table of the versions; `*` stands before the one in service. */
export function formatVersions(versions: readonly VersionSummary[], current: string | undefined): string {
  const table = [HEADER, ...versions.map(rowOf)];
  const widths = HEADER.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  const named = versions.some(({ isCurrent }) => isCurrent);
  const note =
    current === undefined
      ? ['no model is in service']
      : named
        ? []
        : [`in service is ${current}, which is none of these versions`];
  return [...(versions.length > 0 ? lines : ['no versions yet']), ...note, ''].join('\n');
}

function rowOf({ name, isCurrent, verdict }: VersionSummary): string[] {
  const mark = isCurrent ? '*' : '';
  if (!verdict) return [mark, name, '?', '', '', 'cannot be read', ''];
  const { model, version, accuracy, logLoss } = verdict.candidate;
  const judged = verdict.judgedAt.slice(0, 16).replace('T', ' ');
  return [mark, name, `${model} ${version}`, accuracy.toFixed(4), logLoss.toFixed(4), verdict.verdict, judged];
}

/** The changes that speak of a version, one a line; empty where there are none. */
export function formatHistory({ entries }: History, name: string): string {
  const lines = entries.filter(({ version, previous }) => version === name || previous === name).map(formatEntry);
  return lines.length > 0 ? `History of ${name}\n\n${lines.join('')}` : '';
}

const ACTIONS = { promote: 'promoted', rollback: 'rolled back to', remove: 'removed' } as const;

function formatEntry({ at, by, action, version, previous, reason, forced }: HistoryEntry): string {
  const from = action === 'remove' || previous === null ? '' : ` (before: ${previous})`;
  return `  ${at}  ${by}  ${ACTIONS[action]} ${version}${from}${forced ? ', overruling the gate' : ''}: ${reason}\n`;
}

/** A line for each fault. */
export function formatFaults(faults: readonly RegistryFault[]): string {
  return faults.map(({ where, detail }) => `${where}: ${detail}\n`).join('');
}
