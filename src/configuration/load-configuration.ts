import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { startOf } from '../diagnostic/span.ts';
import type { Document } from '../source/document.ts';
import type { Sources } from '../source/load.ts';
import { formatPath, newMapping, type Path, type Value } from '../source/value.ts';
import { type Configuration, defaultConfiguration } from './configuration.ts';
import { configurationNames } from './configuration-names.ts';
import { loadProfiles } from './load-profiles.ts';
import { longEntry, mostEntries } from './long-entry.ts';
import { helpForPath } from './meant-path.ts';
import { readConfiguration } from './read-configuration.ts';
import { schemaDiagnostics, spanOf } from './schema-diagnostics.ts';
import { validate } from './validator.js';

export interface LoadedConfiguration {
  readonly configuration: Configuration;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads `file`, or the one cdb-lint.yaml from `path` up to the repository's root, or takes the defaults. A second one could change what
 * the first one says without being looked at, and so could a link that leads elsewhere.
 */
export function loadConfiguration(sources: Sources, path: string, file?: string): LoadedConfiguration {
  const [found, ...others] = file === undefined ? discover(sources, path) : [file];
  if (found === undefined) return { configuration: defaultConfiguration, diagnostics: [] };
  const [second] = others;
  if (second !== undefined)
    return { configuration: defaultConfiguration, diagnostics: [another(second, found)] };
  const loaded = sources.load(found, 'kustomize');
  const problems = loaded.diagnostics.map((one) => asConfigurationProblem(withMeantPath(one, sources)));
  if (problems.length > 0) return { configuration: defaultConfiguration, diagnostics: problems };
  const [document, next] = loaded.documents;
  if (document === undefined)
    return { configuration: { ...defaultConfiguration, file: found }, diagnostics: [] };
  if (next !== undefined) {
    const diagnostic = unusable(`${found} contains more than one document`, 'keep one document');
    return {
      configuration: defaultConfiguration,
      diagnostics: [{ ...diagnostic, span: startOf(loaded.file) }],
    };
  }
  const long = longEntry(document);
  if (long !== undefined)
    return { configuration: defaultConfiguration, diagnostics: [tooLong(document, long)] };
  if (!validate(document.value)) {
    const diagnostics = schemaDiagnostics(document, validate.errors ?? []);
    return { configuration: defaultConfiguration, diagnostics };
  }
  const read = readOnce(document, found);
  if (read.diagnostics.length > 0) return read;
  return loadProfiles(sources, read.configuration, checkProfile);
}

function tooLong(document: Document, path: Path): Diagnostic {
  const help = 'combine entries, such as by naming the folder or the host that they have in common';
  return {
    ...unusable(`${formatPath(path) || 'the configuration'} has more than ${mostEntries} entries`, help),
    span: spanOf(document, path, 'key'),
  };
}

/** What is wrong with the profile of a file, which is one of the configuration's by itself. */
function checkProfile(document: Document, profile: Value): Diagnostic[] {
  const alone = Object.assign(newMapping(), { profiles: Object.assign(newMapping(), { it: profile }) });
  if (validate(alone)) return [];
  const errors = (validate.errors ?? []).map((error) => ({
    ...error,
    instancePath: error.instancePath.replace('/profiles/it', ''),
  }));
  return schemaDiagnostics(document, errors).map((one) => ({
    ...one,
    help: 'a profile can have extends, atMost and rules',
  }));
}

// A file that is the same in another run or revision is read into the same configuration.
const known = new WeakMap<Document, LoadedConfiguration>();

function readOnce(document: Document, file: string): LoadedConfiguration {
  const loaded = known.get(document) ?? readConfiguration(document, file);
  known.set(document, loaded);
  return loaded;
}

/** The outermost first; what is named like one and is no file counts, so that it is told of. */
function discover({ fileSystem }: Sources, path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.concat('').flatMap((_, length) => {
    const directory = parts.slice(0, length).join('/');
    const entries = fileSystem.list(directory) ?? [];
    return configurationNames
      .filter((name) => entries.some((entry) => entry.name === name))
      .map((name) => (directory === '' ? name : `${directory}/${name}`));
  });
}

function another(file: string, first: string): Diagnostic {
  const help = 'keep one of them, or select one with --config';
  return {
    ...unusable(`${file} is a second configuration next to ${first}`, help),
    span: startOf({ path: file, text: '' }),
  };
}

// Only a file that the command line names can be missing.
function withMeantPath(diagnostic: Diagnostic, { fileSystem }: Sources): Diagnostic {
  const { path } = diagnostic.span.file;
  if (diagnostic.help === undefined || fileSystem.kind(path) !== undefined) return diagnostic;
  return { ...diagnostic, help: helpForPath(fileSystem, path, diagnostic.help) };
}

function asConfigurationProblem(diagnostic: Diagnostic): Diagnostic {
  return {
    ...diagnostic,
    severity: 'error',
    unchecked: 'everything, because the configuration cannot be used',
  };
}

function unusable(message: string, help: string): Omit<Diagnostic, 'span'> {
  return {
    rule: 'configuration-invalid',
    severity: 'error',
    message,
    help,
    related: [],
    unchecked: 'everything, because the configuration cannot be used',
  };
}
