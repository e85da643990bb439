/** Tests of how a wait is read out of an answer. */
import { expect, it } from 'vitest'
import { retryAfterMs } from './retry-after.ts'

const now = Date.parse('2025-06-01T12:00:00Z')
const read = (headers: Record<string, string>, body = '') => retryAfterMs(headers, body, now)

it.each<[string, Record<string, string>, number | undefined]>([
  ['seconds', { 'retry-after': '120' }, 120_000],
  ['fractions of seconds', { 'retry-after': '0.25' }, 250],
  ['an HTTP date', { 'retry-after': 'Sun, 01 Jun 2025 12:00:30 GMT' }, 30_000],
  ['a date that is over', { 'retry-after': 'Sun, 01 Jun 2025 11:00:00 GMT' }, 0],
  ['milliseconds before seconds', { 'retry-after-ms': '1500', 'retry-after': '2' }, 1_500],
  ['a duration until the reset', { 'x-ratelimit-reset-requests': '1m30s' }, 90_000],
  ['milliseconds until the reset', { 'x-ratelimit-reset-tokens': '120ms' }, 120],
  ['hours and fractions', { 'x-ratelimit-reset-tokens': '1h2m3.5s' }, 3_723_500],
  ['seconds until the reset', { 'x-ratelimit-reset-requests': '12' }, 12_000],
  ['an epoch in seconds', { 'x-ratelimit-reset': String(now / 1000 + 7) }, 7_000],
  ['an epoch in milliseconds', { 'x-ratelimit-reset': String(now + 8_000) }, 8_000],
  ['a date of the reset', { 'x-ratelimit-reset-requests': '2025-06-01T12:00:09Z' }, 9_000],
  ['the longer of two limits', { 'x-ratelimit-reset-requests': '1s', 'x-ratelimit-reset-tokens': '6s' }, 6_000],
  [
    'only the limit that is used up',
    {
      'x-ratelimit-reset-requests': '1s',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-tokens': '6m0s',
      'x-ratelimit-remaining-tokens': '900',
    },
    1_000,
  ],
  ['at most a day', { 'retry-after': '99999999999' }, 86_400_000],
  [
    'nothing from rubbish',
    { 'retry-after': 'soon', 'x-ratelimit-reset-tokens': 'x1s', 'retry-after-ms': '-5' },
    undefined,
  ],
  ['nothing from nothing', {}, undefined],
])('reads %s', (_, headers, wait) => expect(read(headers)).toBe(wait))

it('reads the delay that Google writes in the body', () => {
  expect(read({}, '{"error":{"details":[{"retryDelay": "34.5s"}]}}')).toBe(34_500)
})
