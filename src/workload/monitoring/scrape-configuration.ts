import type { Place } from '../../object/place.ts';
import { originOfPart, type Tracked } from '../../object/provenance.ts';
import type { Resource } from '../../object/resource.ts';
import { isMapping, isSequence, type Mapping, type Path, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { type EmbeddedDocument, embeddedDocuments } from '../embedded-documents.ts';

/** One job of a Prometheus configuration in a ConfigMap. */
export interface ScrapeJob {
  readonly configMap: Resource;
  readonly key: string;
  readonly name: string;
  readonly job: Mapping;
  /** The place of a field of the job. */
  readonly placeOf: (...path: Path) => Place;
}

/** The scrape jobs in the data of a ConfigMap. */
export function scrapeJobs(configMap: Resource): ScrapeJob[] {
  return embeddedDocuments(configMap, 'scrape_configs').flatMap((embedded) =>
    scrapeJobsAt(configMap, embedded, ['scrape_configs']),
  );
}

/** The scrape jobs of a list in one of its documents. */
export function scrapeJobsAt(
  configMap: Resource,
  { key, document }: EmbeddedDocument,
  list: Path,
): ScrapeJob[] {
  return mappingsIn(valueAt(document.value, list)).map(({ value: job, index }) => ({
    configMap,
    key,
    job,
    name: valueText(job['job_name'] ?? index),
    placeOf: (...path) => [partOf(document, [...list, index]), ...path],
  }));
}

function partOf(document: Tracked, path: Path): Tracked {
  return {
    value: valueAt(document.value, path) ?? null,
    origin: path.reduce(originOfPart, document.origin),
  };
}

/** One way in which a job finds its targets by asking the API server of its own cluster. */
export interface Discovery {
  readonly role: string;
  readonly index: number;
  /** Only this namespace is asked; `own` for that of Prometheus; undefined for all. */
  readonly namespaces?: readonly string[] | 'own';
}

export function discoveriesOf({ job }: ScrapeJob): Discovery[] {
  return mappingsIn(job['kubernetes_sd_configs']).flatMap(({ value, index }) => {
    // Another cluster is asked with other rights.
    if (value['api_server'] !== undefined || value['kubeconfig_file'] !== undefined) return [];
    const names = valueAt(value, ['namespaces', 'names']);
    const isOwn = valueAt(value, ['namespaces', 'own_namespace']) === true;
    const named = isSequence(names) && names.length > 0 ? names.map(valueText) : undefined;
    const namespaces = isOwn && named === undefined ? 'own' : named;
    return [{ role: valueText(value['role']), index, ...(namespaces === undefined ? {} : { namespaces }) }];
  });
}

export function mappingsIn(list: Value | undefined): { readonly value: Mapping; readonly index: number }[] {
  if (!isSequence(list)) return [];
  return list.flatMap((value, index) => (isMapping(value) ? [{ value, index }] : []));
}
