/** Opens a PDF with pdf.js and gives the text of its pages. */
import { getResolvedPDFJS } from 'unpdf'
import { type DrawnRun, pageText } from './page-runs.ts'
import type { PageText } from './page-text.ts'

export interface OpenPdf {
  pages: number
  /** As the file says; empty if it does not. */
  title: string
  /** From 1. @throws Error for a page that cannot be read, while others can. */
  page(number: number): Promise<PageText>
  close(): Promise<void>
}

export type PdfRefusal = 'locked' | 'wrong password' | 'damaged'

/** Why a PDF does not open. */
export class PdfNotOpened extends Error {
  readonly refusal: PdfRefusal

  constructor(refusal: PdfRefusal, cause: unknown) {
    super(String((cause as Error)?.message ?? cause), { cause })
    this.refusal = refusal
  }
}

/** @throws PdfNotOpened */
export async function openPdf(bytes: Uint8Array, password?: string): Promise<OpenPdf> {
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
    disableFontFace: false,
    useSystemFonts: true,
  })
  const document = await task.promise.catch((cause: { name?: string; code?: number }) => {
    const locked = cause.name === 'PasswordException'
    throw new PdfNotOpened(!locked ? 'damaged' : cause.code === 2 ? 'wrong password' : 'locked', cause)
  })
  const { info } = await document.getMetadata().catch(() => ({ info: {} }))
  const fonts = new Map<string, FontFacts>()
  return {
    pages: document.numPages,
    title: String((info as { Title?: unknown }).Title ?? ''),
    async page(number) {
      const page = await document.getPage(number)
      const { items, styles } = await page.getTextContent({ includeMarkedContent: false })
      const drawn = items.filter(item => 'str' in item)
      // Only the page's drawing tells the names of its fonts, and is by far the dearer half: asked for new fonts alone.
      if (drawn.some(item => !fonts.has(item.fontName))) {
        await page.getOperatorList({ annotationMode: AnnotationMode.DISABLE })
        for (const id of Object.keys(styles)) {
          fonts.set(id, page.commonObjs.has(id) ? fontFacts(page.commonObjs.get(id)) : plain)
        }
      }
      const { width, height, transform } = page.getViewport({ scale: 1 })
      const runs = drawn.map((item): DrawnRun => ({ ...item, ...(fonts.get(item.fontName) ?? plain) }))
      page.cleanup()
      return pageText(runs, { width, height, transform: transform as number[] })
    },
    close: () => task.destroy(),
  }
}

interface FontFacts {
  bold: boolean
  italic: boolean
  mono: boolean
}

const plain: FontFacts = { bold: false, italic: false, mono: false }

/** By its name, as foundries have it: the flags of embedded fonts are mostly unset. */
function fontFacts({ name = '', bold, italic }: { name?: string; bold?: boolean; italic?: boolean }): FontFacts {
  return {
    bold: bold || /bold|black|heavy|semibold|demi(?!-?it)|CMBX/i.test(name),
    italic: italic || /italic|oblique|-ital?\b|CMTI|CMMI|-Slant/i.test(name),
    mono: /mono(?!type)|courier|consol|menlo|typewriter|sourcecode|nimbusmon|CMTT|LMTT|SFTT/i.test(name),
  }
}
