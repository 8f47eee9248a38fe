import type { Configuration } from '../configuration/configuration.ts';
import { nearest } from '../configuration/nearest.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { type Span, startOf } from '../diagnostic/span.ts';
import type { Selection } from './apply-settings.ts';

/** Rules that the configuration or the command line names and that do not exist: a misspelled name must not look clean. */
export function unknownRules(
  known: readonly string[],
  { rules, exclusions }: Configuration,
  { only, skip }: Selection,
): Diagnostic[] {
  const names = new Set(known);
  const settings = [...rules].map(([rule, { span }]) => ({ rule, span }));
  const wanted = [...only, ...skip].map((rule) => ({
    rule,
    span: startOf({ path: 'command line', text: '' }),
  }));
  return [...wanted, ...settings, ...exclusions]
    .filter(({ rule }) => !names.has(rule))
    .map(({ rule, span }) => diagnosticOf(rule, span, nearest(rule, known)));
}

function diagnosticOf(rule: string, span: Span, close: string | undefined): Diagnostic {
  return {
    rule: 'rule-unknown',
    severity: 'error',
    message: `there is no rule "${rule}"`,
    help: close === undefined ? '`cdb-lint rules` lists them' : `did you mean "${close}"?`,
    span,
    related: [],
    unchecked: `rule ${rule}`,
  };
}

/** Parameters for rules that take none: whoever set them believes that they count. */
export function unreadParameters(
  known: readonly string[],
  taking: readonly string[],
  { rules }: Configuration,
): Diagnostic[] {
  return [...rules].flatMap(([rule, { parameters, span }]) => {
    if (parameters === undefined || !known.includes(rule) || taking.includes(rule)) return [];
    return [
      {
        rule: 'parameters-unread',
        severity: 'error',
        message: `${rule} takes no parameters`,
        help:
          taking.length === 0
            ? 'remove them'
            : `the rules with parameters are ${[...taking].sort().join(', ')}`,
        span,
        related: [],
      },
    ];
  });
}
