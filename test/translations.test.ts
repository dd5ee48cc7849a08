import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRepositoryFile, repositoryFiles } from './repository.ts';

type Texts = { readonly [key: string]: string | Texts };

const sources = repositoryFiles('apps/web/src').filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path));

/** Texts of a language by full key, `predict.title`. */
function readTexts(locale: string): ReadonlyMap<string, string> {
  const files = repositoryFiles(`apps/web/messages/${locale}`);
  return new Map(files.flatMap((path) => flatten(JSON.parse(readRepositoryFile(path)), basename(path, '.json'))));
}

function flatten(texts: Texts, prefix: string): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${prefix}.${key}`, value]] : flatten(value, `${prefix}.${key}`),
  );
}

/** Names of the arguments that a text takes, with the tags in it. */
function argumentsOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\s*(\w+)\s*[,}]|<(\w+)>/g)].map(([, name, tag]) => name ?? tag!))].sort();
}

/**
 * Patterns of the keys that the code uses. A translator is a constant made by `useTranslations('namespace')` or `getTranslations('namespace')`
 * and called with a string, or a template whose `${…}` stands for one part of the key.
 */
function usedKeys(): { readonly path: string; readonly pattern: RegExp }[] {
  return sources.flatMap((path) => {
    const code = readRepositoryFile(path);
    const made = /const (\w+) = (?:await )?(?:use|get)Translations\((?:'([\w.]*)')?\)|(\(await getTranslations\('([\w.]+)'\)\))/g;
    const translators = [...code.matchAll(made)].map(([, name, namespace, inline, inlineNamespace]) => ({
      call: inline === undefined ? `\\b${name}` : inline.replaceAll(/[()]/g, '\\$&'),
      prefix: namespace ?? inlineNamespace ?? '',
    }));
    return translators.flatMap(({ call, prefix }) => {
      const calls = code.matchAll(new RegExp(`${call}(?:\\.(?:rich|markup|raw|has))?\\(\\s*(?:'([^']+)'|\`([^\`]+)\`)`, 'g'));
      return [...calls].map(([, literal, template]) => ({ path, pattern: keyPattern(prefix, literal ?? template!) }));
    });
  });
}

function keyPattern(prefix: string, key: string): RegExp {
  const full = prefix === '' ? key : `${prefix}.${key}`;
  return new RegExp(
    `^${full
      .split(/\$\{[^}]*\}/)
      .map((part) => part.replaceAll('.', '\\.'))
      .join('[^.]+')}$`,
  );
}

describe('the web client’s texts', () => {
  const [en, fr] = [readTexts('en'), readTexts('fr')];
  const used = usedKeys();

  it('exist in both languages, with the same arguments', () => {
    expect([...fr.keys()].sort()).toEqual([...en.keys()].sort());
    const different = [...en].filter(([key, text]) => `${argumentsOf(text)}` !== `${argumentsOf(fr.get(key)!)}`);
    expect(different.map(([key]) => key)).toEqual([]);
  });

  it('are all used', () => {
    expect([...en.keys()].filter((key) => !used.some(({ pattern }) => pattern.test(key)))).toEqual([]);
  });

  it('are there for every use', () => {
    expect(used.length).toBeGreaterThan(20);
    const missing = used.filter(({ pattern }) => ![...en.keys()].some((key) => pattern.test(key)));
    expect(missing.map(({ path, pattern }) => `${path}: ${pattern.source}`)).toEqual([]);
  });

  it('are nowhere written into the code: no translator is called with anything but a key', () => {
    const hidden = sources.filter((path) => /\bt(\.rich)?\((?!['`\s])/.test(readRepositoryFile(path)));
    expect(hidden).toEqual([]);
  });

  it('follow French typography: no-break spaces before ; ! ? (thin) and :, within « », and no straight apostrophe', () => {
    const misplaced = /\w'\w|(?<![\u202f])[;!?]|(?<!\u00a0):(?!\/\/)|«(?!\u00a0)|(?<!\u00a0)»/;
    const faults = [...fr].filter(([, text]) => misplaced.test(text));
    expect(faults).toEqual([]);
  });
});
