/** Writes small PDFs for tests: texts at their places, raw content where more is needed, a password if wanted. */
import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'

const faces = { regular: 'Helvetica', bold: 'Helvetica-Bold', italic: 'Helvetica-Oblique', mono: 'Courier' }

/** Latin letters only. Places in points, the baseline from the upper left corner of the page. */
export interface PdfText {
  text: string
  x: number
  y: number
  /** Default: 10. */
  size?: number
  face?: keyof typeof faces
}

export interface PdfPage {
  texts?: PdfText[]
  /** Operators drawn after the texts. */
  content?: string
  /** Objects by the names that the content has for them. */
  forms?: Record<string, PdfStream>
}

export interface PdfStream {
  dictionary: string
  data: Uint8Array
}

interface PdfOptions {
  title?: string
  /** Asked for to open it; encrypted with 40-bit RC4, the standard security handler's revision 2. */
  password?: string
}

const width = 612
const height = 792

export function pdfFile(pages: readonly PdfPage[], { title, password }: PdfOptions = {}): Uint8Array {
  const fonts = Object.values(faces).map(
    (name, i) => `/F${i} << /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`,
  )
  const objects: (string | PdfStream)[] = ['<< /Type /Catalog /Pages 2 0 R >>', '']
  const kids: number[] = []
  for (const { texts = [], content = '', forms = {} } of pages) {
    const xObjects = Object.entries(forms).map(([name, form]) => `/${name} ${objects.push(form)} 0 R`)
    const data = Buffer.from(`${texts.map(textOperators).join('\n')}\n${content}`, 'latin1')
    const drawing = objects.push(compressed(data))
    const resources = `<< /Font << ${fonts.join(' ')} >> /XObject << ${xObjects.join(' ')} >> >>`
    kids.push(
      objects.push(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents ${drawing} 0 R /Resources ${resources} >>`,
      ),
    )
  }
  objects[1] = `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map(kid => `${kid} 0 R`).join(' ')}] >>`
  const lock = password === undefined ? undefined : lockWith(password)
  const info = title === undefined || lock ? '' : ` /Info ${objects.push(`<< /Title ${quoted(title)} >>`)} 0 R`
  const encryption = lock ? ` /Encrypt ${objects.push(lock.dictionary)} 0 R /ID [<${fileId}> <${fileId}>]` : ''
  return written(objects, `/Root 1 0 R${info}${encryption}`, lock?.encrypt)
}

/** A stream, packed so many times over. */
export function compressed(data: Uint8Array, times = 1, dictionary = ''): PdfStream {
  let packed = data
  for (let i = 0; i < times; i++) packed = deflateSync(packed)
  return { dictionary: `${dictionary} /Filter [${'/FlateDecode '.repeat(times)}]`, data: packed }
}

/** Objects numbered from 1, the catalog first, with their table. */
export function written(
  objects: readonly (string | PdfStream)[],
  trailer = '/Root 1 0 R',
  encrypt = (data: Uint8Array, _object: number) => data,
): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')]
  const offsets: number[] = []
  let length = parts[0]!.length
  const add = (text: string | Uint8Array) => {
    const part = Buffer.from(text as string, 'latin1')
    parts.push(part)
    length += part.length
  }
  for (const [i, object] of objects.entries()) {
    offsets.push(length)
    add(`${i + 1} 0 obj\n`)
    if (typeof object === 'string') add(object)
    else {
      add(`<< ${object.dictionary} /Length ${object.data.length} >>\nstream\n`)
      add(encrypt(object.data, i + 1))
      add('\nendstream')
    }
    add('\nendobj\n')
  }
  const table = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const start = length
  add(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`)
  add(`trailer\n<< /Size ${objects.length + 1} ${trailer} >>\nstartxref\n${start}\n%%EOF\n`)
  return new Uint8Array(Buffer.concat(parts))
}

function textOperators({ text, x, y, size = 10, face = 'regular' }: PdfText): string {
  return `BT /F${Object.keys(faces).indexOf(face)} ${size} Tf 1 0 0 1 ${x} ${height - y} Tm ${quoted(text)} Tj ET`
}

function quoted(text: string): string {
  return `(${text.replace(/[\\()]/g, '\\$&')})`
}

const fileId = '00112233445566778899aabbccddeeff'
const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex')

/** As ISO 32000-1, 7.6.3, has it for revision 2: keys of five bytes. */
function lockWith(password: string): { dictionary: string; encrypt: (data: Uint8Array, object: number) => Uint8Array } {
  const padded = Buffer.concat([Buffer.from(password, 'latin1'), padding]).subarray(0, 32)
  const permissions = Buffer.from([0xfc, 0xff, 0xff, 0xff])
  const owner = rc4(md5(padded).subarray(0, 5), padded)
  const key = md5(Buffer.concat([padded, owner, permissions, Buffer.from(fileId, 'hex')])).subarray(0, 5)
  const user = rc4(key, padding)
  return {
    dictionary: `<< /Filter /Standard /V 1 /R 2 /O <${hex(owner)}> /U <${hex(user)}> /P -4 >>`,
    encrypt: (data, object) => {
      const numbered = Buffer.from([object & 255, (object >> 8) & 255, (object >> 16) & 255, 0, 0])
      return rc4(md5(Buffer.concat([key, numbered])).subarray(0, 10), data)
    },
  }
}

function md5(data: Uint8Array): Buffer {
  return createHash('md5').update(data).digest()
}

function hex(data: Uint8Array): string {
  return Buffer.from(data).toString('hex')
}

function rc4(key: Uint8Array, data: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i)
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + state[i]! + key[i % key.length]!) & 255
    ;[state[i], state[j]] = [state[j]!, state[i]!]
  }
  let i = 0
  let j = 0
  return Uint8Array.from(data, byte => {
    i = (i + 1) & 255
    j = (j + state[i]!) & 255
    ;[state[i], state[j]] = [state[j]!, state[i]!]
    return byte ^ state[(state[i]! + state[j]!) & 255]!
  })
}
