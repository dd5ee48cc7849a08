/**
 * How a tool's result is handed to a model: as data inside a mark that the data cannot end.
 *
 * What users wrote long ago comes back through tools (a request id, a feedback). A model is told that nothing inside the mark is an
 * instruction; and because every `<` inside is written as JSON's escape, no text in it can look like the end of the mark.
 */
import type { ToolResult } from './tool-server.ts';

const MARK = /^<tool-data [^>]*>\n([\s\S]*)\n<\/tool-data>$/;

/** The result of that tool in its mark. */
export function markData(tool: string, result: ToolResult): string {
  return mark(tool, dataOf(result));
}

/** Any value in the mark of that tool. */
export function mark(tool: string, value: unknown): string {
  const json = (JSON.stringify(value) ?? 'null').replaceAll('<', '\\u003c');
  return `<tool-data tool=${JSON.stringify(tool)} untrusted="true">\n${json}\n</tool-data>`;
}

/** What the mark holds; undefined for a text without one. */
export function unmarkData(text: string): unknown {
  const json = MARK.exec(text)?.[1];
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** A result's data: structured, or what its text says where that is all there is. */
export function dataOf({ structuredContent, content }: ToolResult): unknown {
  if (structuredContent !== undefined) return structuredContent;
  const text = content.map((part) => part.text ?? '').join('\n');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
