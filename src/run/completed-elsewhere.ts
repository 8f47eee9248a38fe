import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { isError } from '../diagnostic/severity.ts';
import type { Sources } from '../source/load.ts';
import { directoriesAbove } from '../source/path.ts';
import type { Unit } from '../survey/unit.ts';

/**
 * Of objects that another program completes before anybody sends them, what they lack here is a note: bases of bundles of the Operator
 * SDK, manifests that a program of the repository embeds, and templates whose actions stand in quotes.
 */
export function withoutOpenErrors(
  diagnostics: readonly Diagnostic[],
  { id }: Unit,
  sources: Sources,
): Diagnostic[] {
  const isApplied = id.role !== 'plain' && id.role !== 'root';
  const isOpen = (one: Diagnostic): boolean =>
    isOfBundleBase(one) || (!isApplied && (isTemplate(one) || isEmbedded(one, sources)));
  return diagnostics.map((one) => (isError(one) && isOpen(one) ? { ...one, severity: 'note' } : one));
}

/** `operator-sdk generate bundle` puts deployments, roles and the version into what stands below `config/manifests/bases`. */
function isOfBundleBase({ rule, object, span }: Diagnostic): boolean {
  return (
    rule === 'required-field-missing' &&
    object?.kind === 'ClusterServiceVersion' &&
    /(?:^|\/)manifests\/bases\/[^/]+$/u.test(span.file.path)
  );
}

const admission: ReadonlySet<string> = new Set(['invalid-value', 'wrong-type', 'unsupported-value']);

/** A value with an action of Go, Helm or Jinja, where no controller applies the file as it is. */
function isTemplate({ rule, span: { file, start, end } }: Diagnostic): boolean {
  return admission.has(rule) && /\{\{.*\}\}/su.test(file.text.slice(start, end));
}

/** A program that embeds the file (`//go:embed`) sets what an object lacks. */
function isEmbedded({ rule, span }: Diagnostic, sources: Sources): boolean {
  if (rule !== 'required-field-missing') return false;
  const { path } = span.file;
  return directoriesAbove(path).some((directory) => {
    const prefix = directory === '' ? '' : `${directory}/`;
    return embeddedBy(sources, directory).some((one) => path.startsWith(`${prefix}${one}`));
  });
}

/** What the programs of a directory embed, each pattern up to its first wildcard. */
function embeddedBy({ fileSystem, file }: Sources, directory: string): string[] {
  const programs = (fileSystem.list(directory) ?? []).filter(
    ({ name, kind }) => kind === 'file' && name.endsWith('.go'),
  );
  return programs.flatMap(({ name }) => {
    const text = file(directory === '' ? name : `${directory}/${name}`)?.text ?? '';
    return [...text.matchAll(/^\s*\/\/go:embed\s+(.+)$/gmu)].flatMap(([, patterns = '']) =>
      patterns
        .split(/\s+/u)
        .map((one) => one.replace(/^(?:all:)?["`]?|["`]?$/gu, '').replace(/[*?[].*$/u, '')),
    );
  });
}
