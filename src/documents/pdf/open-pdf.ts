/** Opens a PDF with pdf.js and gives the text of its pages. */
import { getResolvedPDFJS } from 'unpdf'
import { type FontFacts, fontFacts, plainFont } from './font-facts.ts'
import { type DrawnRun, pageText } from './page-runs.ts'
import type { PageText } from './page-text.ts'

export interface OpenPdf {
  pages: number
  /** As the file says; empty if it does not. */
  title: string
  /** From 1. @throws Error for a page that cannot be read, while others can. */
  page(number: number): Promise<PageText>
  /** Encodings, asked for so far, that no text can be had of. */
  unknownEncodings: ReadonlySet<string>
  close(): Promise<void>
}

/** Why a PDF does not open. */
export class PdfNotOpened extends Error {
  readonly refusal: 'locked' | 'wrong password' | 'damaged'

  constructor(refusal: PdfNotOpened['refusal'], cause: unknown) {
    super(String((cause as Error)?.message ?? cause), { cause })
    this.refusal = refusal
  }
}

/** What pdf.js remembers of each page is only forgotten with the document. */
const pagesBeforeReopening = 512

/** @throws PdfNotOpened */
export async function openPdf(bytes: Uint8Array, password?: string): Promise<OpenPdf> {
  const unknownEncodings = new Set<string>()
  let opened = await open(bytes, password, unknownEncodings)
  let pagesRead = 0
  const { info } = await opened.document.getMetadata().catch(() => ({ info: {} }))
  return {
    pages: opened.document.numPages,
    title: String((info as { Title?: unknown }).Title ?? ''),
    unknownEncodings,
    async page(number) {
      if (pagesRead++ === pagesBeforeReopening) {
        await opened.close()
        opened = await open(bytes, password, unknownEncodings)
        pagesRead = 1
      }
      return readPage(opened, number)
    },
    close: () => opened.close(),
  }
}

async function open(bytes: Uint8Array, password: string | undefined, unknownEncodings: Set<string>) {
  const { AnnotationMode, getDocument } = await getResolvedPDFJS()
  const task = getDocument({
    // It takes the memory over, so that the caller's would be gone.
    data: new Uint8Array(bytes),
    ...(password === undefined ? {} : { password }),
    verbosity: 0,
    // Images are never looked at: none is unpacked.
    maxImageSize: 1,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    useSystemFonts: true,
    useWorkerFetch: false,
    BinaryDataFactory: class {
      async fetch({ kind, filename }: { kind: string; filename: string }) {
        if (kind === 'cMapUrl') unknownEncodings.add(filename.replace(/\.bcmap$/, ''))
        throw new Error(`“${filename}” is not there.`)
      }
    },
  })
  const document = await task.promise.catch((cause: { name?: string; code?: number }) => {
    const locked = cause.name === 'PasswordException'
    throw new PdfNotOpened(!locked ? 'damaged' : cause.code === 2 ? 'wrong password' : 'locked', cause)
  })
  const fonts = new Map<string, FontFacts>()
  return { document, fonts, annotationMode: AnnotationMode.DISABLE, close: () => task.destroy() }
}

async function readPage(
  { document, fonts, annotationMode }: Awaited<ReturnType<typeof open>>,
  number: number,
): Promise<PageText> {
  const page = await document.getPage(number)
  const { items, styles } = await page.getTextContent({ includeMarkedContent: false })
  const drawn = items.filter(item => 'str' in item)
  // Only the page's drawing tells the names of its fonts, and is by far the dearer half: asked for new fonts alone.
  if (drawn.some(item => !fonts.has(item.fontName))) {
    await page.getOperatorList({ annotationMode })
    for (const id of Object.keys(styles)) {
      fonts.set(id, page.commonObjs.has(id) ? fontFacts(page.commonObjs.get(id)) : plainFont)
    }
  }
  const { width, height, transform } = page.getViewport({ scale: 1 })
  const runs = drawn.map((item): DrawnRun => ({ ...item, ...(fonts.get(item.fontName) ?? plainFont) }))
  page.cleanup()
  return pageText(runs, { width, height, transform: transform as number[] })
}
