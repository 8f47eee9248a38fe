import { loadConfiguration } from '../configuration/load-configuration.ts';
import { withoutCredentials } from '../credential/dots.ts';
import { plural } from '../diagnostic/plural.ts';
import { lockName, writeLock } from '../fetched/lock.ts';
import { jsonText } from '../report/machine/json-text.ts';
import { visible } from '../report/visible.ts';
import { secretsIn } from '../run/secrets.ts';
import { openSources } from '../source/load.ts';
import { directoryOf } from '../source/path.ts';
import { surveyClusters } from '../survey/clusters.ts';
import { type ListedSource, listSources, lockOf } from '../survey/sources.ts';
import { complain, type ExitCode, type Io, say, writeFile } from './io.ts';
import type { Invocation } from './options.ts';
import { type Command, config, root } from './options.ts';
import { isMissing, reportFindings } from './rendering.ts';

export const command: Command = {
  name: 'sources',
  synopsis: 'cdb-lint sources [DIR]',
  words:
    'list external charts, bases and artifacts: which are here, their digests, and the commands that fetch the others',
  examples: [
    ['cdb-lint sources', 'charts, remote bases and artifacts, and which of them are here'],
    ['cdb-lint sources --base origin/main --format shell | sh -e', 'fetch what the base allows'],
    ['cdb-lint sources --write-lock', 'record what is here, with its digest'],
  ],
  operands: { min: 0, max: 1, name: 'DIR' },
  options: [
    {
      name: 'format',
      value: 'NAME',
      words: 'terminal (default), json, or shell (only the commands)',
      oneOf: ['terminal', 'json', 'shell'],
    },
    { name: 'base', value: 'REV|DIR', words: 'the revision whose configuration lists the allowed hosts' },
    { name: 'write-lock', words: `write ${lockName} next to the configuration` },
    config,
    root,
  ],
  run: runSources,
};

/** Lists what comes from elsewhere; 1 where something is not what the lock lists. */
function runSources(invocation: Invocation, io: Io): ExitCode {
  const directory = invocation.operands[0] ?? '.';
  const repository = io.files.repository(directory, invocation.option('root'));
  const { fileSystem, inside } = repository;
  const path = inside(directory);
  if (isMissing(directory, fileSystem, path, io)) return 2;
  const sources = openSources(fileSystem);
  const given = invocation.option('config');
  const { configuration, diagnostics } = loadConfiguration(
    sources,
    path,
    given === undefined ? undefined : inside(given),
  );
  reportFindings(diagnostics, io, secretsIn(sources, diagnostics, []));
  if (diagnostics.some(({ unchecked }) => unchecked !== undefined)) return 2;
  const named = invocation.option('base');
  const base = named === undefined ? undefined : repository.base(named);
  if (base !== undefined && 'problem' in base) return complain(io, base.problem, base.help);
  const allowing =
    base === undefined
      ? configuration
      : loadConfiguration(openSources(base.files(fileSystem)), path, configuration.file).configuration;
  const { fetched } = surveyClusters(sources, path, configuration);
  const listed = listSources(sources, fetched, allowing);
  const isClosed = allowing.sourceHosts.length > 0;
  if (invocation.has('write-lock')) {
    const folder = directoryOf(configuration.file ?? '');
    const lock = folder === '' ? lockName : `${folder}/${lockName}`;
    return writeFile(io, repository.outside(lock), writeLock(lockOf(listed))) ? 0 : 2;
  }
  switch (invocation.option('format')) {
    case 'shell':
      return say(io, shellText(listed, isClosed));
    case 'json':
      say(io, jsonText({ folder: fetched.folder, sources: listed.map(plainSource) }));
      break;
    default:
      say(io, terminalText(listed, fetched.folder) + hint(listed, isClosed));
  }
  return listed.some(({ found }) => found.kind === 'changed') ? 1 : 0;
}

/** Lines for `sh -e`: of hosts that may be asked alone, for what names them may come from a stranger. */
function shellText(listed: readonly ListedSource[], isClosed: boolean): string {
  const lines = listed.flatMap(({ found, line, isAllowed }) => {
    if (found.kind !== 'absent' || line === undefined) return [];
    return isClosed && isAllowed ? [line] : [`# not in sourceHosts: ${line}`];
  });
  const heading = isClosed || lines.length === 0 ? [] : [`# ${withoutHosts}`];
  return [...heading, ...lines].map((line) => `${line}\n`).join('');
}

const withoutHosts =
  'No command is run yet: list the hosts that may be asked under sourceHosts in cdb-lint.yaml, because a change can name any.';

function plainSource({ wanted, found, digest, isAllowed, line }: ListedSource): object {
  return {
    ...wanted,
    repository: withoutCredentials(wanted.repository),
    status: found.kind,
    ...(found.kind === 'absent' ? {} : { path: found.path, taken: found.version }),
    ...(digest === undefined ? {} : { digest }),
    isAllowed,
    ...(line === undefined ? {} : { line }),
  };
}

const statuses = { here: 'here', absent: 'absent', changed: 'changed' } as const;

function terminalText(listed: readonly ListedSource[], folder: string): string {
  const absent = listed.filter(({ found }) => found.kind === 'absent');
  const head = `${plural(listed.length, 'source')} from elsewhere, ${listed.length - absent.length} of them in ${folder}`;
  return `${visible(head)}\n${listed.map((one) => `${describe(one).map(visible).join('\n')}\n`).join('')}`;
}

/** Why `--format shell` would run nothing, before somebody waits for it to. */
function hint(listed: readonly ListedSource[], isClosed: boolean): string {
  const isAbsent = listed.some(({ found, line }) => found.kind === 'absent' && line !== undefined);
  return isClosed || !isAbsent ? '' : `--format shell prints these as comments. ${withoutHosts}\n`;
}

function describe({ wanted, found, digest, isLocked, isAllowed, line }: ListedSource): string[] {
  const { kind, version } = wanted;
  const repository = withoutCredentials(wanted.repository);
  const name = kind === 'chart' ? `${wanted.name} of ` : '';
  const taken = found.kind !== 'absent' && found.version !== version ? ` (${found.version} is here)` : '';
  const at = `${statuses[found.kind].padEnd(8)} ${kind} ${name}${repository || 'an unknown repository'} ${version}${taken}`;
  const more = [
    ...(found.kind === 'changed' ? ['not what the lock lists'] : []),
    ...(digest === undefined ? [] : [isLocked ? digest : `${digest}, which is not in a lock`]),
    ...(isAllowed ? [] : ['its host is not in sourceHosts']),
    ...(found.kind === 'absent' && line !== undefined ? [line] : []),
  ];
  return [`  ${at.trimEnd()}`, ...more.map((one) => `           ${one}`)];
}
