/** How large a picture is on the screen: as large as there is room, and cells all equally large. */
import type { Frame } from '../../../src/simulations/watch/frame.ts'

export interface StageSize {
  /** Of the canvas, in its own pixels. */
  width: number
  height: number
  /** Pixels of the canvas for one of CSS. */
  density: number
}

/** @param room pixels of CSS */
export function stageSize(frame: Frame, room: { width: number; height: number }, density: number): StageSize {
  const [first] = frame
  const { width, height } = first ?? { width: 1.6, height: 1 }
  const scale = Math.min(room.width / width, room.height / height) * density
  const ofGrid = frame.some(layer =>
    layer.mark === 'cells' ? !layer.hexagonal : 'space' in layer && layer.space === 'grid',
  )
  const even = ofGrid && scale >= 2 ? Math.floor(scale) : scale
  return { width: Math.max(1, Math.round(width * even)), height: Math.max(1, Math.round(height * even)), density }
}
