/** Headers of every answer: nothing runs, frames or asks but our own pages. */

/** Styles inline: the component library sets them on elements. Scripts never. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** For bytes that came from elsewhere: should a browser show them after all, it is in an origin of their own, with no scripts. */
export const downloadPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"

const strict = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
}

export function addStrictHeaders(headers: Headers): void {
  for (const [name, value] of Object.entries(strict)) headers.set(name, value)
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', pagePolicy)
}
