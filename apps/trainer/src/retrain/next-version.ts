/** The version of a model that nobody named. */
import type { VersionSummary } from '@iris/registry';

/** `1.2.3` → the numbers; what stands behind a hyphen says nothing here. */
const NUMBERS = /^(\d+)\.(\d+)\.(\d+)/;

/** The current version with its last number raised above those that the registry has. */
export function nextVersion(current: string, versions: readonly VersionSummary[]): string {
  const [major, minor, patch] = numbersOf(current);
  const patches = versions
    .map(({ verdict }) => numbersOf(verdict?.candidate.version ?? ''))
    .filter((each) => each[0] === major && each[1] === minor)
    .map((each) => each[2]);
  return `${major}.${minor}.${Math.max(patch, ...patches) + 1}`;
}

function numbersOf(version: string): readonly [number, number, number] {
  const [, major, minor, patch] = NUMBERS.exec(version) ?? [];
  return [Number(major ?? 0), Number(minor ?? 0), Number(patch ?? 0)];
}
