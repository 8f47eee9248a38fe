import { refusedChart, renderChartSource, withGiven } from '../../chart/chart-renderer.ts';
import { readGivenValues } from '../../chart/encrypted-values.ts';
import { originOfFile } from '../../chart/file-origin.ts';
import { isChartAt } from '../../chart/read-chart.ts';
import { mergeValues, setValues } from '../../chart/set-values.ts';
import { isTrueAt, textAt } from '../../object/object-field.ts';
import { getAt, getPart, itemsOf, type Origin, type Tracked } from '../../object/provenance.ts';
import { type Rendered, renderedAs } from '../../object/renderer.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import { normalisePath } from '../../source/path.ts';
import { isMapping, isSequence, itemsAt, type Mapping } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { isMap, newMap } from '../../template/value/datum.ts';
import { knownFrom } from '../../template/value/from-value.ts';
import type { GoMap } from '../../template/value/model.ts';
import { valuesIn } from '../flux/release-values.ts';
import type { ArgoContext } from '../reconcile-context.ts';
import { emptyBuild } from '../reconciliation.ts';
import { buildEnvironment, fillEnvironment } from './build-environment.ts';
import { filesMatching } from './git-generator.ts';
import { referencesOf } from './value-files.ts';

/** A chart of this repository, and the Application that installs it. */
export interface HelmPlace {
  readonly declaration: Resource;
  readonly source: Tracked<Mapping>;
  readonly path: string;
}

/** A source whose chart may be elsewhere; then it has no path. */
interface GivingPlace extends Omit<HelmPlace, 'path'> {
  readonly path: string | undefined;
}

/** Renders a chart as the repo-server of Argo CD 3.6 does, with the options of `helm` (util/helm, reposerver helmTemplate). */
export function renderHelm(place: HelmPlace, context: ArgoContext): Rendered {
  return withGiven(renderUnlessRefused(place, context), () => filesGiven(place, context));
}

function renderUnlessRefused(place: HelmPlace, context: ArgoContext): Rendered {
  try {
    return renderPlace(place, context);
  } catch (error) {
    return refusedChart(error, { ...place, field: ['spec', 'source', 'path'] }, context.sources);
  }
}

function renderPlace(place: HelmPlace, context: ArgoContext): Rendered {
  const { declaration, source, path } = place;
  const { object } = declaration;
  const name = `Application ${nameOf(object)}`;
  const notRendered = (why: string): Rendered =>
    renderedAs({ ...emptyBuild(path, true), unrendered: [path] }, `${name} (${path || '.'}): ${why}`);
  if (!isChartAt(context.sources, path)) return notRendered('there is no chart');
  const options = getAt(source, ['helm'])?.value;
  const helm = isMapping(options) ? options : {};
  const values = valuesOf(place, helm, context);
  if ('missing' in values) return notRendered(`${values.missing} is not known here`);
  const environment = buildEnvironment(declaration, source.value);
  const own = textAt(helm, 'releaseName');
  return renderChartSource(
    {
      path,
      declaration,
      field: ['spec', 'source', 'path'],
      includesCrds: !isTrueAt(helm, 'skipCrds'),
      isOwn: !path.startsWith(`${context.fetched.folder}/`),
      version: getAt(source, ['targetRevision'])?.origin,
      release: {
        name: own === undefined ? nameOf(object) : fillEnvironment(own, environment),
        namespace:
          textAt(helm, 'namespace') ?? (textAt(object, 'spec', 'destination', 'namespace') || 'default'),
        values: values.values,
        kubernetesVersion: textAt(helm, 'kubeVersion') ?? context.served.kubernetesVersion,
        apiVersions: [...context.served.apiVersions(), ...textsAt(helm, 'apiVersions')],
        whenMissing: context.served.whenMissing,
        isUpgrade: false,
        helm: 4,
      },
    },
    context,
  );
}

function textsAt(mapping: Mapping, key: string): string[] {
  const list = mapping[key];
  return isSequence(list) ? list.map((one) => valueText(one)) : [];
}

/** The files of this repository that a source gives to its chart, which may be elsewhere. */
export function filesGiven(place: GivingPlace, context: ArgoContext): string[] {
  const helm = getAt(place.source, ['helm'])?.value;
  if (!isMapping(helm)) return [];
  const environment = buildEnvironment(place.declaration, place.source.value);
  const parameters = itemsAt(helm, ['fileParameters']).flatMap((one) =>
    isMapping(one) ? (textAt(one, 'path') ?? []) : [],
  );
  return [...textsAt(helm, 'valueFiles').map(keepReference), ...parameters].flatMap(
    (file) => filesOf(fillEnvironment(file, environment), place, context) ?? [],
  );
}

// `$values/prod.yaml` names a source, and not a variable of the build environment.
function keepReference(file: string): string {
  return file.replace(/^\$(?!ARGOCD_|\{)/u, '$$$$');
}

type Values = { readonly values: GoMap } | { readonly missing: string };

/** Files of values in their order, then those written in place, then single ones. */
function valuesOf(place: HelmPlace, helm: Mapping, context: ArgoContext): Values {
  const environment = buildEnvironment(place.declaration, place.source.value);
  let values = newMap();
  for (const file of textsAt(helm, 'valueFiles')) {
    const paths = filesOf(fillEnvironment(keepReference(file), environment), place, context);
    if (paths === undefined && isTrueAt(helm, 'ignoreMissingValueFiles')) continue;
    if (paths === undefined) return { missing: `the values file ${file}` };
    for (const path of paths) values = mergeValues(values, readFile(path, context));
  }
  const inPlace = inPlaceValues(place.source);
  if (inPlace === undefined) return { missing: 'the content of helm.values' };
  values = mergeValues(values, inPlace);
  for (const { name, value, isText, origin } of parametersOf(place.source)) {
    const filled = fillEnvironment(value, environment).replaceAll(/(?<!\\),/gu, '\\,');
    setValues(values, `${name}=${filled}`, { isText, origins: [origin] });
  }
  return withFileParameters(values, { helm, place, environment }, context);
}

interface FileParameters {
  readonly helm: Mapping;
  readonly place: HelmPlace;
  readonly environment: ReadonlyMap<string, string>;
}

/** The contents of files, as `--set-file` has them: texts, whatever they look like. */
function withFileParameters(
  values: GoMap,
  { helm, place, environment }: FileParameters,
  context: ArgoContext,
): Values {
  for (const one of itemsAt(helm, ['fileParameters'])) {
    const [name, file] = isMapping(one) ? [textAt(one, 'name'), textAt(one, 'path')] : [];
    if (name === undefined || file === undefined) continue;
    const [path] = filesOf(fillEnvironment(file, environment), place, context) ?? [];
    const content = path === undefined ? undefined : context.sources.file(path);
    if (content === undefined) return { missing: `the file ${file}` };
    const line = `${name}=${content.text.replaceAll(/[\\,{]/gu, '\\$&')}`;
    setValues(values, line, { isText: true, origins: [originOfFile(content, content.text)] });
  }
  return { values };
}

/** Files below the source's path, the repository's root, or another source of this repository. */
function filesOf(
  file: string,
  { declaration, path }: GivingPlace,
  { sources, isHere }: ArgoContext,
): string[] | undefined {
  if (/^[a-z]+:\/\//u.test(file)) return undefined;
  const [name = '', ...rest] = file.split('/');
  const reference = name.startsWith('$') ? referencesOf(declaration).get(name) : undefined;
  if (name.startsWith('$') && (reference === undefined || !isHere(reference.url))) return undefined;
  if (path === undefined && reference === undefined) return undefined;
  const inSource = file.startsWith('/') ? file.slice(1) : `${path}/${file}`;
  const wanted = normalisePath(reference === undefined ? inSource : rest.join('/'));
  if (wanted === undefined) return undefined;
  if (/[*?[]/u.test(wanted)) {
    const { paths, isPart } = filesMatching(sources.fileSystem, wanted);
    return isPart ? undefined : [...paths];
  }
  return sources.fileSystem.kind(wanted) === 'file' ? [wanted] : undefined;
}

function readFile(path: string, { sources }: ArgoContext): GoMap {
  const bytes = sources.bytes(path);
  return typeof bytes === 'string' ? newMap() : readGivenValues({ name: path, path, bytes }, 'valueFiles');
}

/** `valuesObject`, or the text `values`; undefined for a text that is none. */
function inPlaceValues(source: Tracked<Mapping>): GoMap | undefined {
  const object = getAt(source, ['helm', 'valuesObject']);
  if (object !== undefined && isMapping(object.value) && Object.keys(object.value).length > 0) {
    const { value } = knownFrom(object);
    return isMap(value) ? value : undefined;
  }
  const text = getAt(source, ['helm', 'values']);
  return typeof text?.value === 'string' ? valuesIn({ value: text.value, origin: text.origin }) : newMap();
}

interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly isText: boolean;
  readonly origin: Origin;
}

function parametersOf(source: Tracked<Mapping>): Parameter[] {
  const list = getAt(source, ['helm', 'parameters']);
  return (list === undefined ? [] : itemsOf(list)).flatMap((one) => {
    if (!isMapping(one.value)) return [];
    const value = getPart(one, 'value');
    return {
      name: textAt(one.value, 'name') ?? '',
      value: valueText(value?.value ?? ''),
      isText: isTrueAt(one.value, 'forceString'),
      origin: (value ?? one).origin,
    };
  });
}
