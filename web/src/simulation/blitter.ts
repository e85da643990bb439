/** Copies thousands of shapes into pixels: where there are so many, asking the canvas for each would take most of a frame. */
import type { Sprite } from './sprites.ts'

interface Pixels {
  side: number
  /** Of the sprite’s whole image. */
  width: number
  words: Uint32Array
}

/** Alpha is the highest byte of a pixel: processors that browsers run on are little-endian. */
const opaque = 255

export class Blitter {
  readonly #sheet = document.createElement('canvas')
  readonly #pen = this.#sheet.getContext('2d', { willReadFrequently: true })!
  readonly #pixels = new WeakMap<Sprite, Pixels>()
  #image = new ImageData(1, 1)
  #words = new Uint32Array(1)

  begin(width: number, height: number): void {
    if (this.#image.width !== width || this.#image.height !== height) {
      this.#sheet.width = width
      this.#sheet.height = height
      this.#image = new ImageData(width, height)
      this.#words = new Uint32Array(this.#image.data.buffer)
    } else this.#words.fill(0)
  }

  /** @param left of the copy on the sheet, in pixels @param copy which of the images side by side */
  put(sprite: Sprite, left: number, top: number, copy: number): void {
    const { side, width, words } = this.#pixels.get(sprite) ?? this.#read(sprite)
    const sheet = this.#words
    const across = this.#image.width
    const firstX = left < 0 ? -left : 0
    const lastX = Math.min(side, across - left)
    const lastY = Math.min(side, this.#image.height - top)
    for (let y = top < 0 ? -top : 0; y < lastY; y++) {
      let from = y * width + copy * side + firstX
      let to = (top + y) * across + left + firstX
      for (let x = firstX; x < lastX; x++, from++, to++) {
        const word = words[from]!
        const alpha = word >>> 24
        if (alpha === 0) continue
        sheet[to] = alpha === opaque || sheet[to] === 0 ? word : over(word, alpha, sheet[to]!)
      }
    }
  }

  /** What was put, to be drawn on the canvas. */
  end(): HTMLCanvasElement {
    this.#pen.putImageData(this.#image, 0, 0)
    return this.#sheet
  }

  #read(sprite: Sprite): Pixels {
    const { image, side } = sprite
    const { data } = image.getContext('2d')!.getImageData(0, 0, image.width, image.height)
    const pixels = { side, width: image.width, words: new Uint32Array(data.buffer) }
    this.#pixels.set(sprite, pixels)
    return pixels
  }
}

/** One pixel over another, each colour mixed by the upper one’s alpha. */
function over(upper: number, alpha: number, lower: number): number {
  const rest = 255 - alpha
  const red = ((upper & 255) * alpha + (lower & 255) * rest) >> 8
  const green = (((upper >>> 8) & 255) * alpha + ((lower >>> 8) & 255) * rest) >> 8
  const blue = (((upper >>> 16) & 255) * alpha + ((lower >>> 16) & 255) * rest) >> 8
  const together = alpha + (((lower >>> 24) * rest) >> 8)
  return ((together << 24) | (blue << 16) | (green << 8) | red) >>> 0
}
