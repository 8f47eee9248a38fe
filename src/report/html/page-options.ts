import type { RuleUrl } from '../docs-url.ts';
import type { PlaceUrl } from '../finding/place-url.ts';
import type { EarlierRun } from '../trend.ts';

/** What a page is of. */
export interface PageFacts {
  readonly repository?: string;
  readonly commit?: string;
  readonly branch?: string;
  /** As 2026-11-29 17:05 UTC. */
  readonly date?: string;
  readonly version?: string;
  /** The file of the configuration. */
  readonly configuration?: string;
}

/** What a page says beside the report. */
export interface PageOptions {
  readonly facts?: PageFacts;
  /** Where places can be read at the commit. */
  readonly urlOf?: PlaceUrl;
  /** Where the pages of rules are. */
  readonly ruleUrl?: RuleUrl;
  /** Runs before this one, the oldest first. */
  readonly earlier?: readonly EarlierRun[];
  /** Who owns a file, as CODEOWNERS says. */
  readonly ownersOf?: (path: string) => readonly string[];
}
