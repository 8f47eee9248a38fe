import { parseQuantity, type Quantity } from '../../object/quantity.ts';
import { isMapping, type Mapping, type MutableMapping, newMapping, type Value } from '../../source/value.ts';
import { quantityText } from './canonical-quantity.ts';
import { children } from './draft.ts';

type Amounts = Map<string, Quantity>;

/**
 * What all containers of a Pod ask for together, `k8s.io/component-helpers/resource` AggregateContainerRequests of 0.36: the
 * running ones and the sidecars in sum, or one init container with the sidecars started before it, whichever is more.
 */
export function aggregateRequests(spec: MutableMapping, list: 'requests' | 'limits'): Mapping {
  const total: Amounts = new Map();
  for (const container of children(spec, 'containers')) addTo(total, amountsOf(container, list));
  const sidecars: Amounts = new Map();
  const peak: Amounts = new Map();
  for (const container of children(spec, 'initContainers')) {
    const own = amountsOf(container, list);
    if (container['restartPolicy'] === 'Always') {
      addTo(total, own);
      addTo(sidecars, own);
      raise(peak, sidecars);
    } else {
      addTo(own, sidecars);
      raise(peak, own);
    }
  }
  raise(total, peak);
  const texts = newMapping();
  for (const [name, quantity] of total) texts[name] = quantityText(quantity);
  return texts;
}

function amountsOf(container: Mapping, list: string): Amounts {
  const resources = container['resources'];
  const amounts: Value | undefined = isMapping(resources) ? resources[list] : undefined;
  const found: Amounts = new Map();
  if (!isMapping(amounts)) return found;
  for (const name of Object.keys(amounts)) {
    const quantity = parseQuantity(amounts[name]);
    if (quantity !== undefined) found.set(name, quantity);
  }
  return found;
}

function addTo(total: Amounts, more: Amounts): void {
  for (const [name, { nanos, format }] of more) {
    const known = total.get(name);
    total.set(name, known === undefined ? { nanos, format } : { ...known, nanos: known.nanos + nanos });
  }
}

function raise(total: Amounts, other: Amounts): void {
  for (const [name, quantity] of other) {
    const known = total.get(name);
    if (known === undefined || quantity.nanos > known.nanos) total.set(name, quantity);
  }
}
