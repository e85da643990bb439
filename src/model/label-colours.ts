/** The colour of a label: the one somebody chose, else one that follows from its place in the list. */
import type { Project } from './project.ts'

/** Hues far from their neighbours in the list, in degrees; later ones go round by the golden angle. */
const firstHues = [212, 28, 140, 345, 268, 48, 185, 310, 84, 10, 236, 165]
const goldenAngle = 137.508
/**
 * Relative luminances. Between 0.16 and 0.27 a colour has a contrast of 3 : 1 and more both to white and to the dark
 * scheme's #242424, which WCAG 2.2 asks of what is no text (1.4.11).
 */
const luminances = [0.18, 0.26, 0.21]

/** As `#rrggbb`. A label that is on no list has a colour by its name. */
export function labelColour(label: string, { labels, colours }: Pick<Project, 'labels' | 'colours'>): string {
  if (colours && Object.hasOwn(colours, label)) return colours[label]!
  const place = labels.indexOf(label)
  return colourAt(place >= 0 ? place : placeOf(label))
}

function colourAt(place: number): string {
  const hue = firstHues[place] ?? (place * goldenAngle) % 360
  const luminance = luminances[place < firstHues.length ? 0 : place % luminances.length]!
  return withLuminance(hue, place < firstHues.length ? 0.72 : 0.6, luminance)
}

/** FNV-1a of the name. */
function placeOf(label: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < label.length; at++) hash = Math.imul(hash ^ label.charCodeAt(at), 0x01000193) >>> 0
  return hash % 997
}

/** The colour of a hue and saturation (HSL) whose relative luminance (WCAG 2.2) is as given, by halving. */
function withLuminance(hue: number, saturation: number, luminance: number): string {
  let [dark, light] = [0, 1]
  for (let step = 0; step < 20; step++) {
    const middle = (dark + light) / 2
    if (relativeLuminance(rgb(hue, saturation, middle)) < luminance) dark = middle
    else light = middle
  }
  return `#${rgb(hue, saturation, light)
    .map(part =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

function rgb(hue: number, saturation: number, lightness: number): [number, number, number] {
  const reach = saturation * Math.min(lightness, 1 - lightness)
  const part = (offset: number) => {
    const turn = (offset + hue / 30) % 12
    return lightness - reach * Math.max(-1, Math.min(turn - 3, 9 - turn, 1))
  }
  return [part(0), part(8), part(4)]
}

function relativeLuminance(parts: [number, number, number]): number {
  const [red, green, blue] = parts.map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
