import { matchesPairs } from '../../object/label-match.ts';
import { type Mapping, newMapping } from '../../source/value.ts';
import { type Check, invalid, notSupported, required, supported, tooLong, within } from './check.ts';
import { entryText, flag, has, numeric, optionalText, struct, structs, text } from './fields.ts';
import { validatePodFailurePolicy, validateSuccessPolicy } from './job-policies.ts';
import { isUsableSelector, validateLabelSelector } from './label-selector.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Label, dns1123Subdomain, domainPrefixedPath } from './names.ts';
import { nonNegative } from './numbers.ts';
import { reportMismatch, validatePodTemplate } from './pod-template.ts';

const counts = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
];
const nameLabels = ['job-name', 'batch.kubernetes.io/job-name'];
const uidLabels = ['controller-uid', 'batch.kubernetes.io/controller-uid'];
const indexedLimit = 100_000;
const manyCompletionsLimit = 10_000;
const maxManagedBy = 63;
const maxLabel = 63;

export function validateJob(job: Mapping, check: Check): void {
  validateMetadata(job, check, { namespaced: true, name: dns1123Subdomain });
  const spec = struct(job, 'spec') ?? newMapping();
  // With neither count the API server runs one pod.
  const completions = numeric(spec, 'completions') ?? (has(spec, 'parallelism') ? undefined : 1);
  check.path.push('spec');
  validateJobSpec(spec, check, completions);
  validateJobSelector(job, spec, check);
  check.path.pop();
  const name = text(struct(job, 'metadata'), 'name');
  if (name.length > maxLabel && flag(spec, 'manualSelector') !== true)
    invalid(
      check,
      ['metadata', 'name'],
      name,
      `must have at most ${maxLabel} characters, because it becomes a label of the pods`,
    );
  if (
    text(spec, 'completionMode') === 'Indexed' &&
    completions !== undefined &&
    completions > 0 &&
    name !== ''
  ) {
    const hostname = `${name}-${completions - 1}`;
    if (dns1123Label(hostname) !== undefined)
      invalid(
        check,
        ['metadata', 'name'],
        name,
        `the last pod could not have "${hostname}" as its host name`,
        'choose a shorter name',
      );
  }
}

/** Checks the spec of a Job, or of a CronJob's template, that the path stands at. */
export function validateJobSpec(spec: Mapping, check: Check, completions: number | undefined): void {
  for (const key of counts) nonNegative(check, spec, key);
  if (has(spec, 'maxFailedIndexes') && !has(spec, 'backoffLimitPerIndex'))
    required(check, 'backoffLimitPerIndex', 'must be set with maxFailedIndexes');
  const managedBy = check.minor >= 32 ? optionalText(spec, 'managedBy') : undefined;
  if (managedBy === '') required(check, 'managedBy');
  else if (managedBy !== undefined) checkText(check, 'managedBy', managedBy, domainPrefixedPath);
  if ((managedBy ?? '').length > maxManagedBy) tooLong(check, 'managedBy', maxManagedBy);
  validateCompletionMode(spec, check, completions);
  within(check, spec, 'podFailurePolicy', (policy) => validatePodFailurePolicy(policy, check, spec));
  if (check.minor >= 31)
    within(check, spec, 'successPolicy', (policy) => {
      if (text(spec, 'completionMode') === 'Indexed') validateSuccessPolicy(policy, check, completions ?? 0);
      else invalid(check, [], policy, 'needs completionMode: Indexed');
    });
  supported(
    check,
    'podReplacementPolicy',
    optionalText(spec, 'podReplacementPolicy'),
    has(spec, 'podFailurePolicy') ? ['Failed'] : ['Failed', 'TerminatingOrFailed'],
  );
  validatePodTemplate(spec, check);
  validateRestartPolicy(spec, check);
}

function validateCompletionMode(spec: Mapping, check: Check, completions: number | undefined): void {
  const mode = optionalText(spec, 'completionMode') ?? 'NonIndexed';
  supported(check, 'completionMode', mode, ['NonIndexed', 'Indexed']);
  if (mode === 'NonIndexed')
    for (const key of ['backoffLimitPerIndex', 'maxFailedIndexes'])
      if (has(spec, key)) invalid(check, key, spec[key], 'needs completionMode: Indexed');
  if (mode === 'Indexed') validateIndexed(spec, check, completions);
}

function validateIndexed(spec: Mapping, check: Check, completions: number | undefined): void {
  const parallelism = numeric(spec, 'parallelism') ?? 0;
  const maxFailed = numeric(spec, 'maxFailedIndexes');
  if (completions === undefined) required(check, 'completions', 'must be set with completionMode Indexed');
  if (parallelism > indexedLimit)
    invalid(check, 'parallelism', parallelism, `must be at most ${indexedLimit} with completionMode Indexed`);
  if (maxFailed !== undefined && (maxFailed > (completions ?? maxFailed) || maxFailed > indexedLimit))
    invalid(check, 'maxFailedIndexes', maxFailed, `must not exceed completions or ${indexedLimit}`);
  if ((completions ?? 0) <= indexedLimit || !has(spec, 'backoffLimitPerIndex')) return;
  if (maxFailed === undefined)
    required(check, 'maxFailedIndexes', `must be set with more than ${indexedLimit} completions`);
  for (const key of ['parallelism', 'maxFailedIndexes'])
    if ((numeric(spec, key) ?? 0) > manyCompletionsLimit)
      invalid(
        check,
        key,
        spec[key],
        `must be at most ${manyCompletionsLimit} with more than ${indexedLimit} completions`,
      );
}

function validateRestartPolicy(spec: Mapping, check: Check): void {
  const at = ['template', 'spec', 'restartPolicy'];
  const policy = text(struct(struct(spec, 'template'), 'spec'), 'restartPolicy');
  if (policy === '' || policy === 'Always') required(check, at, 'must be OnFailure or Never in a Job');
  else if (policy !== 'OnFailure' && policy !== 'Never')
    notSupported(check, at, policy, ['OnFailure', 'Never']);
  else if (has(spec, 'podFailurePolicy') && policy !== 'Never')
    invalid(check, at, policy, 'must be Never with podFailurePolicy', 'write Never');
}

/** Without manualSelector the API server makes selector and labels itself, and refuses others in their place. */
function validateJobSelector(job: Mapping, spec: Mapping, check: Check): void {
  const selector = struct(spec, 'selector');
  validateLabelSelector(spec, 'selector', check);
  if (flag(spec, 'manualSelector') === true) {
    if (selector === undefined) required(check, 'selector', 'must be set with manualSelector');
    else if (isUsableSelector(selector)) reportMismatch(spec, selector, check);
    return;
  }
  const name = text(struct(job, 'metadata'), 'name');
  const labels = struct(struct(struct(spec, 'template'), 'metadata'), 'labels');
  for (const key of uidLabels)
    if (has(labels, key))
      invalid(
        check,
        ['template', 'metadata', 'labels', key],
        entryText(labels?.[key]),
        'is set by the API server',
        'remove it',
      );
  for (const key of nameLabels)
    if (has(labels, key) && text(labels, key) !== name)
      invalid(
        check,
        ['template', 'metadata', 'labels', key],
        text(labels, key),
        'must be the name of the Job',
        `write "${name}", or remove it`,
      );
  reportOwnSelector(selector, name, check);
}

function reportOwnSelector(selector: Mapping | undefined, name: string, check: Check): void {
  if (selector === undefined) return;
  const generated = newMapping();
  for (const key of nameLabels) generated[key] = name;
  const isGenerated =
    matchesPairs(struct(selector, 'matchLabels'), generated) &&
    structs(selector, 'matchExpressions').length === 0;
  if (!isGenerated)
    invalid(
      check,
      'selector',
      selector,
      'is generated by the API server unless manualSelector is true',
      'remove it',
    );
}
