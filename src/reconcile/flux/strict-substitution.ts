import { objectPlace } from '../../object/object-place.ts';
import type { Resource } from '../../object/resource.ts';
import type { Sources } from '../../source/load.ts';
import { directoryOf, isBelow } from '../../source/path.ts';
import { type Value, valueAt } from '../../source/value.ts';
import { minorOfDistribution } from './distribution-version.ts';
import { ofInstance, ofSources } from './installed-flux.ts';
import { isOfInstanceChart } from './instance-release.ts';
import { minorOf, newestFlux } from './removed-versions.ts';

/**
 * Whether the Flux of this repository applies nothing where a variable is undefined: so since 2.9, unless its feature gate says otherwise.
 * The gate may stand in any patch of the controller; the version in what `flux bootstrap` wrote, in the source of Flux' manifests, or in a FluxInstance. Several clusters
 * count as strict as the strictest, and where nothing is said, as the newest.
 */
export function substitutesStrictly(
  sources: Sources,
  files: readonly string[],
  declared: readonly Resource[],
): boolean {
  const texts = files.map((file) => sources.file(file)?.text ?? '');
  const gates = texts.flatMap(gatesIn);
  if (gates.length > 0) return gates.includes('true');
  const installed = [
    ...texts.flatMap(installedIn),
    ...declared.flatMap((one) => [...ofInstance(one), ...ofReleaseIn(one, sources, files)]),
  ];
  const minors = installed.length > 0 ? installed : ofSources(declared);
  return minors.length === 0 || minors.some((minor) => minor >= firstStrict);
}

const firstStrict = 9;

/** What the chart of a FluxInstance is told in the release, or in a file of values in its folder or below. */
function ofReleaseIn(release: Resource, sources: Sources, files: readonly string[]): number[] {
  if (!isOfInstanceChart(release.object)) return [];
  const minorIn = (value: Value | undefined): number | undefined => {
    const [version, artifact] = ['version', 'artifact'].map((key) => {
      const said = valueAt(value, ['instance', 'distribution', key]);
      return typeof said === 'string' ? said : undefined;
    });
    return (version ?? artifact) === undefined ? undefined : minorOfDistribution(version, artifact);
  };
  const folder = directoryOf(objectPlace(release)?.file ?? '');
  const beside = folder === '' ? [] : files.filter((file) => isBelow(file, folder));
  const written =
    minorIn(valueAt(release.object, ['spec', 'values'])) ??
    beside
      .filter((file) => sources.file(file)?.text.includes('distribution:') === true)
      .map((file) => minorIn(sources.load(file, 'api-server').documents[0]?.value))
      .find((minor) => minor !== undefined);
  return [written ?? newestFlux];
}

function gatesIn(text: string): string[] {
  if (!text.includes('StrictPostBuildSubstitutions=')) return [];
  return [...text.matchAll(/StrictPostBuildSubstitutions=(true|false)/gu)].map(([, said = '']) => said);
}

/** The labels of Flux' own objects, as `flux install` writes them. */
export function installedIn(text: string): number[] {
  if (!text.includes('app.kubernetes.io/part-of: flux')) return [];
  const found = /app\.kubernetes\.io\/version: ["']?(v[\d.]+)/u.exec(text)?.[1];
  return found === undefined ? [] : [minorOf(found) ?? newestFlux];
}
