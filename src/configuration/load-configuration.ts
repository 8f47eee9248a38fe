import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { startOf } from '../diagnostic/span.ts';
import type { Document } from '../source/document.ts';
import type { Sources } from '../source/load.ts';
import { type Configuration, defaultConfiguration } from './configuration.ts';
import { configurationNames } from './configuration-names.ts';
import { helpForPath } from './meant-path.ts';
import { readConfiguration } from './read-configuration.ts';
import { schemaDiagnostics } from './schema-diagnostics.ts';
import { validate } from './validator.js';

export interface LoadedConfiguration {
  readonly configuration: Configuration;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads `file`, or the nearest cdb-lint.yaml from `path` up to the repository's root, or takes the defaults. */
export function loadConfiguration(sources: Sources, path: string, file?: string): LoadedConfiguration {
  const found = file ?? discover(sources, path);
  if (found === undefined) return { configuration: defaultConfiguration, diagnostics: [] };
  const loaded = sources.load(found, 'kustomize');
  const problems = loaded.diagnostics.map((one) => asConfigurationProblem(withMeantPath(one, sources)));
  if (problems.length > 0) return { configuration: defaultConfiguration, diagnostics: problems };
  const [document, second] = loaded.documents;
  if (document === undefined)
    return { configuration: { ...defaultConfiguration, file: found }, diagnostics: [] };
  if (second !== undefined) {
    const diagnostic = unusable(`${found} holds more than one document`, 'keep one document');
    return {
      configuration: defaultConfiguration,
      diagnostics: [{ ...diagnostic, span: startOf(loaded.file) }],
    };
  }
  if (!validate(document.value)) {
    const diagnostics = schemaDiagnostics(document, validate.errors ?? []);
    return { configuration: defaultConfiguration, diagnostics };
  }
  return readOnce(document, found);
}

// A file that is the same in another run or revision is read into the same configuration.
const known = new WeakMap<Document, LoadedConfiguration>();

function readOnce(document: Document, file: string): LoadedConfiguration {
  const loaded = known.get(document) ?? readConfiguration(document, file);
  known.set(document, loaded);
  return loaded;
}

function discover(sources: Sources, path: string): string | undefined {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  for (let length = parts.length; length >= 0; length--) {
    for (const name of configurationNames) {
      const candidate = [...parts.slice(0, length), name].join('/');
      if (sources.fileSystem.kind(candidate) === 'file') return candidate;
    }
  }
  return undefined;
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
