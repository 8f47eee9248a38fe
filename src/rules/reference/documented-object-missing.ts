import { grouped } from '../../diagnostic/grouped.ts';
import type { SourceFile } from '../../diagnostic/source-file.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { originalText } from '../../object/layer.ts';
import { spanOfPlace } from '../../object/place.ts';
import { isManifest } from '../../object/plain-manifests.ts';
import { originOfEntry } from '../../object/provenance.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { emptyBuild } from '../../reconcile/reconciliation.ts';
import { hasLiteral } from '../../source/find-literal.ts';
import { directoryOf, isBelow } from '../../source/path.ts';
import { shellCommands } from '../../source/shell-command.ts';
import { valueText } from '../../source/value-text.ts';
import { meet } from '../../workload/cluster-objects.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import { possibleMaker } from '../../workload/possible-maker.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import type { RunRule } from '../rule.ts';
import { applyOthers, isMadeBy } from './made-by-command.ts';
import { type NamedObject, objectsNamedIn } from './named-in-command.ts';

/**
 * Guides and scripts that call an object what it was called before. Told only where a rendered object shows what is meant: whatever else a
 * command names may be in the cluster without being in the repository.
 */
export const documentedObjectMissing: RunRule = {
  id: 'documented-object-missing',
  severity: 'warning',
  scope: 'run',
  criterion: 'wired',
  tags: ['references'],
  *judge(builds, context) {
    // What a build that fails would have brought is not known.
    if (!builds.every(({ complete }) => complete)) return;
    for (const path of context.documents ?? []) {
      const file = context.sources.file(path);
      if (file !== undefined && commandsIn(file).length > 0) yield* problemsIn(file, builds, context);
    }
  },
};

const commandsIn = knownOnce((file: SourceFile) =>
  /\b(?:kubectl|oc|flux|argocd)\s/u.test(file.text) ? shellCommands(file) : [],
);

function* problemsIn(
  file: SourceFile,
  builds: readonly Build[],
  context: Surroundings,
): Iterable<RuleProblem> {
  const commands = commandsIn(file);
  const named = commands.flatMap(objectsNamedIn);
  const roots = builds.map(({ root }) => root);
  if (named.length === 0 || applyOthers(commands, roots)) return;
  for (const one of named) {
    const { name, start } = one;
    const meant = meantBy(one, inventoryOf(builds));
    const first = meant?.objects.find((object) => isNear(file.path, object));
    if (meant === undefined || first === undefined) continue;
    if (
      isBrokenOff(first, builds) ||
      isMadeBy(commands, name) ||
      isShown(name, file) ||
      isAside(one, builds, context)
    )
      continue;
    if (possibleMaker(first, name, emptyBuild(''), { ...context, neighbours: builds }) !== undefined)
      continue;
    yield {
      at: [{ value: name, origin: originOfEntry('document', { file, start, end: start + name.length }) }],
      message: meant.message,
      help: meant.help,
      related: [{ at: [first, 'metadata', meant.field], message: `${describe(first)} comes from here` }],
    };
  }
}

/** What a command should have named, with the words for it. */
interface Meant {
  readonly objects: readonly Resource[];
  readonly field: 'name' | 'namespace';
  readonly message: string;
  readonly help: string;
}

function meantBy(named: NamedObject, inventory: Inventory): Meant | undefined {
  const { kind, name, namespace = '' } = named;
  const namesakes = inventory.byName.get(name) ?? [];
  const itself = namesakes.filter(({ object }) => object['kind'] === kind);
  if (itself.length > 0) return movedFrom(named, itself, inventory);
  const here = ({ object }: Resource): boolean => meet(namespace, namespaceOf(object));
  const renamed = (inventory.byOldName.get(`${kind}/${name}`) ?? []).filter(here);
  if (renamed.length > 0) {
    const names = oneOf(renamed.map(({ object }) => nameOf(object)));
    return {
      objects: renamed,
      field: 'name',
      message: `a command uses ${kind} ${name}, which is ${names} in the build`,
      help: `write ${names}, or select by a label, which prefixes and hashes do not change`,
    };
  }
  const others = workloads.has(kind)
    ? namesakes.filter((one) => workloads.has(kindOf(one)) && here(one))
    : [];
  if (others.length === 0) return undefined;
  const kinds = oneOf(others.map(kindOf));
  return {
    objects: others,
    field: 'name',
    message: `a command uses ${kind} ${name}, which is a ${kinds} in the build`,
    help: `write ${kinds.toLowerCase()}/${name}`,
  };
}

/** Objects that are there, but not in the namespace that the command looks into and that nothing else stands in. */
function movedFrom(
  { kind, name, namespace = '' }: NamedObject,
  objects: readonly Resource[],
  inventory: Inventory,
): Meant | undefined {
  if (namespace === '' || objects.some(({ object }) => meet(namespace, namespaceOf(object))))
    return undefined;
  const wasThere = objects.some((one) => originalText(one, ['metadata', 'namespace']) === namespace);
  if (!wasThere && inventory.namespaces.has(namespace)) return undefined;
  const namespaces = oneOf(objects.map(({ object }) => namespaceOf(object)));
  return {
    objects,
    field: 'namespace',
    message: `a command looks for ${kind} ${name} in namespace ${namespace}, which is in ${namespaces} in the build`,
    help: `use ${namespaces}`,
  };
}

const workloads: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

function oneOf(words: readonly string[]): string {
  return [...new Set(words)].toSorted().slice(0, 4).join(' or ');
}

interface Inventory {
  readonly byName: ReadonlyMap<string, readonly Resource[]>;
  /** What kustomize renamed, by kind and the name in the file. */
  readonly byOldName: ReadonlyMap<string, readonly Resource[]>;
  readonly namespaces: ReadonlySet<string>;
}

const inventoryOf = knownOnce((builds: readonly Build[]): Inventory => {
  const resources = builds.flatMap((build) => build.resources);
  const renamed = resources.flatMap((resource) => {
    const oldName = originalText(resource, ['metadata', 'name']);
    return oldName === undefined || oldName === nameOf(resource.object) ? [] : [{ resource, oldName }];
  });
  const byOldName = grouped(renamed, ({ resource, oldName }) => `${kindOf(resource)}/${oldName}`);
  return {
    byName: grouped(resources, ({ object }) => nameOf(object)),
    byOldName: new Map([...byOldName].map(([key, list]) => [key, list.map(({ resource }) => resource)])),
    namespaces: new Set(resources.map(({ object }) => namespaceOf(object))),
  };
});

function kindOf({ object }: Resource): string {
  return valueText(object['kind']);
}

/** Whether a document stands above or below the file of an object; folders for documents speak for what stands beside them. */
function isNear(path: string, object: Resource): boolean {
  const home = directoryOf(path).replace(/(?:^|\/)(?:bin|docs?|hack|scripts?|tools)(?:\/.*)?$/u, '');
  const file = fileOf(object);
  return file !== undefined && (isBelow(file, home) || isBelow(home, directoryOf(file)));
}

/** Whether a build that failed read the file of an object as well: under which name it would have rendered it, nobody knows. */
function isBrokenOff(object: Resource, builds: readonly Build[]): boolean {
  const path = fileOf(object);
  return path !== undefined && brokenInputs(builds).has(path);
}

const brokenInputs = knownOnce(
  (builds: readonly Build[]) =>
    new Set(builds.filter(({ complete }) => !complete).flatMap(({ inputs }) => inputs)),
);

function fileOf(object: Resource): string | undefined {
  return spanOfPlace([object, 'kind'])?.file.path;
}

/** Whether the document itself shows an object of the name, which its reader may then have. */
function isShown(name: string, { text }: SourceFile): boolean {
  return hasLiteral(text, name, { before: /\bname:[ \t]*["']?$/u, after: /^["']?[ \t]*[\n\r]/u });
}

/** Whether an object of the name is said to be there, or stands in a manifest that no build reads. */
function isAside({ kind, name }: NamedObject, builds: readonly Build[], context: Surroundings): boolean {
  if (context.provided.some((one) => one.kind === kind && one.name === name)) return true;
  return unbuiltOf(context)(builds).has(`${kind}/${name}`);
}

const unbuiltOf = knownOnce(({ files = [], sources }: Surroundings) =>
  knownOnce((builds: readonly Build[]) => {
    const inputs = new Set(builds.flatMap((build) => build.inputs));
    const documents = files
      .filter((file) => !inputs.has(file))
      .flatMap((file) => sources.load(file, 'kustomize').documents);
    return new Set(
      documents.flatMap(({ value }) =>
        isManifest(value) ? [`${valueText(value['kind'])}/${nameOf(value)}`] : [],
      ),
    );
  }),
);
