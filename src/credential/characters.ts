/** Letters, digits and `_`: what a word of a program is made of. */
export function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
  );
}

/** What the name of a variable, an option or a property is made of. */
export function isNameCode(code: number): boolean {
  return isWordCode(code) || code === 45 || code === 46;
}

export function isBlankCode(code: number): boolean {
  return code === 32 || code === 9;
}
