/** How long a server asks to be left alone. */

/** No server means longer, and timers overflow far beyond. */
const longestMs = 24 * 3_600_000

/**
 * The wait in milliseconds, from `retry-after-ms`, `Retry-After` (seconds or an HTTP date), Google's RetryInfo in the body, or
 * the `x-ratelimit-reset-*` of the limits that are used up. Undefined if nothing of it is there or readable.
 * `headers` have lower-case names. Source: RFC 9110 §10.2.3 and the providers' references.
 */
export function retryAfterMs(headers: Record<string, string>, body: string, nowMs: number): number | undefined {
  const wait =
    number(headers['retry-after-ms']) ??
    scaled(number(headers['retry-after'])) ??
    until(headers['retry-after'], nowMs) ??
    duration(/"retryDelay"\s*:\s*"([^"]+)"/.exec(body)?.[1]) ??
    resetMs(headers, nowMs)
  return wait === undefined ? undefined : Math.min(Math.max(0, Math.ceil(wait)), longestMs)
}

function resetMs(headers: Record<string, string>, nowMs: number): number | undefined {
  const waits = Object.entries(headers)
    .filter(([name]) => /^x-ratelimit-reset(-|$)/.test(name))
    .filter(([name]) => Number(headers[name.replace('reset', 'remaining')] ?? 0) === 0)
    .map(([, value]) => duration(value) ?? instant(number(value), nowMs) ?? until(value, nowMs))
    .filter(wait => wait !== undefined)
  return waits.length > 0 ? Math.max(...waits) : undefined
}

/** A bare number: seconds from now, or a moment in epoch seconds or milliseconds, as its size tells. */
function instant(value: number | undefined, nowMs: number): number | undefined {
  if (value === undefined || value < 1e9) return scaled(value)
  return (value < 1e12 ? value * 1000 : value) - nowMs
}

/** `6m0s`, `1h2m3.5s`, `120ms`. */
function duration(text: string | undefined): number | undefined {
  const parts = [...(text?.trim().matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g) ?? [])]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text!.trim()) return undefined
  const unitMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * unitMs[unit!]!, 0)
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined
}

function scaled(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000
}

function until(date: string | undefined, nowMs: number): number | undefined {
  const moment = date === undefined || !/[A-Za-z]/.test(date) ? Number.NaN : Date.parse(date)
  return Number.isNaN(moment) ? undefined : moment - nowMs
}
