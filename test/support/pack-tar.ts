import { gzipSync } from 'node:zlib';

/** An entry of an archive as somebody may write it by hand. */
export interface PackedEntry {
  readonly name: string;
  readonly body?: string;
  /** The type of the entry; that of a file where absent. */
  readonly type?: string;
  /** What the header claims in the place of the body's length. */
  readonly size?: number;
  readonly mode?: string;
  readonly magic?: string;
  /** Whatever else stands in the header, by its place. */
  readonly raw?: readonly (readonly [at: number, text: string])[];
  /** What the header claims in the place of its sum. */
  readonly sum?: string;
}

/** A tar archive, byte for byte as asked for. */
export function packTar(entries: readonly PackedEntry[], end = 1024): Uint8Array {
  return Buffer.concat([...entries.flatMap(blocksOf), Buffer.alloc(end)]);
}

/** The same, packed as charts are. */
export function packChart(entries: readonly PackedEntry[], end?: number): Uint8Array {
  return gzipSync(packTar(entries, end));
}

function blocksOf({
  name,
  body = '',
  type = '0',
  size,
  mode = '0000644',
  magic = 'ustar\x0000',
  raw = [],
  sum,
}: PackedEntry): Buffer[] {
  const header = Buffer.alloc(512);
  const content = Buffer.from(body);
  header.write(name, 0, 100);
  header.write(mode, 100);
  header.write(`${(size ?? content.length).toString(8).padStart(11, '0')}\0`, 124);
  header.write(magic, 257, 'latin1');
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  for (const [at, text] of raw) header.write(text, at, 'latin1');
  const right = header.reduce((total, byte) => total + byte, 0);
  header.write(sum ?? `${right.toString(8).padStart(6, '0')}\0 `, 148);
  return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
}

/** A record of a pax header. */
export function paxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + 1;
  while (length !== rest + String(length).length) length = rest + String(length).length;
  return `${length} ${key}=${value}\n`;
}
