/** Tests of what counts as staying on the machine. */
import { expect, it } from 'vitest'
import { endpointWithoutSecrets, isLoopback, parseEndpoint } from './egress.ts'

it.each([
  'http://localhost:11434/v1',
  'https://LOCALHOST/v1',
  'http://127.0.0.1:5272/v1',
  'http://127.255.0.9',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f.0.0.1/',
  'http://[::1]:8080/v1',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::ffff:127.0.0.1]/v1',
  'http://user:pass@127.0.0.1/v1',
])('takes %s for loopback', endpoint => expect(isLoopback(endpoint)).toBe(true))

it.each([
  'http://localhost.evil.com/v1',
  'http://127.0.0.1.evil.com/v1',
  'http://evil.com/127.0.0.1',
  'http://127.0.0.1@evil.com/v1',
  'http://evil.com#@127.0.0.1/',
  'http://localhost@evil.com/',
  'http://notlocalhost/',
  'http://0.0.0.0:8000/v1',
  'http://128.0.0.1/',
  'http://10.0.0.1/',
  'http://[::]/',
  'http://[::2]/',
  'http://[::ffff:10.0.0.1]/',
  'http://[::ffff:7e00:1]/',
  'http://[fe80::1]/',
  'ftp://127.0.0.1/',
  'foo://localhost/',
  'localhost:11434',
  '',
])('does not take %s for loopback', endpoint => expect(isLoopback(endpoint)).toBe(false))

it('shows an endpoint without user, password, fragment and query, but with its api-version', () => {
  expect(endpointWithoutSecrets('https://anna:hunter2@a.example:8443/v1/?key=abc&api-version=2024-02-15#x')).toBe(
    'https://a.example:8443/v1?api-version=2024-02-15',
  )
  expect(endpointWithoutSecrets('http://127.0.0.1/')).toBe('http://127.0.0.1')
})

it('does not repeat an unreadable endpoint, which may hold a password', () => {
  expect(() => parseEndpoint('anna:hunter2@host')).toThrow(/not an http:\/\/ or https:\/\/ URL/)
  expect(() => parseEndpoint('anna:hunter2@host')).not.toThrow(/hunter2/)
})
