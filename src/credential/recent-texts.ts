/** Finds something out once for texts that come again and again; where they are too much, all are forgotten and read again. */
export function recentTexts<Found>(
  find: (text: string) => Found,
  mostCharacters: number,
): (text: string) => Found {
  let remembered = 0;
  const recent = new Map<string, Found>();
  return (text) => {
    const known = recent.get(text);
    if (known !== undefined || recent.has(text)) return known as Found;
    const found = find(text);
    remembered += text.length;
    if (remembered > mostCharacters) {
      recent.clear();
      remembered = text.length;
    }
    recent.set(text, found);
    return found;
  };
}
