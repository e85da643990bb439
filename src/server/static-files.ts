/** The studio's built pages, as their build compressed them; every address that is no file is the one page. */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import type { Hono } from 'hono'
import { CultivarError } from '../model/error.ts'
import { problemAnswer } from './answer.ts'
import { problemOf } from './problem-of.ts'
import type { StudioBindings } from './studio-app.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
}

/** Reads all files into memory once: they are few, and no path of a request then ever reaches the file system. */
export function addStaticFiles(app: Hono<StudioBindings>, folder: string): void {
  const files = new Map<string, Buffer<ArrayBuffer>>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files.set(path.slice(folder.length).replaceAll(sep, '/'), readFileSync(path))
  }
  app.get('*', c => {
    const named = c.req.path.startsWith('/assets/')
    // A page from before an update asks for what is gone: the one page in its place would be run as a script.
    if (named && !files.has(c.req.path)) return problemAnswer(problemOf(noFile))
    const found = files.has(c.req.path) ? c.req.path : '/index.html'
    const accepts = c.req.header('accept-encoding') ?? ''
    const encoding = [
      ['br', '.br'],
      ['gzip', '.gz'],
    ].find(([name, suffix]) => accepts.includes(name!) && files.has(`${found}${suffix}`))
    const body = files.get(`${found}${encoding?.[1] ?? ''}`)!
    return c.body(body, 200, {
      'content-type': types[extname(found)] ?? 'application/octet-stream',
      vary: 'accept-encoding',
      // Names of assets hold a hash of what is in them.
      'cache-control': named ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(encoding && { 'content-encoding': encoding[0]! }),
    })
  })
  app.all('*', () => problemAnswer(problemOf(noFile)))
}

const noFile = new CultivarError('not-found', 'There is nothing at this address.', 'Load the page again.')
