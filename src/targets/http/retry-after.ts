/** How long an endpoint asks to be left alone. */

/**
 * The wait in milliseconds, from `Retry-After` (seconds or an HTTP date, RFC 9110 §10.2.3), or from the `estimated_time` in which
 * Hugging Face's servers say that a model will be loaded; undefined if neither is there or readable.
 */
export function retryAfterMs(headers: Headers, body: string, nowMs: number): number | undefined {
  const said = headers.get('retry-after')?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(said)) return Number(said) * 1000
  const moment = /[a-z]/i.test(said) ? Date.parse(said) : Number.NaN
  if (!Number.isNaN(moment)) return Math.max(0, moment - nowMs)
  const estimate = /"estimated_time"\s*:\s*(\d+(?:\.\d+)?)/.exec(body)?.[1]
  return estimate === undefined ? undefined : Number(estimate) * 1000
}
