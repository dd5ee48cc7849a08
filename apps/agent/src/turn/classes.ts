/** The classes that can be predicted, as the tools' own schemas name them. */
import { isRecord } from '../tools/json-schema.ts';
import type { JsonSchema } from '../tools/tool-server.ts';

/** Of a tool, what names the classes. */
interface Described {
  readonly name: string;
  readonly inputSchema: JsonSchema;
}

/** Class names in class-index order; none where no tool takes a label. */
export function classesOf(tools: readonly Described[]): readonly string[] {
  const properties = tools.find(({ name }) => name === 'record-feedback')?.inputSchema.properties;
  const label = isRecord(properties) ? properties.label : undefined;
  return isRecord(label) && Array.isArray(label.enum) ? label.enum.filter((value) => typeof value === 'string') : [];
}
