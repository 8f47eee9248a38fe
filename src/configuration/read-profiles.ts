import type { Severity } from '../diagnostic/severity.ts';
import type { Document } from '../source/document.ts';
import { isMapping, itemsAt, type Path, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import type { Configuration, NamedProfile, OwnProfile, RuleSetting, ThirdParty } from './configuration.ts';
import { newIgnored } from './ignored-paths.ts';
import { spanOf } from './schema-diagnostics.ts';

/** Makes a path relative to the repository's root; `at` is where it was written. */
type ToRoot = (path: string, at: Path) => string;

/** What the configuration says of profiles: the one that applies, its own ones, and that of third parties. */
export function profileSettings(
  document: Document,
  toRoot: ToRoot,
): Pick<Configuration, 'profile' | 'profiles' | 'thirdParty'> {
  const own = keysAt(document, ['profiles']);
  return {
    ...profileNamed(document, ['profile']),
    profiles: new Map(own.map((name) => [name, readProfile(document, ['profiles', name], toRoot)])),
    thirdParty: thirdPartyOf(document),
  };
}

/** One profile: of the configuration at its path, or the whole document of a file. */
export function readProfile(document: Document, at: Path, toRoot: ToRoot): OwnProfile {
  const atMost = valueAt(document.value, [...at, 'atMost']);
  const names = itemsAt(document.value, [...at, 'extends']).map((name, index) => {
    const place = [...at, 'extends', index];
    return {
      name: isPath(valueText(name)) ? `./${toRoot(valueText(name), place)}` : valueText(name),
      span: spanOf(document, place, 'value'),
    };
  });
  return {
    extends: names,
    ...(typeof atMost === 'string' ? { atMost: atMost as Severity } : {}),
    rules: ruleSettings(document, [...at, 'rules']),
  };
}

/** Whether a profile is called by the path of its file. */
export function isPath(name: string): boolean {
  return name.startsWith('./') || name.startsWith('../');
}

/** Severity and parameters by rule. */
export function ruleSettings(document: Document, at: Path): Map<string, RuleSetting> {
  return new Map(
    keysAt(document, at).map((rule) => {
      const setting = valueAt(document.value, [...at, rule]);
      const severity = isMapping(setting) ? setting['severity'] : setting;
      const parameters = isMapping(setting) ? setting['parameters'] : undefined;
      return [
        rule,
        {
          span: spanOf(document, [...at, rule], 'key'),
          ...(typeof severity === 'string' ? { severity: severity as Severity | 'off' } : {}),
          ...(isMapping(parameters) ? { parameters } : {}),
        },
      ];
    }),
  );
}

function thirdPartyOf(document: Document): ThirdParty {
  const labels = keysAt(document, ['thirdParty', 'labels']);
  return {
    paths: itemsAt(document.value, ['thirdParty', 'paths']).map((pattern, index) =>
      newIgnored(valueText(pattern), spanOf(document, ['thirdParty', 'paths', index], 'value')),
    ),
    labels: Object.fromEntries(
      labels.map((name) => [name, valueText(valueAt(document.value, ['thirdParty', 'labels', name]))]),
    ),
    ...profileNamed(document, ['thirdParty', 'profile']),
  };
}

function profileNamed(document: Document, at: Path): { readonly profile?: NamedProfile } {
  const name = valueAt(document.value, at);
  return typeof name === 'string' ? { profile: { name, span: spanOf(document, at, 'value') } } : {};
}

function keysAt(document: Document, at: Path): string[] {
  const value = valueAt(document.value, at);
  return isMapping(value) ? Object.keys(value) : [];
}
