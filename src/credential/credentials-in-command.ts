import { type ShellCommand, type ShellWord, shellCommands } from '../source/shell-command.ts';
import { isPlaceholder, isReference } from './not-secret.ts';
import { secretKindOf } from './secret-name.ts';
import { isSecretValue } from './secret-value.ts';
import type { Stretch } from './stretch.ts';

/** A part of one of several words. */
export interface WordStretch extends Stretch {
  readonly word: number;
}

/** Credentials that stand in a word of their own behind an option, or are joined to a short one. */
export function credentialsInWords(words: readonly string[]): WordStretch[] {
  const program = (words.find((word) => !/^\w+=/u.test(word)) ?? '').split('/').at(-1) ?? '';
  const options = shortOptions.get(program);
  return [...inOptions(words, options), ...positionalPasswords(program, words)];
}

function inOptions(words: readonly string[], options: ShortOptions | undefined): WordStretch[] {
  return words.flatMap((word, index) => {
    const next = words[index + 1];
    const joined = options?.joined;
    if (joined !== undefined && word.startsWith(joined) && isValue(word.slice(joined.length)))
      return [{ word: index, start: joined.length, end: word.length }];
    if (!word.startsWith('-')) return [];
    if (next === undefined || !isOption(word)) return assignedIn(word, index);
    const after = { word: index + 1, start: 0, end: next.length };
    if (word === '-H' || word === '--header') return headerIn(after, next);
    if (options?.password?.includes(word) === true) return isValue(next) ? [after] : [];
    if (options?.login?.includes(word) === true || isLogin(word)) return loginIn(after, next);
    return !next.startsWith('-') && isSecretOf(word, next) ? [after] : [];
  });
}

/** Whether a value is a secret by the name of the option, setting or header that it belongs to. */
function isSecretOf(name: string, value: string): boolean {
  const kind = secretKindOf(name);
  return kind !== undefined && isSecretValue(name, kind, value, 'field');
}

/** One that takes the next word, and is not joined to a value that may be a variable: `-p$PASSWORD`. */
function isOption(word: string): boolean {
  return /^-[\w.-]+$/u.test(word);
}

/** `--password=value`. */
function assignedIn(text: string, word: number): WordStretch[] {
  const start = text.indexOf('=') + 1;
  const name = text.slice(0, Math.max(0, start - 1));
  if (isLogin(name)) return loginIn({ word, start, end: text.length }, text);
  if (name === '--header') return headerIn({ word, start, end: text.length }, text);
  return isSecretOf(name, text.slice(start)) ? [{ word, start, end: text.length }] : [];
}

interface ShortOptions {
  /** Options before a password. */
  readonly password?: readonly string[];
  /** Options before `user:password`. */
  readonly login?: readonly string[];
  /** What a password is joined to. */
  readonly joined?: string;
}

const shortOptions: ReadonlyMap<string, ShortOptions> = new Map<string, ShortOptions>([
  ...['mysql', 'mysqladmin', 'mysqldump', 'mariadb', 'mariadb-admin', 'mariadb-dump'].map(
    (name) => [name, { joined: '-p' }] as const,
  ),
  ['curl', { login: ['-u', '--user', '-U', '--proxy-user'] }],
  ...['az', 'buildah', 'crane', 'cqlsh', 'docker', 'helm', 'mongorestore', 'nerdctl', 'oras', 'podman'].map(
    (name) => [name, { password: ['-p'] }] as const,
  ),
  ['etcdctl', { login: ['--user'] }],
  ['mosquitto_pub', { password: ['-P'] }],
  ['mosquitto_sub', { password: ['-P'] }],
  ['rabbitmqadmin', { password: ['-p'] }],
  ['sqlcmd', { password: ['-P'], joined: '-P' }],
  ['ldapsearch', { password: ['-w'] }],
  ['mongo', { password: ['-p'] }],
  ['mongosh', { password: ['-p'] }],
  ['mongodump', { password: ['-p'] }],
  ['redis-cli', { password: ['-a'] }],
  ['sshpass', { password: ['-p'], joined: '-p' }],
]);

function isValue(text: string): boolean {
  return !text.startsWith('-') && isSecretValue('password', 'password', text, 'field');
}

/** Where a program takes a password by its place: how many words behind which one. */
const places: readonly (readonly [program: RegExp, before: RegExp, distance: number])[] = [
  [/^rabbitmqctl$/u, /^(?:add_user|change_password|authenticate_user)$/u, 2],
  [/^mc$/u, /^set$/u, 4],
  [/^htpasswd$/u, /^-\w*b\w*$/u, 3],
];

function positionalPasswords(program: string, words: readonly string[]): WordStretch[] {
  const found = places.flatMap(([pattern, before, distance]) => {
    if (!pattern.test(program)) return [];
    const at = words.findIndex((each) => before.test(each));
    const word = at + distance;
    const value = at < 0 ? '' : (words[word] ?? '');
    return isValue(value) ? [{ word, start: 0, end: value.length }] : [];
  });
  return [...found, ...settingIn(words)];
}

/** `aws configure set aws_secret_access_key …`, `CONFIG SET requirepass …`. */
function settingIn(words: readonly string[]): WordStretch[] {
  const set = words.findIndex(
    (word, index) => /^set$/iu.test(word) && /^config(?:ure)?$/iu.test(words[index - 1] ?? ''),
  );
  const [name = '', value = ''] = set < 0 ? [] : words.slice(set + 1);
  return isSecretOf(name, value) ? [{ word: set + 2, start: 0, end: value.length }] : [];
}

/** `X-Api-Key: …` behind `-H`. */
function headerIn({ word, start: from }: WordStretch, text: string): WordStretch[] {
  const [all = '', name = '', value = ''] =
    /^["']?([A-Za-z][\w-]{1,100}):\s{0,9}([^\s"']{6,4096})["']?$/u.exec(text.slice(from)) ?? [];
  if (!isSecretOf(name, value)) return [];
  const start = from + all.lastIndexOf(value);
  return [{ word, start, end: start + value.length }];
}

/** Options before `user:password` whose names say so. */
function isLogin(name: string): boolean {
  return /^--?(?:[\w-]{0,30}-)?(?:auth|creds|credentials|login|userpass)$/u.test(name);
}

function loginIn({ word, start: from }: WordStretch, text: string): WordStretch[] {
  const start = text.indexOf(':', from) + 1;
  const password = text.slice(start);
  if (start === 0 || password.length < 4 || /[\s$]/u.test(text) || password.startsWith('/')) return [];
  return isReference(password) || isPlaceholder(password) ? [] : [{ word, start, end: text.length }];
}

/** The same in the commands of a script. */
export function credentialsInScript(text: string, offset = 0): Stretch[] {
  return inCommands(text, credentialsInWords, offset);
}

/** What is found in the words of the commands of a script; without an option or a setting there is nothing to be found. */
export function inCommands(
  text: string,
  find: (words: readonly string[]) => readonly WordStretch[],
  offset = 0,
): Stretch[] {
  if (
    !/\s-[A-Za-z-]|\bconfig(?:ure)?\s+set\s|\b(?:add_user|change_password|authenticate_user)\s|\bmc\s/iu.test(
      text,
    )
  )
    return [];
  return shellCommands({ path: 'script.sh', text }).flatMap((command) =>
    find(command.map((word) => word.text)).map((found) => inScript(command, found, offset)),
  );
}

/** Of a word in which quotes are, the whole is taken. */
function inScript(command: ShellCommand, { word, start, end }: WordStretch, offset: number): Stretch {
  const { start: from, end: to, text } = command[word] as ShellWord;
  return to - from === text.length
    ? { start: offset + from + start, end: offset + from + end }
    : { start: offset + from, end: offset + to };
}
