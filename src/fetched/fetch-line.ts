import { directoryOfAddress, hostOf } from './address.ts';
import { type Fetched, pathOfWanted } from './fetched.ts';
import type { Wanted } from './wanted.ts';

/** The line of a shell that fills the folder with something; undefined where names hold what no shell should see, or a link leads elsewhere. */
export function fetchLine(
  wanted: Wanted,
  { folder, hasNoLinks }: Pick<Fetched, 'folder' | 'hasNoLinks'>,
): string | undefined {
  const path = pathOfWanted(folder, wanted);
  const { repository, version } = wanted;
  if (path === undefined || ![path, repository].every(isPlain) || !isRange(version)) return undefined;
  if (!hasNoLinks(path)) return undefined;
  // Git has transports that start programs, and an address may hold a password.
  if (!/^(?:https?|oci|ssh):\/\/[^@]+$|^git@[\w.-]+:[^:@]+$/u.test(repository)) return undefined;
  switch (wanted.kind) {
    case 'chart':
      return isPlain(wanted.name) ? chartLine(wanted.name, repository, version, path) : undefined;
    case 'checkout':
      return checkoutLine(repository, version, path);
    case 'artifact':
      return `mkdir -p ${path} && flux pull artifact ${repository}${version.startsWith('sha256:') ? '@' : ':'}${version} --output ${path}`;
    case 'file':
      return `curl --fail --silent --show-error --location --create-dirs --output ${path} ${repository}`;
  }
}

function chartLine(name: string, repository: string, version: string, path: string): string | undefined {
  const wanted = version === '' || version === '*' ? '' : ` --version ${quoted(version)}`;
  const to = ` --destination ${path}`;
  if (repository.startsWith('oci://'))
    return `mkdir -p ${path} && helm pull ${repository}/${name}${wanted}${to}`;
  return `mkdir -p ${path} && helm pull ${name} --repo ${repository}${wanted}${to}`;
}

function checkoutLine(repository: string, version: string, path: string): string {
  if (/^[0-9a-f]{40}$/u.test(version))
    return `git init --quiet ${path} && git -C ${path} fetch --quiet --depth 1 ${repository} ${version} && git -C ${path} checkout --quiet FETCH_HEAD`;
  return `git clone --quiet --depth 1${version === '' ? '' : ` --branch ${quoted(version)}`} ${repository} ${path}`;
}

/** Words that are the same in every shell, and no option of any program. */
function isPlain(word: string): boolean {
  return /^[A-Za-z0-9._][A-Za-z0-9._~+:/@-]*$/u.test(word) && !word.includes('..');
}

function isRange(version: string): boolean {
  return /^[A-Za-z0-9.*+_/:<>=~^|, -]*$/u.test(version) && !version.startsWith('-');
}

function quoted(version: string): string {
  return /^[\w.+/:-]+$/u.test(version) ? version : `'${version}'`;
}

/** Whether the configuration lets something be asked for: its host, or its host and the beginning of its path, stands in `sourceHosts`. */
export function isAllowed({ repository }: Wanted, hosts: readonly string[]): boolean {
  const host = hostOf(repository);
  const directory = directoryOfAddress(repository);
  return hosts.some((one) => {
    const allowed = one.toLowerCase().replace(/\/+$/u, '');
    return allowed === host || directory === allowed || directory?.startsWith(`${allowed}/`) === true;
  });
}

/** Why something is not rendered that was not fetched: with the line that fetches it. */
export function missingWords(wanted: Wanted, fetched: Pick<Fetched, 'folder' | 'hasNoLinks'>): string {
  const line = fetchLine(wanted, fetched);
  const what = wanted.kind === 'chart' ? 'its chart' : 'its source';
  if (line !== undefined) return `${what} was not fetched; ${line}`;
  return wanted.repository === ''
    ? `the repository of its chart is not in this one`
    : `${what} was not fetched, and its address is not safe in a shell`;
}
