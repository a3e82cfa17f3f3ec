import { expect, test } from 'vitest'
import { requireNode } from './prepare.mjs'

test.each(['20.19.0', '20.20.2', '22.12.0', '24.1.0'])('Node %s runs Worklab', (version) => {
  expect(() => requireNode(version)).not.toThrow()
})

test.each(['18.20.8', '20.18.3'])('Node %s is refused with one sentence', (version) => {
  expect(() => requireNode(version)).toThrow(`Worklab needs Node 20.19 or later (20, 22 or 24), and this is Node ${version}.`)
})
