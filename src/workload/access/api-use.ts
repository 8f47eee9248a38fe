import { knownOnce } from '../../object/known-once.ts';
import type { Place } from '../../object/place.ts';
import type { Resource } from '../../object/resource.ts';
import type { TextPart } from '../../source/scalar-offsets.ts';
import {
  isMapping,
  itemsAt,
  type Mapping,
  type Path,
  placedItemsAt,
  type Value,
  valueAt,
} from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { type EmbeddedDocument, embeddedDocuments } from '../embedded-documents.ts';
import {
  discoveriesOf,
  type ScrapeJob,
  scrapeJobs,
  scrapeJobsAt,
} from '../monitoring/scrape-configuration.ts';
import { type Container, containersOf, type PodTemplate } from '../pod/pod-template.ts';
import type { Right } from './service-account-grants.ts';

/** Something in the configuration of a program by which it asks the API server of its own cluster. */
export interface ApiUse {
  /** What the program does, after its name. */
  readonly words: string;
  readonly at: Place;
  /** Where it stands in the text at `at`. */
  readonly within?: TextPart;
  readonly rights: readonly Right[];
  /** Where: only in these namespaces; `own` for that of the pod; undefined for all. */
  readonly namespaces?: readonly string[] | 'own';
  /** How to ask in one namespace, where there is a way. */
  readonly narrower?: string;
}

/** What the pods of a template ask the API server for: by their arguments and variables, and by the ConfigMaps that they mount. */
export function apiUsesOf(template: PodTemplate, configMaps: readonly Resource[]): ApiUse[] {
  return [
    ...containersOf(template).flatMap((container) => [
      ...traefikArguments(template, container),
      ...sidecarUses(template, container),
    ]),
    ...configMaps.flatMap(usesInConfigMap),
  ];
}

const usesInConfigMap = knownOnce((configMap: Resource): readonly ApiUse[] => [
  ...scrapeJobs(configMap).flatMap(scrapeUses),
  ...collectorUses(configMap),
  ...traefikFiles(configMap),
  ...textUses(configMap),
]);

function core(...resources: string[]): Right[] {
  return resources.map((resource) => ({ group: '', resource, verb: 'list' }));
}

function of(group: string, ...resources: string[]): Right[] {
  return resources.map((resource) => ({ group, resource, verb: 'list' }));
}

/** What the service discovery of Prometheus lists for each role; Promtail and Alloy have it from there. */
const discovered: ReadonlyMap<string, readonly Right[]> = new Map([
  ['pod', core('pods')],
  ['node', core('nodes')],
  ['service', core('services')],
  ['endpoints', core('endpoints', 'services', 'pods')],
  ['endpointslice', [...of('discovery.k8s.io', 'endpointslices'), ...core('services', 'pods')]],
  ['ingress', of('networking.k8s.io', 'ingresses')],
]);

function scrapeUses(job: ScrapeJob): ApiUse[] {
  return discoveriesOf(job).map(({ role, index, namespaces }) => ({
    words: `discovers targets by role ${role}`,
    at: job.placeOf('kubernetes_sd_configs', index, 'role'),
    rights: discovered.get(role) ?? [],
    narrower: 'write namespaces: {own_namespace: true}',
    ...(namespaces === undefined ? {} : { namespaces }),
  }));
}

/**
 * Components of the OpenTelemetry Collector, by the name before a slash (the section on access control in each one's README in
 * opentelemetry-collector-contrib), and the options that narrow what they ask for.
 */
const collected: ReadonlyMap<
  string,
  { readonly rights: readonly Right[]; readonly narrowing: readonly Path[] }
> = new Map([
  ['k8sattributes', { rights: core('pods'), narrowing: [['filter', 'namespace']] }],
  ['k8s_attributes', { rights: core('pods'), narrowing: [['filter', 'namespace']] }],
  ['k8s_cluster', { rights: core('nodes', 'pods'), narrowing: [['namespace'], ['namespaces']] }],
  ['k8s_events', { rights: core('events'), narrowing: [['namespaces']] }],
]);

function collectorUses(configMap: Resource): ApiUse[] {
  return embeddedDocuments(configMap, 'receivers').flatMap((embedded) => {
    const { document } = embedded;
    const running = runningComponents(document.value);
    return (['receivers', 'processors'] as const).flatMap((field) => {
      const components = document.value[field];
      if (!isMapping(components)) return [];
      return Object.keys(components).flatMap((id): ApiUse[] => {
        const name = id.split('/')[0] ?? id;
        if (!running.has(id)) return [];
        if (name === 'prometheus') return collectorJobs(configMap, embedded, [field, id]);
        const component = collected.get(name);
        const options = components[id];
        if (
          component === undefined ||
          (valueAt(options, ['auth_type']) ?? 'serviceAccount') !== 'serviceAccount'
        )
          return [];
        if (component.narrowing.some((path) => valueAt(options, path) !== undefined)) return [];
        return [{ words: `runs ${id}`, at: [document, field, id], rights: component.rights }];
      });
    });
  });
}

function collectorJobs(configMap: Resource, embedded: EmbeddedDocument, path: string[]): ApiUse[] {
  return scrapeJobsAt(configMap, embedded, [...path, 'config', 'scrape_configs']).flatMap(scrapeUses);
}

/** What is defined and in no pipeline is not started. */
function runningComponents(configuration: Mapping): Set<Value> {
  const pipelines = valueAt(configuration, ['service', 'pipelines']);
  if (!isMapping(pipelines)) return new Set();
  return new Set(
    Object.values(pipelines).flatMap((pipeline) => [
      ...itemsAt(pipeline, ['receivers']),
      ...itemsAt(pipeline, ['processors']),
    ]),
  );
}

/** The providers of Traefik (kubernetes-crd-rbac.yml in the reference of its documentation), by their lower-case names. */
const provided: ReadonlyMap<string, readonly Right[]> = new Map([
  ['kubernetescrd', core('services', 'secrets')],
  ['kubernetesingress', [...core('services', 'secrets'), ...of('networking.k8s.io', 'ingresses')]],
]);

function traefikArguments({ resource }: PodTemplate, { container, path }: Container): ApiUse[] {
  const options = placedItemsAt(container, ['args']).flatMap(({ value, path: within }) => {
    const [, name = '', rest = '', text = 'true'] =
      /^--providers\.(kubernetes\w+)((?:\.\w+)*)(?:=(.*))?$/iu.exec(valueText(value)) ?? [];
    const at: Place = [resource, ...path, ...within];
    return name === '' ? [] : [{ name: name.toLowerCase(), option: rest.toLowerCase(), text, at }];
  });
  return [...provided].flatMap(([name, rights]) => {
    const own = options.filter((one) => one.name === name);
    const [first] = own;
    const isOff = own.some(({ option, text }) => option === '' && text === 'false');
    if (first === undefined || isOff || own.some(({ option }) => option === '.endpoint')) return [];
    const namespaces = own.find(({ option }) => option === '.namespaces')?.text.split(',');
    return [
      {
        words: `runs the provider ${name}`,
        at: first.at,
        rights,
        ...(namespaces === undefined ? {} : { namespaces }),
      },
    ];
  });
}

function traefikFiles(configMap: Resource): ApiUse[] {
  return embeddedDocuments(configMap, 'providers').flatMap(({ document }) => {
    const providers = document.value['providers'];
    if (!isMapping(providers) || document.value['entryPoints'] === undefined) return [];
    return Object.keys(providers).flatMap((name): ApiUse[] => {
      const rights = provided.get(name.toLowerCase());
      const options = providers[name];
      if (rights === undefined || valueAt(options, ['endpoint']) !== undefined) return [];
      const namespaces = itemsAt(options, ['namespaces']).map(valueText);
      return [
        {
          words: `runs the provider ${name}`,
          at: [document, 'providers', name],
          rights,
          ...(namespaces.length === 0 ? {} : { namespaces }),
        },
      ];
    });
  });
}

/** The sidecar that collects labelled ConfigMaps and Secrets (README of kiwigrid/k8s-sidecar), as Grafana's chart has it. */
function sidecarUses({ resource }: PodTemplate, { container, path }: Container): ApiUse[] {
  if (!/(?:^|\/)k8s-sidecar(?:[:@]|$)/u.test(valueText(container['image']))) return [];
  const variables = placedItemsAt(container, ['env']);
  const label = variables.find(({ value }) => valueAt(value, ['name']) === 'LABEL');
  const read = (name: string, fallback: string): Value => {
    const found = variables.find(({ value }) => valueAt(value, ['name']) === name)?.value;
    // What another object holds nobody knows here.
    return found === undefined ? fallback : (valueAt(found, ['value']) ?? null);
  };
  const kinds = collectedKinds.get(read('RESOURCE', 'configmap'));
  const where = read('NAMESPACE', '');
  // Named ones are read by their names.
  if (
    label === undefined ||
    kinds === undefined ||
    typeof where !== 'string' ||
    read('RESOURCE_NAME', '') !== ''
  )
    return [];
  return [
    {
      words: 'collects with k8s-sidecar',
      at: [resource, ...path, ...label.path, 'name'],
      rights: kinds,
      ...(where === 'ALL' ? {} : { namespaces: where === '' ? 'own' : where.split(',') }),
    },
  ];
}

const collectedKinds: ReadonlyMap<Value, readonly Right[]> = new Map([
  ['configmap', core('configmaps')],
  ['secret', core('secrets')],
  ['both', core('configmaps', 'secrets')],
]);

const longest = 200_000;

/** Programs whose configuration is no YAML, or need not be. */
function textUses(configMap: Resource): ApiUse[] {
  const data = configMap.object['kind'] === 'ConfigMap' ? configMap.object['data'] : undefined;
  if (!isMapping(data)) return [];
  return Object.keys(data).flatMap((key) => {
    const text = data[key];
    if (typeof text !== 'string' || text.length > longest) return [];
    const uses = [...vectorUses(text), ...fluentBitUses(text), ...alloyUses(text)];
    return uses.map((use) => ({ ...use, at: [configMap, 'data', key] as const }));
  });
}

type TextUse = Omit<ApiUse, 'at'>;

/** Vector since 0.21 (its highlights of 2022-03-28). */
function vectorUses(text: string): TextUse[] {
  const found = /^[ \t]*("?type"?[ \t]*[:=]\s*["']?kubernetes_logs)\b/mu.exec(text);
  if (found === null || text.includes('kube_config_file')) return [];
  const end = found.index + found[0].length;
  const within = { start: end - (found[1] ?? '').length, end };
  return [{ words: 'runs the source kubernetes_logs', within, rights: core('pods', 'namespaces') }];
}

/** The filter of Fluent Bit gets each pod by its name; the kubelet is another matter. */
function fluentBitUses(text: string): TextUse[] {
  let start = 0;
  for (const section of text.split(/(?<=^[ \t]*)(?=\[)/mu)) {
    const within = kubernetesFilter(section);
    if (within !== undefined)
      return [
        {
          words: 'runs the filter kubernetes',
          within: { start: start + within.start, end: start + within.end },
          rights: [{ group: '', resource: 'pods', verb: 'get' }],
        },
      ];
    start += section.length;
  }
  return [];
}

function kubernetesFilter(section: string): TextPart | undefined {
  const name = /^\[filter\]/iu.test(section)
    ? /^[ \t]*name[ \t]+kubernetes(?=[ \t]*$)/imu.exec(section)
    : null;
  const isElsewhere =
    /^[ \t]*(?:use_kubelet[ \t]+(?:on|true)|kube_url[ \t]+(?!https:\/\/kubernetes\.default\b))/imu.test(
      section,
    );
  if (name === null || isElsewhere) return undefined;
  const end = name.index + name[0].length;
  return { start: end - name[0].trimStart().length, end };
}

/** Alloy, and the Grafana Agent before it. */
function alloyUses(text: string): TextUse[] {
  return blocksOf(text, 'discovery.kubernetes').flatMap(({ block, within }): TextUse[] => {
    const role = /^[ \t]*role[ \t]*=[ \t]*"(\w+)"/mu.exec(block)?.[1];
    const rights = discovered.get(role ?? '');
    if (
      role === undefined ||
      rights === undefined ||
      /^[ \t]*(?:api_server|kubeconfig_file)[ \t]*=/mu.test(block)
    )
      return [];
    const use = { words: `discovers targets by role ${role}`, within, rights };
    const [namespaces] = blocksOf(block, 'namespaces');
    if (namespaces === undefined) return [{ ...use, narrower: 'write namespaces { own_namespace = true }' }];
    const names = /names\s*=\s*\[([^\]]*)\]/u.exec(namespaces.block)?.[1];
    const named = [...(names ?? '').matchAll(/"([^"]+)"/gu)].flatMap(([, name]) => name ?? []);
    if (/own_namespace\s*=\s*true/u.test(namespaces.block))
      return named.length === 0 ? [{ ...use, namespaces: 'own' }] : [];
    // An expression may give any names.
    return named.length === 0 ? [] : [{ ...use, namespaces: named }];
  });
}

/** By the place behind each opening brace that behind the one that closes it: one walk for all. */
function bracePairs(text: string): Map<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (const { 0: brace, index } of text.matchAll(/[{}]/gu)) {
    if (brace === '{') open.push(index + 1);
    else {
      const begin = open.pop();
      if (begin !== undefined) pairs.set(begin, index + 1);
    }
  }
  return pairs;
}

/** What stands between the braces of each block of a name, and where the block begins. */
function blocksOf(text: string, name: string): { readonly block: string; readonly within: TextPart }[] {
  const named = [...text.matchAll(/^[ \t]*([\w.]+)(?:[ \t]+"[^"\n]*")?[ \t]*\{/gmu)].filter(
    ([, one]) => one === name,
  );
  const ends = named.length === 0 ? new Map<number, number>() : bracePairs(text);
  return named.map((match) => {
    const begin = match.index + match[0].length;
    const end = ends.get(begin) ?? text.length;
    const start = match.index + match[0].length - match[0].trimStart().length;
    return { block: text.slice(begin, end - 1), within: { start, end: begin - 1 } };
  });
}
