import { describe, expect, test } from 'vitest'
import { isLoopback, readSettings } from './settings'

describe('settings', () => {
  test('everything has a default', () => {
    expect(readSettings({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      loopbackOnly: true,
      sandboxPort: 4566,
      sandboxUrl: 'http://127.0.0.1:4566',
      backend: 'embedded',
      publicUrl: 'http://127.0.0.1:3000',
    })
    expect(readSettings({ PORT: '', WORKLAB_BACKEND: '' }).port).toBe(3000)
  })

  test.each([
    [{ PORT: 'three' }, 'The setting PORT must be a port number (it is "three").'],
    [{ PORT: '70000' }, 'The setting PORT must be a port from 1 to 65535 (it is "70000").'],
    [{ SANDBOX_PORT: '0' }, 'The setting SANDBOX_PORT must be a port from 1 to 65535 (it is "0").'],
    [{ WORKLAB_BACKEND: 'azure' }, 'The setting WORKLAB_BACKEND must be embedded, endpoint or aws (it is "azure").'],
    [{ AWS_ENDPOINT_URL: 'ftp://x' }, 'The setting AWS_ENDPOINT_URL must be an http or https URL (it is "ftp://x").'],
    [{ WORKLAB_BACKEND: 'endpoint' }, 'The setting AWS_ENDPOINT_URL is missing: WORKLAB_BACKEND=endpoint needs the address of the endpoint.'],
  ])('a bad value %o is one sentence that names the variable', (env, sentence) => {
    expect(() => readSettings(env)).toThrow(sentence)
  })

  test('a secret is never repeated in a message', () => {
    expect(() => readSettings({ NEXTAUTH_SECRET: 'hunter2' })).toThrow('The setting NEXTAUTH_SECRET must have 32 characters or more.')
    expect(() => readSettings({ DATABASE_URL: 'mysql://root:hunter2@db' })).toThrow(/^(?!.*hunter2).*DATABASE_URL/)
  })

  test('a host that others can reach is told from loopback', () => {
    expect(readSettings({ HOST: '0.0.0.0' }).loopbackOnly).toBe(false)
    expect(['localhost', '127.0.0.1', '127.8.0.1', '::1', '[::1]'].map(isLoopback)).not.toContain(false)
    expect(['0.0.0.0', 'worklab.example', '127.0.0.1.example.com', '10.0.0.1'].map(isLoopback)).not.toContain(true)
  })
})
