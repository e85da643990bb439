/** Lets a user's module, wherever it lies, import `cultivar`: it gets the installation that is running, not another copy. */
import { registerHooks } from 'node:module'

// In a clone these are the sources, once built the built files: whatever this file itself is.
const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'))
const home = new URL('../../', import.meta.url).href

const own: Record<string, string> = {
  cultivar: new URL(`../index${extension}`, import.meta.url).href,
  'cultivar/simulations': new URL(`../simulations/index${extension}`, import.meta.url).href,
  'cultivar/testing': new URL(`../testing/index${extension}`, import.meta.url).href,
  // Plug-ins describe their parameters with zod, and few will have it installed beside them.
  zod: import.meta.resolve('zod'),
}

let hooked = false

/** Takes effect for modules loaded from now on. Packages in `node_modules` keep the zod they were installed with. */
export function resolveSelf(): void {
  if (hooked) return
  hooked = true
  registerHooks({
    resolve(specifier, context, next) {
      const from = context.parentURL ?? ''
      const url = own[specifier]
      const ours = from.startsWith(home) || from.includes('/node_modules/')
      if (url === undefined || (ours && specifier === 'zod')) return next(specifier, context)
      return { url, shortCircuit: true }
    },
  })
}
