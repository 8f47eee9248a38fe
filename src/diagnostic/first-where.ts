/**
 * The index of the first item of which something is true, by halving; the length if it is true of none. The items must
 * be in an order in which it is true of all items after the first one.
 */
export function firstWhere<Item>(items: readonly Item[], isTrue: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isTrue(items[middle] as Item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
