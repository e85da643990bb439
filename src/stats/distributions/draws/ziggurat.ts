/**
 * Standard normal and exponential draws by the ziggurat (Marsaglia & Tsang, The Ziggurat Method for Generating Random Variables, 2000),
 * 256 layers of equal area; 8 bits choose the layer and others the place in it, as Doornik (2005) asks.
 */
import type { BulkRandom } from '../../bulk-random.ts'

const layers = 256

interface Layers {
  /** Width of a layer divided by the number of places in it. */
  step: Float64Array
  /** Places below this lie under the curve whatever the height. */
  inside: Float64Array
  /** Height of the curve at the right edge of layer i − 1. */
  height: Float64Array
}

/** Layers under a falling curve: `tail` is where the lowest layer's box ends, `area` that of each layer. */
function cutLayers(
  curve: (x: number) => number,
  inverse: (y: number) => number,
  tail: number,
  area: number,
  places: number,
): Layers {
  const edges = new Float64Array(layers + 1)
  edges[0] = area / curve(tail)
  edges[1] = tail
  for (let i = 2; i < layers; i++) edges[i] = inverse(curve(edges[i - 1]!) + area / edges[i - 1]!)
  return {
    step: Float64Array.from({ length: layers }, (_, i) => edges[i]! / places),
    inside: Float64Array.from({ length: layers }, (_, i) => (edges[i + 1]! / edges[i]!) * places),
    height: Float64Array.from({ length: layers + 1 }, (_, i) => (i === 0 ? 0 : curve(edges[i]!))),
  }
}

const normalTail = 3.654152885361009
const normalLayers = cutLayers(
  x => Math.exp(-0.5 * x * x),
  y => Math.sqrt(-2 * Math.log(y)),
  normalTail,
  0.00492867323399141,
  4503599627370496,
)
const { step: normalStep, inside: normalInside, height: normalHeight } = normalLayers

/** One draw of mean 0 and variance 1. */
export function standardNormal(random: BulkRandom): number {
  const high = random.word()
  const low = random.word()
  const layer = high & 255
  const place = (high >> 11) * 4294967296 + (low >>> 0)
  if (Math.abs(place) < normalInside[layer]!) return place * normalStep[layer]!
  return edgeNormal(random, layer, place)
}

function edgeNormal(random: BulkRandom, layer: number, place: number): number {
  const x = place * normalStep[layer]!
  if (layer === 0) return place < 0 ? -normalBeyond(random) : normalBeyond(random)
  const low = normalHeight[layer]!
  const top = normalHeight[layer + 1]!
  const y = low + random.float() * ((layer === 255 ? 1 : top) - low)
  return y < Math.exp(-0.5 * x * x) ? x : standardNormal(random)
}

/** A draw beyond the lowest box (Marsaglia 1964). */
function normalBeyond(random: BulkRandom): number {
  for (;;) {
    const x = -Math.log(random.openFloat()) / normalTail
    if (-2 * Math.log(random.openFloat()) > x * x) return normalTail + x
  }
}

const exponentialTail = 7.69711747013105
const exponentialLayers = cutLayers(
  x => Math.exp(-x),
  y => -Math.log(y),
  exponentialTail,
  0.003949659822581557,
  9007199254740992,
)
const { step: exponentialStep, inside: exponentialInside, height: exponentialHeight } = exponentialLayers

/** One draw of mean 1, greater than 0. */
export function standardExponential(random: BulkRandom): number {
  const high = random.word()
  const low = random.word()
  const layer = high & 255
  const place = (high >>> 11) * 4294967296 + (low >>> 0) + 0.5
  if (place < exponentialInside[layer]!) return place * exponentialStep[layer]!
  return edgeExponential(random, layer, place)
}

function edgeExponential(random: BulkRandom, layer: number, place: number): number {
  if (layer === 0) return exponentialTail + standardExponential(random)
  const x = place * exponentialStep[layer]!
  const low = exponentialHeight[layer]!
  const top = layer === 255 ? 1 : exponentialHeight[layer + 1]!
  return low + random.float() * (top - low) < Math.exp(-x) ? x : standardExponential(random)
}
