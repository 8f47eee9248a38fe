import { plainAddress } from './address.ts';

/** Something that comes from elsewhere, as somebody in the repository names it. */
export type Wanted = WantedChart | WantedCheckout | WantedArtifact | WantedFile;

/** A chart of a chart repository, or of a registry, where the address ends before the chart's name. */
export interface WantedChart {
  readonly kind: 'chart';
  /** Empty where nobody here says. */
  readonly repository: string;
  readonly name: string;
  /** A version, or a range of which the newest counts. */
  readonly version: string;
}

/** A Git repository at a branch, a tag or a commit; the default branch where that is empty. */
export interface WantedCheckout {
  readonly kind: 'checkout';
  readonly repository: string;
  readonly version: string;
}

/** An artifact of manifests in a registry. */
export interface WantedArtifact {
  readonly kind: 'artifact';
  readonly repository: string;
  readonly version: string;
}

/** One file behind an address. */
export interface WantedFile {
  readonly kind: 'file';
  readonly repository: string;
  readonly version: '';
}

/** What was wanted, in the version that was taken: as a lock has it. */
export function takenKey(wanted: Wanted, version: string): string {
  return wantedKey({ ...wanted, version } as Wanted);
}

/** What is wanted, in a word that is equal for what is the same. */
export function wantedKey(wanted: Wanted): string {
  const name = wanted.kind === 'chart' ? wanted.name : '';
  return JSON.stringify([wanted.kind, plainAddress(wanted.repository), name, wanted.version]);
}

/** What a `wantedKey` says is wanted. */
export function wantedOfKey(key: string): Wanted {
  const [kind, repository, name, version] = JSON.parse(key) as [Wanted['kind'], string, string, string];
  return { kind, repository, name, version } as Wanted;
}
