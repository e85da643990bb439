/** Gets a local model's file in front of a person: how far it is, on stderr; Ctrl-C stops, and the next call goes on. */
import type { Workspace } from '../app/workspace.ts'
import type { ModelFile } from '../providers/local/gguf-file.ts'
import { tell } from './output.ts'

const frameMs = { terminal: 200, file: 10_000 }

/** Does nothing but look at the file where it is here already. */
export async function downloadShown(workspace: Workspace, name: string): Promise<ModelFile> {
  const { downloadProviderModel } = await import('../app/providers.ts')
  const { isTTY } = process.stderr
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  let toldMs = performance.now()
  const endLine = () => {
    if (isTTY) process.stderr.write('\r\u001b[K')
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  try {
    return await downloadProviderModel(workspace, name, {
      signal: stopping.signal,
      observe(event) {
        if (event.kind === 'broken') {
          endLine()
          tell(`${event.why}; going on after ${megabytes(event.bytes)}`)
        } else if (event.kind === 'verifying') {
          endLine()
          tell('Verifying …')
        } else if (performance.now() - toldMs >= (isTTY ? frameMs.terminal : frameMs.file)) {
          toldMs = performance.now()
          const line = progressLine(event)
          if (isTTY) process.stderr.write(`\r\u001b[K${line}`)
          else tell(line)
        }
      },
    })
  } finally {
    endLine()
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}

function progressLine({ bytes, total }: { bytes: number; total: number | undefined }): string {
  if (total === undefined) return `${megabytes(bytes)} here`
  return `${Math.floor((100 * bytes) / total)} %  ${megabytes(bytes)} of ${megabytes(total)}`
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`
}
