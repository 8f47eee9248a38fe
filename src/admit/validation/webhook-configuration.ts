import type { Mapping } from '../../source/value.ts';
import { admissionNames } from '../policy/request-type.ts';
import { validateMatchConditions, validateRule } from './admission-rules.ts';
import { type Check, duplicate, each, invalid, required, requireOneOf, supported } from './check.ts';
import { validateExpression } from './expressions.ts';
import { optionalText, text, texts } from './fields.ts';
import { validateLabelSelector } from './label-selector.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1035Label, dns1123Subdomain } from './names.ts';
import { inRange } from './numbers.ts';
import { validateWebhookClient } from './webhook-client.ts';

const maxTimeout = 30;

/** Checks a ValidatingWebhookConfiguration or a MutatingWebhookConfiguration. */
export function validateWebhookConfiguration(configuration: Mapping, check: Check): void {
  validateMetadata(configuration, check, { namespaced: false, name: dns1123Subdomain, anyFinalizer: true });
  const names = new Set<string>();
  each(check, configuration, 'webhooks', (webhook) => {
    const name = text(webhook, 'name');
    if (name === '') required(check, 'name');
    else {
      checkText(check, 'name', name, webhookName);
      if (names.has(name)) duplicate(check, 'name', name);
    }
    names.add(name);
    validateWebhook(webhook, check);
  });
}

/** Checks the versions of the review that a webhook speaks: `v1` or `v1beta1` must be among them. */
export function validateReviewVersions(parent: Mapping | undefined, key: string, check: Check): void {
  const versions = texts(parent, key);
  if (versions.length === 0) required(check, key, 'must have v1', 'write [v1]');
  versions.forEach((version, index) => {
    if (versions.indexOf(version) < index) invalid(check, [key, index], version, 'is duplicated here');
    else checkText(check, [key, index], version, dns1035Label);
  });
  if (versions.length > 0 && !versions.includes('v1') && !versions.includes('v1beta1'))
    invalid(check, key, versions, 'must have v1 or v1beta1');
}

function validateWebhook(webhook: Mapping, check: Check): void {
  each(check, webhook, 'rules', validateRule);
  supported(check, 'failurePolicy', optionalText(webhook, 'failurePolicy'), ['Fail', 'Ignore']);
  supported(check, 'matchPolicy', optionalText(webhook, 'matchPolicy'), ['Equivalent', 'Exact']);
  supported(check, 'reinvocationPolicy', optionalText(webhook, 'reinvocationPolicy'), ['IfNeeded', 'Never']);
  requireOneOf(check, 'sideEffects', text(webhook, 'sideEffects'), ['None', 'NoneOnDryRun']);
  inRange(check, webhook, 'timeoutSeconds', 1, maxTimeout);
  validateLabelSelector(webhook, 'namespaceSelector', check);
  validateLabelSelector(webhook, 'objectSelector', check);
  validateWebhookClient(webhook, 'clientConfig', check);
  validateReviewVersions(webhook, 'admissionReviewVersions', check);
  validateMatchConditions(webhook, check, (expression, _, at) =>
    validateExpression(expression, check, at, {
      names: admissionNames({ hasParams: false }),
      result: 'bool',
      kubernetesMinor: check.minor,
    }),
  );
}

function webhookName(name: string): string | undefined {
  return (
    dns1123Subdomain(name) ??
    (name.split('.').length < 3
      ? 'must be a domain of at least three segments, such as check.example.com'
      : undefined)
  );
}
