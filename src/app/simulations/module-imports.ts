/** The source of a module without its types, and the places where it imports others. */
import { stripTypeScriptTypes } from 'node:module'

export interface ModuleImport {
  specifier: string
  /** Where the specifier stands in the code; of one that is imported later, with its quotes. */
  start: number
  end: number
  /** By `import(…)`. */
  later: boolean
}

/**
 * Static imports, re-exports and `import('…')` of what is written out, in order. Types are stripped where the name ends in `ts`.
 *
 * @throws Error of whoever cannot read it, for a source that is no module or whose types cannot be stripped
 */
export async function moduleImports(source: string, path: string): Promise<{ code: string; imports: ModuleImport[] }> {
  const code = path.endsWith('ts') ? withoutTypes(source) : source
  // WebAssembly, which threads had better not load: ending one while another begins can end the whole program (V8, ThreadIsolation).
  const { init, parse } = await import('es-module-lexer')
  await init
  const [found] = parse(code)
  const imports = found.flatMap(({ n: specifier, s: start, e: end, d: place }) =>
    // −1 is a static import, −2 `import.meta`.
    specifier === undefined || place === -2 ? [] : [{ specifier, start, end, later: place >= 0 }],
  )
  return { code, imports }
}

/** Node says once that the function may change some day; whoever runs a model can do nothing about that, and would be told each time. */
function withoutTypes(source: string): string {
  const { emitWarning } = process
  process.emitWarning = () => undefined
  try {
    return stripTypeScriptTypes(source)
  } finally {
    process.emitWarning = emitWarning
  }
}
