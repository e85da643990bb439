/** Whether a character hangs on the one before it, so that taking that one away would leave it stray. */

const hanging = /^(?:[\p{M}\p{Emoji_Modifier}]|\u200c|\u200d)/u

/** Combining marks, joiners, variation selectors, skin tones. */
export function markAt(text: string, at: number): boolean {
  // Below U+0300 there is none; past the end the code is NaN.
  return text.charCodeAt(at) >= 0x300 && hanging.test(text.slice(at, at + 2))
}
