/** Texts within prompts: seen to be quoted, whatever they say. */

/**
 * A text as a JSON string. It stays on its line, and cannot close the tag it stands in: `</` is written `<\/`, which means the same
 * in JSON.
 */
export function quotedData(text: string): string {
  return JSON.stringify(text).replaceAll('</', '<\\/')
}
