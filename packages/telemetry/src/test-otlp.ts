/** Reads the spans of an OTLP request in protobuf, by the field numbers of `opentelemetry/proto/trace/v1/trace.proto` (https://protobuf.dev/programming-guides/encoding/). */

/** A span as it arrived, with the attributes of its service. */
export interface ExportedSpan {
  readonly service: Readonly<Record<string, unknown>>;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first span of a trace. */
  readonly parentSpanId: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client. */
  readonly kind: number;
  /** Nanoseconds since 1970. */
  readonly start: bigint;
  readonly end: bigint;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  /** 0 unset, 2 error. */
  readonly status: number;
}

type Field = number | bigint | Buffer;
/** Values by field number. */
type Message = ReadonlyMap<number, readonly Field[]>;

/** The spans of an `ExportTraceServiceRequest`. */
export function readSpans(request: Buffer): ExportedSpan[] {
  return messages(readMessage(request), 1).flatMap((resourceSpans) => {
    const service = readAttributes(messages(resourceSpans, 1)[0] ?? new Map(), 1);
    const spans = messages(resourceSpans, 2).flatMap((scopeSpans) => messages(scopeSpans, 2));
    return spans.map((span) => ({ service, ...readSpan(span) }));
  });
}

function readSpan(span: Message): Omit<ExportedSpan, 'service'> {
  const [status] = messages(span, 15);
  return {
    traceId: hex(span, 1),
    spanId: hex(span, 2),
    parentSpanId: hex(span, 4),
    name: text(span, 5),
    kind: Number(span.get(6)?.[0] ?? 0),
    start: span.get(7)?.[0] as bigint,
    end: span.get(8)?.[0] as bigint,
    attributes: readAttributes(span, 9),
    links: messages(span, 13).map((link) => ({ traceId: hex(link, 1), spanId: hex(link, 2) })),
    status: Number(status?.get(3)?.[0] ?? 0),
  };
}

function readAttributes(message: Message, field: number): Record<string, unknown> {
  return Object.fromEntries(messages(message, field).map((pair) => [text(pair, 1), readValue(messages(pair, 2)[0]!)]));
}

function readValue(value: Message): unknown {
  if (value.has(1)) return text(value, 1);
  if (value.has(2)) return Number(value.get(2)![0]) === 1;
  return Number(value.get(3)?.[0] ?? value.get(4)?.[0]);
}

const messages = (message: Message, field: number): Message[] =>
  (message.get(field) ?? []).map((bytes) => readMessage(bytes as Buffer));
const text = (message: Message, field: number): string => ((message.get(field)?.[0] ?? '') as Buffer).toString();
const hex = (message: Message, field: number): string => ((message.get(field)?.[0] ?? Buffer.of()) as Buffer).toString('hex');

function readMessage(bytes: Buffer): Message {
  const fields = new Map<number, Field[]>();
  let at = 0;
  function varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }
  function value(wireType: number): Field {
    if (wireType === 0) return varint();
    const length = wireType === 1 ? 8 : wireType === 5 ? 4 : varint();
    at += length;
    const part = bytes.subarray(at - length, at);
    return wireType === 1 ? part.readBigUInt64LE() : part;
  }
  while (at < bytes.length) {
    const tag = varint();
    const known = fields.get(tag >> 3) ?? [];
    fields.set(tag >> 3, [...known, value(tag & 7)]);
  }
  return fields;
}
