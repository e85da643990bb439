/** What the styles of Word, LibreOffice and Pandoc mean beyond those that mammoth knows. */

const paragraphs = ['Code', 'Code Block', 'Source Code', 'HTML Preformatted', 'Preformatted Text', 'Preformatted']
const words = [
  'Code',
  'Code Char',
  'Inline Code',
  'Verbatim Char',
  'HTML Code',
  'HTML Typewriter',
  'Source Text',
  'Teletype',
]
const quotations = ['Quote', 'Intense Quote', 'Block Text', 'Quotations']

export const styleMap: string[] = [
  ...paragraphs.map(style => `p[style-name='${style}'] => pre:separator('\\n')`),
  ...words.map(style => `r[style-name='${style}'] => code`),
  ...quotations.map(style => `p[style-name='${style}'] => blockquote > p:fresh`),
  "p[style-name='Title'] => h1:fresh",
]
