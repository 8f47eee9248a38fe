/** A file of a tar archive. */
export interface TarEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const block = 512;
const maximumEntries = 20_000;

/** The plain files of a tar archive (ustar, GNU and pax names); undefined for what is none. Links and devices are left out. */
export function readTar(archive: Uint8Array): TarEntry[] | undefined {
  const entries: TarEntry[] = [];
  let longName: string | undefined;
  for (let at = 0; at + block <= archive.length; ) {
    const header = archive.subarray(at, at + block);
    if (header.every((byte) => byte === 0)) break;
    const size = sizeIn(header);
    if (size === undefined || !hasRightSum(header)) return undefined;
    const bytes = archive.subarray(at + block, at + block + size);
    if (bytes.length < size || entries.length > maximumEntries) return undefined;
    at += block + Math.ceil(size / block) * block;
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'L') longName = textOf(bytes);
    else if (type === 'x') longName = paxName(bytes) ?? longName;
    else if (type !== 'g') {
      if (type === '0' || type === '\0') entries.push({ name: longName ?? nameIn(header), bytes });
      longName = undefined;
    }
  }
  return entries;
}

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function sizeIn(header: Uint8Array): number | undefined {
  const text = textOf(header.subarray(124, 136)).trim();
  return /^[0-7]+$/u.test(text) ? Number.parseInt(text, 8) : undefined;
}

function hasRightSum(header: Uint8Array): boolean {
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0);
  return Number.parseInt(textOf(header.subarray(148, 156)).trim(), 8) === sum;
}

function nameIn(header: Uint8Array): string {
  const name = textOf(header.subarray(0, 100));
  const prefix = textOf(header.subarray(257, 262)) === 'ustar' ? textOf(header.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Records of a pax header are `LENGTH KEY=VALUE\n`. */
function paxName(bytes: Uint8Array): string | undefined {
  return /^\d+ path=(.*)$/mu.exec(new TextDecoder().decode(bytes))?.[1];
}
