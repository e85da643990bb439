/** Shapes of agents, drawn once for each colour and size and then copied: ten thousand copies take a few milliseconds. */

export type Shape = 'circle' | 'square' | 'arrow' | 'hexagon'

export interface Sprite {
  image: HTMLCanvasElement
  /** Across, in pixels of the image; an arrow has one image for each direction, side by side. */
  side: number
}

/** Directions that an arrow can be seen to point in. */
export const arrowDirections = 64
/** Smaller shapes would be outline alone. */
const leastOutlined = 7

/** Kept until `clear`; few colours and one size at a time. */
export class Sprites {
  readonly #made = new Map<string, Sprite>()

  clear(): void {
    this.#made.clear()
  }

  /** @param size across, in pixels of the canvas @param outline CSS colour */
  of(shape: Shape, colour: string, size: number, outline: string): Sprite {
    const key = `${shape} ${colour} ${size} ${outline}`
    let sprite = this.#made.get(key)
    if (!sprite) {
      sprite = draw(shape, colour, size, outline)
      this.#made.set(key, sprite)
    }
    return sprite
  }
}

function draw(shape: Shape, colour: string, size: number, outline: string): Sprite {
  const side = Math.ceil(size) + 2
  const copies = shape === 'arrow' ? arrowDirections : 1
  const image = document.createElement('canvas')
  image.width = side * copies
  image.height = side
  const pen = image.getContext('2d')!
  pen.fillStyle = colour
  pen.strokeStyle = outline
  pen.lineWidth = Math.max(1, size / 14)
  pen.lineJoin = 'round'
  for (let copy = 0; copy < copies; copy++) {
    pen.setTransform(1, 0, 0, 1, copy * side + side / 2, side / 2)
    if (shape === 'arrow') pen.rotate((-2 * Math.PI * copy) / copies)
    pen.beginPath()
    trace(pen, shape, size / 2)
    pen.fill()
    if (size >= leastOutlined && shape !== 'hexagon') pen.stroke()
  }
  return { image, side }
}

function trace(pen: CanvasRenderingContext2D, shape: Shape, radius: number): void {
  if (shape === 'circle') pen.arc(0, 0, radius, 0, 2 * Math.PI)
  else if (shape === 'square') pen.roundRect(-0.88 * radius, -0.88 * radius, 1.76 * radius, 1.76 * radius, radius / 5)
  else for (const [x, y] of corners[shape]) pen.lineTo(x * radius, y * radius)
  pen.closePath()
}

const corners: Record<'arrow' | 'hexagon', [x: number, y: number][]> = {
  arrow: [
    [1, 0],
    [-0.8, 0.68],
    [-0.42, 0],
    [-0.8, -0.68],
  ],
  hexagon: [1, 3, 5, 7, 9, 11].map(sixths => [Math.cos((sixths * Math.PI) / 6), Math.sin((sixths * Math.PI) / 6)]),
}
