/** Whether a test holds for one of them; what comes after that one is not made. */
export function someOf<Item>(items: Iterable<Item>, holds: (item: Item) => boolean): boolean {
  for (const item of items) if (holds(item)) return true;
  return false;
}
