/** What a font looks like, by its name. */

export interface FontFacts {
  bold: boolean
  italic: boolean
  mono: boolean
}

export const plainFont: FontFacts = { bold: false, italic: false, mono: false }

/** As foundries name them: the flags of embedded fonts are mostly unset. */
export function fontFacts({ name = '', bold, italic }: { name?: string; bold?: boolean; italic?: boolean }): FontFacts {
  return {
    bold: bold || /bold|black|heavy|semibold|demi(?!-?it)|CMBX/i.test(name),
    italic: italic || /italic|oblique|-ital?\b|CMTI|CMMI|-Slant/i.test(name),
    mono: /mono(?!type)|courier|consol|menlo|typewriter|sourcecode|nimbusmon|CMTT|LMTT|SFTT/i.test(name),
  }
}
