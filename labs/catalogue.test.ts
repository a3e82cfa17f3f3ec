import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalogue, openLabs } from './index'

/** The keys of the worklog's own list of achievements, by their places in it. */
function achievementKeys(markdown: string): string[] {
  const list = markdown.slice(markdown.indexOf('### Thành tựu')).split('\n').filter((line) => /^\s*- /.test(line))
  const keys: string[] = []
  let group = 0
  let item = 0
  for (const line of list) {
    if (line.startsWith('- ')) {
      group += 1
      item = 0
      keys.push(`a${group}`)
    } else {
      item += 1
      if (item === 1) keys.pop()
      keys.push(`a${group}.${item}`)
    }
  }
  return keys
}

describe('the catalogue', () => {
  const keys = achievementKeys(readFileSync('content/1-Worklog/1.9-Week9/_index.vi.md', 'utf8'))

  it('proves every achievement of the worklog by at least one lab, and nothing that is not in it', () => {
    expect(keys).toContain('a1.1')
    expect(keys).toContain('a8')
    expect(new Set(catalogue.flatMap(({ covers }) => covers))).toEqual(new Set(keys))
  })

  it('has each of the 28 labs once, in the order of the days', () => {
    const ids = catalogue.map(({ id }) => id)
    expect(ids).toHaveLength(28)
    expect(ids).toEqual([...new Set(ids)].sort())
    expect(catalogue.every(({ title }) => title.vi !== '' && title.en !== '')).toBe(true)
  })

  it('finds open labs by their ids and nothing else', () => {
    expect(openLabs['42.1']?.id).toBe('42.1')
    for (const id of ['42.2', '', 'constructor', '__proto__', 'toString']) expect(openLabs[id]).toBeUndefined()
  })

  it('says of an open lab what the lab says of itself', () => {
    for (const lab of Object.values(openLabs)) {
      const { id, day, title, covers } = lab
      expect(catalogue.find((entry) => entry.id === id)).toEqual({ id, day, title, covers })
      expect(lab.after.every((before) => catalogue.some((entry) => entry.id === before))).toBe(true)
    }
  })
})
