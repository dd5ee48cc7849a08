/** Parts of SVG pictures: drawn as text, which any browser shows and any two versions can be compared in. */

/** Characters that mean something in XML. */
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** XML 1.0 has no way to write these. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** Text on a picture. */
export interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly color?: string;
  /** Degrees clockwise about its own place. */
  readonly rotate?: number;
  readonly bold?: boolean;
}

/** A whole picture on white. */
export function svgPicture(width: number, height: number, parts: readonly string[]): string {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  const open = `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="12">`;
  return [open, svgRect({ x: 0, y: 0, width, height, fill: '#ffffff' }), ...parts, '</svg>', ''].join('\n');
}

/** A line of text. */
export function svgText({ x, y, text, anchor = 'start', color = '#222222', rotate, bold = false }: Label): string {
  const turn = rotate === undefined ? '' : ` transform="rotate(${rotate} ${x} ${y})"`;
  const weight = bold ? ' font-weight="bold"' : '';
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${color}"${weight}${turn}>${escapeXml(text)}</text>`;
}

/** A filled rectangle. */
export function svgRect(rect: { x: number; y: number; width: number; height: number; fill: string; opacity?: number }): string {
  const { x, y, width, height, fill, opacity = 1 } = rect;
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" fill-opacity="${opacity}"/>`;
}

/** A line through points. */
export function svgLine(points: readonly (readonly [x: number, y: number])[], color: string, dashes = ''): string {
  const dashed = dashes === '' ? '' : ` stroke-dasharray="${dashes}"`;
  return `<polyline points="${points.map((point) => point.join(',')).join(' ')}" fill="none" stroke="${color}" stroke-width="2"${dashed}/>`;
}

function escapeXml(text: string): string {
  return text.replace(CONTROLS, '').replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}
