/** Items by their keys, in the order that they were given in. */
export function grouped<Item, Key>(
  items: Iterable<Item>,
  keyFor: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) addTo(groups, keyFor(item), item);
  return groups;
}

/** Adds an item to the group of its key. */
export function addTo<Item, Key>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
  const known = groups.get(key);
  if (known === undefined) groups.set(key, [item]);
  else known.push(item);
}
