/** A file of a tar archive. */
export interface TarEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const block = 512;
const mostEntries = 20_000;

/**
 * The files of a tar archive as Go's archive/tar 1.26 has them, links and devices empty; undefined for what is none, and for what readers
 * of tar are not at one about: sparse files, old and mixed headers.
 */
export function readTar(archive: Uint8Array, maximum = mostEntries): TarEntry[] | undefined {
  const entries: TarEntry[] = [];
  let said: Said = {};
  let at = 0;
  while (at + block <= archive.length) {
    const header = archive.subarray(at, at + block);
    if (isZero(header)) return isEnd(archive.subarray(at + block, at + 2 * block)) ? entries : undefined;
    const type = String.fromCharCode(header[156] ?? 0);
    const name = said.longName || said.path || nameIn(header);
    const [mode, claimed] = [octalIn(header, 100, 108), octalIn(header, 124, 136)];
    if (mode === undefined || claimed === undefined || !isOrdinary(header)) return undefined;
    const size = sizeOf(type, name, claimed, said);
    const bytes = archive.subarray(at + block, at + block + size);
    at += block + Math.ceil(size / block) * block;
    if (type === 'L') said = { ...said, longName: textOf(bytes) };
    if (type === 'x' || type === 'g') {
      const records = paxRecords(bytes);
      if (records === undefined) return undefined;
      // Those for all files are none of the next one, which nothing before counts for either.
      said = type === 'x' ? { ...said, ...records } : {};
    }
    if (beforeFiles.has(type)) continue;
    if (!isDirectory(type, name, mode)) entries.push({ name, bytes });
    if (entries.length > maximum) return undefined;
    said = {};
  }
  return at === archive.length ? entries : undefined;
}

/** What the headers before a file say of it. */
interface Said {
  readonly longName?: string;
  readonly path?: string;
  readonly size?: number | undefined;
}

// Links, devices, directories and pipes, whatever size their headers claim.
const headerOnly = new Set(['1', '2', '3', '4', '5', '6']);

// Names and records, which are as large as their own headers say.
const beforeFiles = new Set(['L', 'K', 'x', 'g']);

function sizeOf(type: string, name: string, claimed: number, said: Said): number {
  if (beforeFiles.has(type)) return claimed;
  return headerOnly.has(type) || isOldDirectory(type, name) ? 0 : (said.size ?? claimed);
}

function isDirectory(type: string, name: string, mode: number): boolean {
  return type === '5' || isOldDirectory(type, name) || mode - (mode % 0o10000) === 0o40000;
}

function isOldDirectory(type: string, name: string): boolean {
  return type === '\0' && name.endsWith('/');
}

/** Whether nothing stands behind the first block of zeros: a second one, or the end of the archive. */
function isEnd(second: Uint8Array): boolean {
  return second.length % block === 0 && isZero(second);
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function octalIn(header: Uint8Array, start: number, end: number): number | undefined {
  const field = latin1(header.subarray(start, end)).replaceAll(/^[ \0]+|[ \0]+$/gu, '');
  const [text = ''] = field.split('\0', 1);
  if (text === '') return 0;
  return /^[0-7]+$/u.test(text) ? Number.parseInt(text, 8) : undefined;
}

// Who owns a file and when it was written; behind the magic, a device.
const otherNumbers = [
  [108, 116],
  [116, 124],
  [136, 148],
] as const;
const deviceNumbers = [
  [329, 337],
  [337, 345],
] as const;

/** Whether what nothing is read from is a number, too, in octal digits or in bytes. */
function hasNumbers(header: Uint8Array): boolean {
  const fields = isUstar(header) || isGnu(header) ? [...otherNumbers, ...deviceNumbers] : otherNumbers;
  return fields.every(([start, end]) => {
    const isBinary = (header[start] ?? 0) >= 0x80;
    return isBinary ? fitsIn64(header.subarray(start, end)) : octalIn(header, start, end) !== undefined;
  });
}

/** Of a number in bytes the first bit is a mark, and the second one a sign. */
function fitsIn64(field: Uint8Array): boolean {
  const sign = ((field[0] ?? 0) & 0x40) === 0 ? 0 : 0xff;
  const digits = field.map((byte, at) => (byte ^ sign) & (at === 0 ? 0x7f : 0xff));
  return isZero(digits.subarray(0, -8)) && (digits.at(-8) ?? 0) < 0x80;
}

function isOrdinary(header: Uint8Array): boolean {
  const isStar = isUstar(header) && textOf(header.subarray(508, 512)) === 'tar';
  const isSparse = header[156] === 'S'.charCodeAt(0);
  // Where GNU tar keeps times, and older Go a part of the name.
  const isMixed = isGnu(header) && !isZero(header.subarray(345, 500));
  return hasRightSum(header) && hasNumbers(header) && !isStar && !isSparse && !isMixed;
}

function hasRightSum(header: Uint8Array): boolean {
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0);
  return octalIn(header, 148, 156) === sum;
}

function isUstar(header: Uint8Array): boolean {
  return latin1(header.subarray(257, 263)) === 'ustar\0';
}

function isGnu(header: Uint8Array): boolean {
  return latin1(header.subarray(257, 265)) === 'ustar  \0';
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function nameIn(header: Uint8Array): string {
  const name = textOf(header.subarray(0, 100));
  const prefix = isUstar(header) ? textOf(header.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Records of a pax header are `LENGTH KEY=VALUE\n`, the length in bytes; undefined where they are not, or say what is not followed. */
function paxRecords(bytes: Uint8Array): Said | undefined {
  let path = '';
  let size: number | undefined;
  for (let at = 0; at < bytes.length; ) {
    const [, digits = ''] = /^(\d{1,9}) /u.exec(latin1(bytes.subarray(at, at + 10))) ?? [];
    const end = at + Number(digits);
    const record = bytes.subarray(at + digits.length + 1, end);
    if (end > bytes.length || record.at(-1) !== newline) return undefined;
    const text = new TextDecoder().decode(record.subarray(0, -1));
    const equals = text.indexOf('=');
    const [key, value] = [text.slice(0, equals), text.slice(equals + 1)];
    if (equals < 1 || key.startsWith('GNU.sparse') || !isPaxValue(key, value)) return undefined;
    if (key === 'path') path = value;
    if (key === 'size') size = value === '' ? undefined : Number(value);
    at = end;
  }
  return { path, size };
}

const newline = 10;

/** Whether Go takes the value, used or not. */
function isPaxValue(key: string, value: string): boolean {
  if (paxNames.has(key)) return !value.includes('\0');
  return !key.includes('\0') && (value === '' || paxNumbers.get(key)?.test(value) !== false);
}

const paxNames = new Set(['path', 'linkpath', 'uname', 'gname']);
const paxTime = /^[+-]?\d{1,18}(?:\.\d*)?$/u;
const paxOwner = /^[+-]?\d{1,18}$/u;
const paxNumbers: ReadonlyMap<string, RegExp> = new Map([
  ['size', /^\d{1,12}$/u],
  ['uid', paxOwner],
  ['gid', paxOwner],
  ['mtime', paxTime],
  ['atime', paxTime],
  ['ctime', paxTime],
]);
