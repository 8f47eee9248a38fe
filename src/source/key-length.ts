// Of a key in JSON, with its quotes (yaml_simple_key_is_valid of go-yaml).
const longestKey = 1024;

/** Whether kustomize and Argo CD, which write an object as Go's JSON and read that as YAML, cannot read a key again. */
export function isKeyTooLong(name: string): boolean {
  // No character of a key is written with more than six.
  if (name.length <= (longestKey - 2) / 6) return false;
  const written = JSON.stringify(name).replaceAll(/[<>&\u2028\u2029]/gu, '\\u0000');
  return [...written].length > longestKey;
}

export const longKeyWords = {
  message: 'a key of more than 1024 characters, which Argo CD and kustomize cannot read again',
  help: 'write a shorter key',
};
