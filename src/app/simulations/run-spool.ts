/** Blocks of a run put by in a file until those of all runs are written together. */
import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { deserialize, serialize } from 'node:v8'
import type { MixedBlock } from '../../table-files/index.ts'

const lengthBytes = 4

export class RunSpool {
  readonly #path: string
  /** Nobody else writes to it, not even another process that makes the same run. */
  readonly #unfinished: string
  readonly #file: number

  constructor(path: string) {
    this.#path = path
    this.#unfinished = `${path}.${randomBytes(6).toString('hex')}.part`
    this.#file = openSync(this.#unfinished, 'wx')
  }

  add(block: MixedBlock): void {
    const bytes = serialize(block)
    const length = Buffer.alloc(lengthBytes)
    length.writeUInt32LE(bytes.length)
    for (const part of [length, bytes])
      for (let from = 0; from < part.length; ) from += writeSync(this.#file, part, from)
  }

  /** It gets its name: there is nothing more to come. */
  close(): void {
    fsyncSync(this.#file)
    closeSync(this.#file)
    renameSync(this.#unfinished, this.#path)
  }
}

export async function* spooledBlocks(path: string): AsyncGenerator<MixedBlock> {
  const file = await open(path)
  try {
    const length = Buffer.alloc(lengthBytes)
    while ((await file.read(length, 0, lengthBytes)).bytesRead === lengthBytes) {
      const bytes = Buffer.alloc(length.readUInt32LE())
      await file.read(bytes, 0, bytes.length)
      yield deserialize(bytes)
    }
  } finally {
    await file.close()
  }
}
