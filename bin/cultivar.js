#!/usr/bin/env node
// Starts Cultivar on Node 24 or newer, whatever Node this file was started with: plain JavaScript, so that an old Node can read it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const source = join(root, 'src', 'cli', 'main.ts')
// Node does not strip types below node_modules: an installed package runs its built files.
const entry =
  existsSync(source) && !root.includes(`${sep}node_modules${sep}`) ? source : join(root, 'dist', 'cli', 'main.js')

if (Number(process.versions.node.split('.')[0]) >= 24) {
  // What was compiled once is kept in the temporary folder: every later command starts in half the time.
  nodeModule.enableCompileCache()
  await import(pathToFileURL(entry).href)
} else {
  const node = bundledNode()
  if (!node) {
    console.error(`Cultivar needs Node 24 or newer; this is ${process.version}.`)
    console.error('Install it (https://nodejs.org), or run "npm install -g node@24" and try again.')
    process.exit(2)
  }
  // The channel lets the child notice when this process dies without a chance to pass a signal on.
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal sends Ctrl-C to the whole group: the child has it already, only this process must not die first.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal))
  }
  child.on('exit', (code, signal) => process.exit(signal ? 128 + 9 : code))
}

function bundledNode() {
  try {
    const folder = dirname(nodeModule.createRequire(import.meta.url).resolve('node/package.json'))
    const binary = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    return existsSync(binary) ? binary : undefined
  } catch {
    return undefined
  }
}
