/** Paints pictures of a model on a canvas. */
import type { AgentsLayer, CellsLayer, Frame, LinksLayer } from '../../../src/simulations/watch/frame.ts'
import type { AgentChoice } from '../../../src/simulations/watch/watched-run.ts'
import { Blitter } from './blitter.ts'
import { arrowDirections, Sprites } from './sprites.ts'
import type { Positions } from './tween.ts'

const inks = {
  light: { ground: '#f8f9fa', text: '#212529', outline: 'rgb(33 37 41 / 40%)', ring: '#e8590c', halo: '#ffffff' },
  dark: { ground: '#1b1c1e', text: '#f1f3f5', outline: 'rgb(255 255 255 / 35%)', ring: '#ff922b', halo: '#000000' },
}
/** Fewer are drawn by the canvas, which also places them between pixels: slow ones do not jerk. */
const mostDrawn = 1500
const labelPixels = 11

export interface Look {
  scheme: 'light' | 'dark'
  /** Pixels of the canvas for one of CSS. */
  density: number
  chosen: AgentChoice | undefined
}

export class Painter {
  readonly #canvas: HTMLCanvasElement
  readonly #pen: CanvasRenderingContext2D
  readonly #sprites = new Sprites()
  readonly #blitter = new Blitter()
  readonly #cells = document.createElement('canvas')
  #cellPixels: ImageData | undefined
  readonly #palettes = new Map<string, Uint32Array>()
  #width = 0

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas
    this.#pen = canvas.getContext('2d', { alpha: false })!
  }

  paint(frame: Frame, positions: Positions, look: Look): void {
    const { width, height } = this.#canvas
    // Shapes of another size are not needed again.
    if (width !== this.#width) this.#sprites.clear()
    this.#width = width
    this.#pen.fillStyle = inks[look.scheme].ground
    this.#pen.fillRect(0, 0, width, height)
    for (const layer of frame) {
      if (layer.mark === 'cells') this.#paintCells(layer)
      else if (layer.mark === 'links') this.#paintLinks(layer, look)
      else this.#paintAgents(layer, positions.get(layer) ?? layer, look)
    }
  }

  #paintCells(layer: CellsLayer): void {
    if (layer.hexagonal) {
      this.#paintHexagons(layer)
      return
    }
    const { columns, rows, cells, colours } = layer
    if (this.#cellPixels?.width !== columns || this.#cellPixels.height !== rows) {
      this.#cells.width = columns
      this.#cells.height = rows
      this.#cellPixels = new ImageData(columns, rows)
    }
    const pixels = new Uint32Array(this.#cellPixels.data.buffer)
    const palette = this.#paletteOf(colours)
    for (let row = 0; row < rows; row++) {
      const from = row * columns
      const to = (rows - 1 - row) * columns
      for (let column = 0; column < columns; column++) pixels[to + column] = palette[cells[from + column]!]!
    }
    this.#cells.getContext('2d')!.putImageData(this.#cellPixels, 0, 0)
    const pen = this.#pen
    pen.imageSmoothingEnabled = this.#canvas.width < columns
    pen.drawImage(this.#cells, 0, 0, this.#canvas.width, this.#canvas.height)
  }

  #paintHexagons({ columns, cells, colours, width }: CellsLayer): void {
    const scale = this.#canvas.width / width
    const radius = scale / Math.sqrt(3)
    for (let cell = 0; cell < cells.length; cell++) {
      const colour = colours[cells[cell]!]
      if (colour === undefined) continue
      const row = Math.floor(cell / columns)
      const { image, side } = this.#sprites.of('hexagon', colour, 2 * radius + 0.6, 'none')
      const x = (cell - row * columns + 0.5 + (row & 1) / 2) * scale
      const y = this.#canvas.height - (1.5 * row + 1) * radius
      this.#pen.drawImage(image, x - side / 2, y - side / 2)
    }
  }

  /** Of each colour the bytes of a pixel; none for 255. */
  #paletteOf(colours: string[]): Uint32Array {
    const key = colours.join(' ')
    let palette = this.#palettes.get(key)
    if (!palette) {
      const tray = document.createElement('canvas')
      tray.width = 256
      tray.height = 1
      const pen = tray.getContext('2d')!
      for (const [at, colour] of colours.entries()) {
        pen.fillStyle = colour
        pen.fillRect(at, 0, 1, 1)
      }
      palette = new Uint32Array(pen.getImageData(0, 0, 256, 1).data.buffer)
      this.#palettes.set(key, palette)
    }
    return palette
  }

  #paintLinks({ lines, width, height, colours }: LinksLayer, { density }: Look): void {
    const pen = this.#pen
    const [across, down] = [this.#canvas.width / width, this.#canvas.height / height]
    pen.strokeStyle = colours[0]!
    pen.lineWidth = density
    // Thousands of lines drawn full would hide what they link.
    pen.globalAlpha = lines.length > 4000 ? 0.35 : 0.8
    pen.beginPath()
    for (let at = 0; at < lines.length; at += 4) {
      pen.moveTo(lines[at]! * across, this.#canvas.height - lines[at + 1]! * down)
      pen.lineTo(lines[at + 2]! * across, this.#canvas.height - lines[at + 3]! * down)
    }
    pen.stroke()
    pen.globalAlpha = 1
  }

  #paintAgents(layer: AgentsLayer, { xs, ys }: { xs: Float32Array; ys: Float32Array }, look: Look): void {
    const pen = this.#pen
    const [across, down] = [this.#canvas.width / layer.width, this.#canvas.height / layer.height]
    const size = Math.max(2 * look.density, Math.round(layer.size * across))
    const bottom = this.#canvas.height
    const { outline } = inks[look.scheme]
    const sprites = layer.colours.map(colour => this.#sprites.of(layer.shape, colour, size, outline))
    const { side } = sprites[0] ?? { side: 0 }
    const { directions, cells } = layer
    const turn = arrowDirections / (2 * Math.PI)
    const copyOf = (at: number) =>
      layer.shape === 'arrow' ? Math.round((directions?.[at] ?? 0) * turn) & (arrowDirections - 1) : 0
    const many = xs.length > mostDrawn
    if (many) this.#blitter.begin(this.#canvas.width, bottom)
    for (let at = 0; at < xs.length; at++) {
      const sprite = sprites[cells[at]!]
      if (!sprite) continue
      const x = xs[at]! * across - side / 2
      const y = bottom - ys[at]! * down - side / 2
      if (many) this.#blitter.put(sprite, Math.round(x), Math.round(y), copyOf(at))
      else pen.drawImage(sprite.image, copyOf(at) * side, 0, side, side, x, y, side, side)
    }
    if (many) pen.drawImage(this.#blitter.end(), 0, 0)
    const place = (at: number): [number, number] => [xs[at]! * across, bottom - ys[at]! * down]
    if (layer.labels) this.#writeLabels(layer.labels, place, size, look)
    if (look.chosen?.population === layer.population) this.#ring(layer.ids.indexOf(look.chosen.id), place, size, look)
  }

  #writeLabels(labels: string[], place: (at: number) => [number, number], size: number, look: Look): void {
    const pen = this.#pen
    const { text, ground } = inks[look.scheme]
    const line = labelPixels * look.density
    pen.font = `500 ${line}px system-ui, sans-serif`
    pen.textAlign = 'center'
    pen.textBaseline = 'top'
    pen.lineJoin = 'round'
    pen.lineWidth = 3 * look.density
    pen.strokeStyle = ground
    pen.fillStyle = text
    for (const [at, label] of labels.entries()) {
      const [x, y] = place(at)
      for (const [row, words] of label.split('\n').entries()) {
        const top = y + size / 2 + (3 + 1.25 * labelPixels * row) * look.density
        pen.strokeText(words, x, top)
        pen.fillText(words, x, top)
      }
    }
  }

  #ring(at: number, place: (at: number) => [number, number], size: number, { scheme, density }: Look): void {
    if (at < 0) return
    const [x, y] = place(at)
    const radius = Math.max(size / 2 + 3 * density, 8 * density)
    for (const [colour, width] of [
      [inks[scheme].halo, 5],
      [inks[scheme].ring, 2.5],
    ] as const) {
      this.#pen.strokeStyle = colour
      this.#pen.lineWidth = width * density
      this.#pen.beginPath()
      this.#pen.arc(x, y, radius, 0, 2 * Math.PI)
      this.#pen.stroke()
    }
  }
}
