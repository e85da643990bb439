/** Writes a model of random weights that babbles words: a GGUF file of about 150 kB, equal bytes for equal options. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomStream } from '../../src/stats/random-stream.ts'

const embedding = 32
const feedForward = 64
const layers = 2
const heads = 4
const headsOfKeys = 2
const keyWidth = (embedding / heads) * headsOfKeys

const words =
  'the a dog cat bird fox tree house river sun moon small big red blue old new ran sat saw ate sang jumped slept and but then with under over near happy sad quiet loud Tim Lily Max Sue'.split(
    ' ',
  )

/** How likely a token is, beside what the random weights say of it. */
type Bias = 'often' | 'likely' | 'usual' | 'seldom' | 'never'
interface TokenOfModel {
  text: string
  /** 1 normal, 2 unknown, 3 control, 6 byte. */
  type: number
  bias: Bias
}

/** As a tokenizer of the kind `llama` (SentencePiece with byte fallback) needs them. */
const tokens: TokenOfModel[] = [
  { text: '<unk>', type: 2, bias: 'never' },
  { text: '<s>', type: 3, bias: 'never' },
  { text: '</s>', type: 3, bias: 'seldom' },
  { text: '<|im_start|>', type: 3, bias: 'never' },
  { text: '<|im_end|>', type: 3, bias: 'seldom' },
  ...Array.from({ length: 256 }, (_, byte): TokenOfModel => {
    const text = `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`
    return { text, type: 6, bias: byte === 10 ? 'usual' : 'never' }
  }),
  ...Array.from({ length: 94 }, (_, at): TokenOfModel => {
    const character = String.fromCharCode(33 + at)
    const bias = character === '"' ? 'often' : /[.,:{}[\]]/.test(character) ? 'usual' : 'never'
    return { text: character, type: 1, bias }
  }),
  { text: '▁', type: 1, bias: 'usual' },
  ...words.map((word): TokenOfModel => ({ text: `▁${word}`, type: 1, bias: 'likely' })),
]
const biases: Record<Bias, number> = { often: 1.4, likely: 1.2, usual: 0.6, seldom: -0.5, never: -2 }

const chatTemplate =
  "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"

/** Returns the file’s path. With `template`, it is a model that knows roles. */
export function writeTinyModel(
  folder: string,
  { seed = 1, template = false, name = 'tiny.gguf' }: { seed?: number; template?: boolean; name?: string } = {},
): string {
  const random = randomStream(`tiny model ${seed}`)
  const tensors = new Map<string, { shape: number[]; values: Float32Array }>()
  const add = (tensor: string, shape: number[], value: (at: number) => number) => {
    const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, at) => value(at))
    tensors.set(tensor, { shape, values })
  }
  const noise = () => random.float() - 0.5
  // The first member of each state is always large, so that the first of each output row is the token’s bias.
  add('token_embd.weight', [embedding, tokens.length], at => (at % embedding === 0 ? 3 : 2 * noise()))
  add('output.weight', [embedding, tokens.length], at =>
    at % embedding === 0 ? biases[tokens[at / embedding]!.bias] : noise(),
  )
  add('output_norm.weight', [embedding], () => 1)
  for (let layer = 0; layer < layers; layer++) {
    const shapes: Record<string, number[]> = {
      attn_q: [embedding, embedding],
      attn_k: [embedding, keyWidth],
      attn_v: [embedding, keyWidth],
      attn_output: [embedding, embedding],
      ffn_gate: [embedding, feedForward],
      ffn_up: [embedding, feedForward],
      ffn_down: [feedForward, embedding],
    }
    for (const norm of ['attn_norm', 'ffn_norm']) add(`blk.${layer}.${norm}.weight`, [embedding], () => 1)
    for (const [part, shape] of Object.entries(shapes)) add(`blk.${layer}.${part}.weight`, shape, () => 1.5 * noise())
  }
  const path = join(folder, name)
  writeFileSync(path, gguf(metadata(template), tensors))
  return path
}

/** By the format’s numbers: 4 whole number, 5 the same with a sign, 6 float, 8 text, 9 array. */
type Value =
  | { type: 4; value: number }
  | { type: 6; value: number }
  | { type: 8; value: string }
  | { type: 9; of: 5; value: number[] }
  | { type: 9; of: 6; value: number[] }
  | { type: 9; of: 8; value: string[] }

function metadata(template: boolean): Record<string, Value> {
  const whole = (value: number): Value => ({ type: 4, value })
  return {
    'general.architecture': { type: 8, value: 'llama' },
    'general.name': { type: 8, value: 'tiny' },
    'llama.context_length': whole(4096),
    'llama.embedding_length': whole(embedding),
    'llama.block_count': whole(layers),
    'llama.feed_forward_length': whole(feedForward),
    'llama.attention.head_count': whole(heads),
    'llama.attention.head_count_kv': whole(headsOfKeys),
    'llama.attention.layer_norm_rms_epsilon': { type: 6, value: 1e-5 },
    'llama.rope.dimension_count': whole(embedding / heads),
    'tokenizer.ggml.model': { type: 8, value: 'llama' },
    'tokenizer.ggml.tokens': { type: 9, of: 8, value: tokens.map(({ text }) => text) },
    'tokenizer.ggml.scores': { type: 9, of: 6, value: tokens.map(({ text }) => -1 / text.length) },
    'tokenizer.ggml.token_type': { type: 9, of: 5, value: tokens.map(({ type }) => type) },
    'tokenizer.ggml.unknown_token_id': whole(0),
    'tokenizer.ggml.bos_token_id': whole(1),
    'tokenizer.ggml.eos_token_id': whole(2),
    'tokenizer.ggml.eot_token_id': whole(4),
    ...(template ? { 'tokenizer.chat_template': { type: 8, value: chatTemplate } satisfies Value } : {}),
  }
}

const alignment = 32
const float32 = 0

/** GGUF, version 3, little-endian: header, metadata, tensor table, then the tensors’ bytes, each aligned. */
function gguf(entries: Record<string, Value>, tensors: Map<string, { shape: number[]; values: Float32Array }>): Buffer {
  const parts: Buffer[] = [Buffer.from('GGUF'), u32(3), u64(tensors.size), u64(Object.keys(entries).length)]
  for (const [key, entry] of Object.entries(entries)) parts.push(text(key), u32(entry.type), ...valueBytes(entry))
  let offset = 0
  const data: Buffer[] = []
  for (const [name, { shape, values }] of tensors) {
    parts.push(text(name), u32(shape.length), ...shape.map(u64), u32(float32), u64(offset))
    const bytes = padded(Buffer.from(values.buffer))
    data.push(bytes)
    offset += bytes.length
  }
  return Buffer.concat([padded(Buffer.concat(parts)), ...data])
}

function valueBytes(entry: Value): Buffer[] {
  if (entry.type === 4) return [u32(entry.value)]
  if (entry.type === 6) return [f32(entry.value)]
  if (entry.type === 8) return [text(entry.value)]
  const head = [u32(entry.of), u64(entry.value.length)]
  if (entry.of === 8) return [...head, ...entry.value.map(text)]
  return [...head, ...entry.value.map(entry.of === 6 ? f32 : u32)]
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((alignment - (bytes.length % alignment)) % alignment)])
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}

function f32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return bytes
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([u64(bytes.length), bytes])
}
