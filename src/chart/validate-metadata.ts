import { baseOf } from '../template/functions/addresses.ts';
import { quoteGo } from '../template/value/quote.ts';
import { parseVersion } from '../template/value/version.ts';
import type { ChartDependency, ChartMetadata } from './chart.ts';

/** What Helm refuses of Chart.yaml, in its words (pkg/chart/metadata.go of 3.22, Validate); undefined where it takes it. */
export function metadataProblem(metadata: ChartMetadata): string | undefined {
  const { name, version, type } = metadata;
  const said = (field: string, words: string): string => `validation: chart.metadata.${field} ${words}`;
  if (name === '') return said('name', 'is required');
  if (name === '.' || name === '..') return said('name', `${quoteGo(name)} is not allowed`);
  if (name !== baseOf(name)) return said('name', `${quoteGo(name)} is invalid`);
  if (version === '') return said('version', 'is required');
  if (parseVersion(version) === undefined) return said('version', `${quoteGo(version)} is invalid`);
  if (type !== '' && type !== 'application' && type !== 'library')
    return said('type', 'must be application or library');
  return dependencyProblem(metadata.dependencies);
}

function dependencyProblem(dependencies: readonly ChartDependency[]): string | undefined {
  const names = new Set<string>();
  for (const { name, alias } of dependencies) {
    if (alias !== '' && !/^[a-zA-Z0-9_-]+$/u.test(alias))
      return `validation: dependency ${quoteGo(name)} has disallowed characters in the alias`;
    const own = alias || name;
    if (names.has(own)) return `validation: more than one dependency with name or alias ${quoteGo(own)}`;
    names.add(own);
  }
  return undefined;
}
