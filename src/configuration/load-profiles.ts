import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { builtInProfile, profileNames } from '../diagnostic/profile.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import { type Span, startOf } from '../diagnostic/span.ts';
import type { Document } from '../source/document.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf, normalisePath } from '../source/path.ts';
import { isMapping, type Value } from '../source/value.ts';
import type { Configuration, NamedProfile, OwnProfile } from './configuration.ts';
import { nearest } from './nearest.ts';
import { isPath, readProfile } from './read-profiles.ts';

/** Checks the `profiles` entry of a configuration that consists of nothing else. */
export type CheckProfiles = (document: Document, profile: Value) => Diagnostic[];

interface Loading {
  readonly sources: Sources;
  readonly configurationFile: string;
  readonly profiles: Map<string, OwnProfile>;
  readonly diagnostics: Diagnostic[];
  readonly check: CheckProfiles;
  /** From one profile on: those that led here, and those that lead nowhere else. */
  readonly above: Set<string>;
  readonly followed: Set<string>;
}

// More than anybody keeps apart; each of them is followed from each.
const mostProfiles = 200;

/** The configuration with the profiles of all files and packages that its own ones build on, and what is wrong with them. */
export function loadProfiles(
  sources: Sources,
  configuration: Configuration,
  check: CheckProfiles,
): { readonly configuration: Configuration; readonly diagnostics: readonly Diagnostic[] } {
  const { file = '', profile, thirdParty } = configuration;
  if (configuration.profiles.size > mostProfiles)
    return {
      configuration: { ...configuration, profiles: new Map() },
      diagnostics: [tooMany(startOf(configurationText(sources, file)))],
    };
  const profiles = new Map(configuration.profiles);
  const loaded = { sources, configurationFile: file, profiles, diagnostics: [], check };
  const begin = (above: readonly string[]): Loading => ({
    ...loaded,
    above: new Set(above),
    followed: new Set(),
  });
  const loading = begin([]);
  const named = [profile, thirdParty.profile].filter((one) => one !== undefined);
  for (const one of named) follow(one, loading);
  for (const [name, own] of configuration.profiles) {
    const from = begin([name]);
    for (const base of own.extends) follow(base, from);
  }
  const isSame = profiles.size === configuration.profiles.size;
  return {
    configuration: isSame ? configuration : { ...configuration, profiles },
    diagnostics: loading.diagnostics,
  };
}

/** Loads what a name stands for, and what that builds on. */
function follow({ name, span }: NamedProfile, loading: Loading): void {
  const { above, followed, profiles } = loading;
  if (above.has(name)) {
    const message = `profile ${name} extends itself`;
    loading.diagnostics.push(unusable(message, 'remove one of the entries under extends', span));
    return;
  }
  if (followed.has(name)) return;
  if (!profiles.has(name) && builtInProfile(name) !== undefined) return;
  if (profiles.size > mostProfiles) {
    loading.diagnostics.push(tooMany(span));
    return;
  }
  const own = profiles.get(name) ?? loadProfile({ name, span }, loading);
  followed.add(name);
  if (own === undefined) return;
  profiles.set(name, own);
  above.add(name);
  for (const base of own.extends) follow(base, loading);
  above.delete(name);
}

function tooMany(span: Span): Diagnostic {
  return unusable(`more than ${mostProfiles} profiles`, 'extend fewer', span);
}

function configurationText(sources: Sources, path: string): SourceFile {
  return sources.file(path) ?? { path, text: '' };
}

function loadProfile({ name, span }: NamedProfile, loading: Loading): OwnProfile | undefined {
  const { sources, diagnostics, check } = loading;
  const file = isPath(name) ? name.slice(2) : packageFile(name, loading);
  if (file === undefined) {
    diagnostics.push(unknownProfile(name, loading.profiles, span));
    return undefined;
  }
  const loaded = sources.load(file, 'kustomize');
  const [document] = loaded.documents;
  if (loaded.diagnostics.length > 0 || document === undefined || !isMapping(document.value)) {
    const why = sources.fileSystem.kind(file) === undefined ? 'does not exist' : 'is not a mapping';
    const help = 'write a file with extends, atMost and rules';
    diagnostics.push(unusable(`profile ${file} ${why}`, help, span));
    return undefined;
  }
  const problems = check(document, document.value);
  diagnostics.push(...problems);
  if (problems.length > 0) return undefined;
  return readProfile(document, [], (path) => normalisePath(`${directoryOf(file)}/${path}`) ?? path);
}

/** The profile of an npm package, installed beside the configuration or above it. */
function packageFile(name: string, { sources, configurationFile }: Loading): string | undefined {
  if (!/^(?:@[\w.-]+\/)?[\w-][\w.-]*$/u.test(name)) return undefined;
  const parts = directoryOf(configurationFile).split('/');
  for (let length = parts.length; length >= 0; length--) {
    const folder = parts.slice(0, length).filter((part) => part !== '');
    const file = [...folder, 'node_modules', name, 'cdb-lint-profile.yaml'].join('/');
    if (sources.fileSystem.kind(file) === 'file') return file;
  }
  return undefined;
}

/** A name that neither cdb-lint nor the configuration knows, nor a package has. */
function unknownProfile(name: string, own: ReadonlyMap<string, OwnProfile>, span: Span): Diagnostic {
  return unusable(`there is no profile "${name}"`, helpForProfile(name, own), span);
}

export function helpForProfile(name: string, own: ReadonlyMap<string, OwnProfile>): string {
  const known = [...profileNames, ...own.keys()];
  const close = nearest(name, known);
  return close === undefined ? `use one of ${known.join(', ')}` : `did you mean "${close}"?`;
}

function unusable(message: string, help: string, span: Span): Diagnostic {
  return {
    rule: 'configuration-invalid',
    severity: 'error',
    message,
    help,
    span,
    related: [],
    unchecked: 'everything, because the configuration cannot be used',
  };
}
