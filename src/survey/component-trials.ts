import type { Builder } from '../build/build.ts';
import type { Build } from '../object/build.ts';
import { mappingOf, setItems, type Tracked, untracked } from '../object/provenance.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf } from '../source/path.ts';
import type { Mapping } from '../source/value.ts';
import { type EntryPoints, isComponent } from './entry-points.ts';

/** A component that no build takes, on top of the environments that could take it. */
export interface ComponentTrial {
  /** Its directory. */
  readonly component: string;
  /** Its manifests and patches, and its kustomization. */
  readonly files: readonly string[];
  /** What is built with it on top of the nearest environments: up to the first that is whole, or all. */
  readonly builds: readonly Build[];
  /** What is built with it on top of the other environments: built when somebody has a question that the first leaves open. */
  readonly others: readonly Build[];
}

/** What may be tried, and on top of what. */
export interface TrialGround {
  readonly found: EntryPoints;
  /** Every file that a build reads. */
  readonly inputs: ReadonlySet<string>;
  /** Directories of kustomizations that are built whole. */
  readonly environments: readonly string[];
  /** Kustomize's load restrictor, as the environments are built. */
  readonly loadRestrictor: 'none' | 'root-only';
}

// Where there are many of both, those nearest to the component show what all of them would.
const maximumEnvironments = 6;
const maximumComponents = 100;

/** Builds each component that no build takes on top of environments, as an overlay of them would. */
export function tryComponents(
  sources: Sources,
  builder: Builder,
  { found, inputs, environments, loadRestrictor }: TrialGround,
): ComponentTrial[] {
  const unused = found.kustomizations.filter(
    (file) => !inputs.has(file) && isComponent(sources.load(file, 'kustomization').documents[0]?.value),
  );
  return unused.slice(0, maximumComponents).map((file) => {
    const component = directoryOf(file);
    const own = [...found.kustomizedFiles, file].filter((path) => path.startsWith(`${component}/`));
    const near = nearest(component, environments);
    const buildOn = (environment: string): Build =>
      builder.build(directoryOf(component), {
        loadRestrictor,
        edit: () => overlayOf(directoryOf(component), environment, component),
      });
    const builds = upToWhole(near, buildOn);
    return {
      component,
      files: own.filter((path) => !inputs.has(path)),
      builds,
      get others() {
        return near.slice(builds.length).map(buildOn);
      },
    };
  });
}

function upToWhole(environments: readonly string[], buildOn: (environment: string) => Build): Build[] {
  const builds: Build[] = [];
  for (const environment of environments) {
    const build = buildOn(environment);
    builds.push(build);
    if (build.complete) break;
  }
  return builds;
}

/** The environments that stand nearest to a component, as many as it is tried on top of. */
export function nearest(component: string, environments: readonly string[]): string[] {
  const shared = (environment: string): number => {
    const [one, other] = [component.split('/'), environment.split('/')];
    const apart = one.findIndex((part, index) => part !== other[index]);
    return apart < 0 ? one.length : apart;
  };
  return environments.toSorted((a, b) => shared(b) - shared(a)).slice(0, maximumEnvironments);
}

/** As `nearest`, of those that are whole, which building alone tells. */
export function nearestWhole(component: string, environments: readonly string[], builder: Builder): string[] {
  const near = nearest(component, environments);
  const whole = near.filter((root) => {
    const { complete, resources } = builder.build(root);
    return complete && resources.length > 0;
  });
  const others = environments.filter((one) => !near.includes(one));
  return whole.length > 0 || others.length === 0 ? whole : nearestWhole(component, others, builder);
}

function overlayOf(directory: string, environment: string, component: string): Tracked<Mapping> {
  const upwards = directory === '' ? './' : '../'.repeat(directory.split('/').length);
  const list = (path: string): Tracked => {
    const item: Tracked = { value: `${upwards}${path}`, origin: untracked };
    return setItems({ value: [], origin: untracked }, [item]);
  };
  return mappingOf(
    [
      ['resources', list(environment)],
      ['components', list(component)],
    ],
    untracked,
  );
}
