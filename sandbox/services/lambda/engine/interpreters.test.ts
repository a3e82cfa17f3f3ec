import { expect, it } from 'vitest'
import { chooseInterpreter, findRuntimes, type Interpreter } from './interpreters'

const node = (version: string): Interpreter => ({ language: 'nodejs', path: `/n/${version}`, prefix: '/n', version })

it('takes the interpreter of the same release line, the latest of several', () => {
  const { support, interpreter } = chooseInterpreter('nodejs22.x', 'nodejs', ['20.20.2', '22.9.0', '22.12.1', '24.1.0'].map(node))
  expect(interpreter?.version).toBe('22.12.1')
  expect(support).toEqual({ available: true, version: '22.12.1' })
})

it('takes the nearest otherwise, newer before older, and says so', () => {
  expect(chooseInterpreter('nodejs22.x', 'nodejs', ['20.1.0', '24.1.0'].map(node)).support).toEqual({ available: true, version: '24.1.0', note: 'running on Node.js 24.1.0' })
  expect(chooseInterpreter('nodejs24.x', 'nodejs', ['20.1.0', '22.1.0'].map(node)).interpreter?.version).toBe('22.1.0')
})

it('says that a language is missing', () => {
  expect(chooseInterpreter('python3.12', 'python', []).support).toEqual({ available: false, note: 'Python is not installed on this machine.' })
})

it('finds on this machine at least the Node.js that runs this', async () => {
  const runtimes = await findRuntimes()
  expect([...runtimes.keys()]).toEqual(['nodejs20.x', 'nodejs22.x', 'nodejs24.x', 'python3.11', 'python3.12', 'python3.13', 'provided.al2', 'provided.al2023'])
  const major = process.versions.node.split('.')[0]
  expect(runtimes.get(`nodejs${major}.x`)?.support.available ?? true).toBe(true)
  expect(runtimes.get('nodejs20.x')?.interpreter?.path).toMatch(/^\//)
})
