import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { billOf, formatNotices, type Notice, readNotice, type Sbom } from './notices.ts';

const root = mkdtempSync(join(tmpdir(), 'iris-notices-'));
afterAll(() => rmSync(root, { recursive: true }));

function install(name: string, manifest: object, files: Record<string, string> = {}): string {
  const folder = `node_modules/${name}`;
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...manifest }));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, folder, file), text);
  return folder;
}

const notice = (name: string, licence = 'MIT', ...texts: string[]): Notice => ({ name, version: '1.0.0', licence, texts });

describe('reading the notice of a package', () => {
  it('finds its licence and every legal file, under any usual name', () => {
    const files = {
      'LICENSE-MIT.md': 'MIT text\n',
      NOTICE: 'Notice',
      'licence.txt': 'British',
      'index.js': 'no',
      'README.md': 'no',
    };
    const { licence, texts } = readNotice(root, install('a', { license: 'MIT' }, files));
    expect(licence).toBe('MIT');
    expect([...texts].sort()).toEqual(['British', 'MIT text', 'Notice']);
  });

  it('reads the object of an old package, and a package that states nothing', () => {
    expect(readNotice(root, install('old', { license: { type: 'ISC' } }))).toEqual(notice('old', 'ISC'));
    expect(readNotice(root, install('silent', {}))).toEqual(notice('silent', 'not stated'));
  });
});

describe('the text of the notices', () => {
  it('holds every package with its version, licence and texts', () => {
    const text = formatNotices([notice('a', 'MIT', 'Copyright A', 'More'), notice('b', 'ISC')]);
    expect(text).toMatch(/2 packages.*a 1\.0\.0 \(MIT\).*Copyright A\n\nMore.*b 1\.0\.0 \(ISC\)/s);
    expect(text).toContain('comes without a text of its licence, ISC.');
  });

  it('says where the Apache License stands when a package under it comes without', () => {
    const apache = [notice('bare', 'Apache-2.0'), notice('full', 'Apache-2.0', 'Apache License\nVersion 2.0')];
    expect(formatNotices(apache)).toContain('of its licence, Apache-2.0; that of the Apache License stands under full.');
    expect(formatNotices(apache.slice(0, 1))).toContain('of its licence, Apache-2.0.');
  });
});

describe('the bill of materials', () => {
  const component = (name: string) => ({ name, version: '1.0.0', 'bom-ref': `${name}@1.0.0` });
  const sbom: Sbom & { serialNumber: string } = {
    serialNumber: 'urn:uuid:1',
    metadata: { timestamp: '2026-01-01', component: { name: 'iris' } },
    components: [component('a'), component('b'), component('tool')],
    dependencies: [
      { ref: 'a@1.0.0', dependsOn: ['b@1.0.0', 'tool@1.0.0'] },
      { ref: 'tool@1.0.0', dependsOn: ['a@1.0.0'] },
    ],
  };

  it('lists the packages that are passed on and no others, without what differs from one making to the next', () => {
    expect(billOf([notice('a'), notice('b')], sbom)).toEqual({
      metadata: { component: { name: 'iris' } },
      components: [component('a'), component('b')],
      dependencies: [{ ref: 'a@1.0.0', dependsOn: ['b@1.0.0'] }],
    });
  });

  it('is refused when it lacks one of them', () => {
    expect(() => billOf([notice('a'), notice('absent')], sbom)).toThrow('absent@1.0.0');
  });
});
