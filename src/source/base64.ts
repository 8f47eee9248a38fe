/** Base64 as kyaml writes it (yaml/datamap.go): from 70 characters on in lines of 70, each with its line break. */
export function encodeBase64(content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const text = encode(bytes);
  return text.length < lineLength ? text : text.replace(/.{1,70}/g, '$&\n');
}

const lineLength = 70;

function encode(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += chunk) {
    binary += String.fromCharCode(...bytes.subarray(start, start + chunk));
  }
  return btoa(binary);
}

// As many arguments as every engine takes.
const chunk = 8192;
