/** Texts that trip storage up: what a model may say, and databases and encodings find hard. */
export const strangeTexts: Record<string, string> = {
  'a NUL': 'before\u0000after',
  'an unpaired high surrogate': 'before\ud83dafter',
  'an unpaired low surrogate': '\udc00after',
  'characters beyond the first plane': '🌳 𝒢rove 🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  'other control characters': '\u0001\u001f\u007f\u0085\r\n\t\u2028\u2029\ufeff\uffff',
  'what looks like an escape': '\\u0000 \\x00 \\ud83d \\',
  'quotes of all kinds': `'"\`''"";--\u0027`,
  nothing: '',
}
