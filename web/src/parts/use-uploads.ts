/** Files sent to the server one after another, with how far that is. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Problem } from '../../../src/model/api/problem.ts'
import { type AnswerOf, addressOf, ProblemError } from '../api/call.ts'

type Uploaded = AnswerOf<'uploadFile'>

interface Uploading {
  /** Of the file that is being sent. */
  name: string
  /** Bytes of all the files. */
  done: number
  total: number
}

export interface Uploads {
  /** Undefined while nothing is sent. */
  uploading: Uploading | undefined
  error: unknown
  /** Sends them and says what they are called then; nothing if it was stopped or failed. */
  send(files: readonly File[]): Promise<Uploaded[] | undefined>
  stop(): void
}

export function useUploads(): Uploads {
  const [uploading, setUploading] = useState<Uploading>()
  const [error, setError] = useState<unknown>()
  const request = useRef<XMLHttpRequest>(undefined)
  const stop = useCallback(() => request.current?.abort(), [])
  useEffect(() => stop, [stop])
  const send = useCallback(async (files: readonly File[]) => {
    const total = files.reduce((sum, { size }) => sum + size, 0)
    const sent: Uploaded[] = []
    let before = 0
    setError(undefined)
    try {
      for (const file of files) {
        setUploading({ name: file.name, done: before, total })
        request.current = new XMLHttpRequest()
        sent.push(
          await sendFile(request.current, file, done => setUploading({ name: file.name, done: before + done, total })),
        )
        before += file.size
      }
      return sent
    } catch (fault) {
      if (fault !== stopped) setError(fault)
      return undefined
    } finally {
      setUploading(undefined)
    }
  }, [])
  return { uploading, error, send, stop }
}

const stopped = new Error('stopped')

/** By XMLHttpRequest, for `fetch` does not tell how far it is. */
function sendFile(request: XMLHttpRequest, file: File, progress: (done: number) => void): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    request.open('POST', addressOf('uploadFile', { query: { name: file.name } }))
    request.upload.addEventListener('progress', ({ loaded }) => progress(loaded))
    request.addEventListener('abort', () => reject(stopped))
    request.addEventListener('error', () => reject(new ProblemError(unsent(file))))
    request.addEventListener('load', () => {
      const answer: unknown = parsed(request.responseText)
      if (request.status === 200) resolve(answer as Uploaded)
      else reject(new ProblemError((answer as Problem | undefined) ?? unsent(file)))
    })
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.send(file)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function unsent({ name }: File): Problem {
  return {
    type: 'urn:cultivar:unreachable',
    title: `“${name}” could not be sent to the studio’s server.`,
    status: 0,
    code: 'unreachable',
    hint: 'Is it still there, and is “cultivar studio” still running in its terminal? Choose it again.',
    errors: [],
    details: {},
  }
}
