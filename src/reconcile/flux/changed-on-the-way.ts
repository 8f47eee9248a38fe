import { textAt } from '../../object/object-field.ts';
import { groupVersionKind } from '../../object/resource.ts';
import type { Sources } from '../../source/load.ts';
import { isMapping, isSequence, itemsAt, type Mapping, type Value } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';

const group = 'kustomize.toolkit.fluxcd.io';
const webhook = 'kustomize-mutating-webhook';

/**
 * Whether something in the cluster changes Flux Kustomizations as they are admitted, with variables for instance: a webhook or policy for
 * their group, a policy of Kyverno for their kind, or the chart of the webhook that is made for it.
 */
export function changesKustomizations(sources: Sources, files: readonly string[]): boolean {
  return files.some((file) => {
    const text = sources.file(file)?.text ?? '';
    const isMentioned =
      /mutat/iu.test(text) && [group, webhook, 'kyverno.io'].some((word) => text.includes(word));
    return (
      isMentioned &&
      sources.load(file, 'api-server').documents.some(({ value }) => isMapping(value) && isChanging(value))
    );
  });
}

function isChanging(object: Mapping): boolean {
  const { kind } = groupVersionKind(object);
  if (kind === 'MutatingWebhookConfiguration')
    return itemsAt(object, ['webhooks']).some((one) => itemsAt(one, ['rules']).some(isForGroup));
  if (kind === 'MutatingAdmissionPolicy')
    return itemsAt(object, ['spec', 'matchConstraints', 'resourceRules']).some(isForGroup);
  return isOfKyverno(object) || isWebhookChart(object);
}

function isForGroup(rule: Value): boolean {
  return itemsAt(rule, ['apiGroups']).includes(group);
}

function isOfKyverno(object: Mapping): boolean {
  if (groupVersionKind(object).group !== 'kyverno.io') return false;
  return itemsAt(object, ['spec', 'rules']).some(
    (rule) => isMapping(rule) && rule['mutate'] !== undefined && namesKind(rule['match'], 0),
  );
}

/** Whether `kinds` somewhere below name Kustomizations of Flux, as `Kustomization`, or with its group and version before it. */
function namesKind(value: Value | undefined, depth: number): boolean {
  if (depth > 6) return false;
  if (isSequence(value)) return value.some((item) => namesKind(item, depth + 1));
  if (!isMapping(value)) return false;
  const { kinds } = value;
  const isNamed = isSequence(kinds) && kinds.some((kind) => /(?:^|\/)Kustomization$/u.test(valueText(kind)));
  return isNamed || Object.values(value).some((part) => namesKind(part, depth + 1));
}

/** The webhook that puts variables into every Kustomization (xunholy/fluxcd-kustomize-mutating-webhook). */
function isWebhookChart(object: Mapping): boolean {
  return [
    textAt(object, 'spec', 'chart', 'spec', 'chart'),
    textAt(object, 'spec', 'url'),
    textAt(object, 'spec', 'source', 'chart'),
  ].some((text) => text?.split('/').at(-1) === webhook);
}
