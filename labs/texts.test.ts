import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commandToCli } from '@/lib/aws-cli'
import type { Action, Text } from '@/lib/lab/define-lab'
import { labText } from '@/lib/lab/files'
import { openLabs } from './index'

/** What stands in a text, without its words: headings, list items, tables, code. */
function shape(markdown: string): string[] {
  let code = false
  return markdown.split('\n').flatMap((line) => {
    if (line.startsWith('```')) {
      code = !code
      return [line]
    }
    if (code) return [line]
    if (line.trim() === '') return []
    return [/^(#+ |- |\d+\. |\| )/.exec(line)?.[1] ?? 'text']
  })
}

function textsIn(value: unknown): Text[] {
  if (typeof value !== 'object' || value === null) return []
  if ('vi' in value && 'en' in value) return [value as Text]
  return Object.values(value).flatMap(textsIn)
}

const messages = (locale: string) => JSON.parse(readFileSync(`messages/${locale}/lab-fields.json`, 'utf8')) as Record<string, string>

describe.each(Object.values(openLabs).map((lab) => ({ id: lab.id, lab })))('lab $id', ({ lab }) => {
  const vi = labText(lab.id, 'vi')
  const en = labText(lab.id, 'en')

  it('has a text for each step, of the same structure in both languages', () => {
    const ids = lab.steps.map(({ id }) => id)
    expect(Object.keys(vi.steps)).toEqual(ids)
    expect(Object.keys(en.steps)).toEqual(ids)
    expect(shape(vi.intro)).toEqual(shape(en.intro))
    for (const id of ids) {
      expect(vi.steps[id]).not.toBe('')
      expect(shape(vi.steps[id]!), id).toEqual(shape(en.steps[id]!))
    }
  })

  it('says everything in both languages', () => {
    const texts = textsIn(lab)
    expect(texts.length).toBeGreaterThan(30)
    for (const text of texts) {
      expect(text.vi.trim()).not.toBe('')
      expect(text.en.trim()).not.toBe('')
    }
  })

  it('climbs from knowing to repairing', () => {
    expect(lab.steps.map(({ kind }) => kind)).toEqual(['know', 'do', 'prove', 'repair'])
    for (const step of lab.steps) {
      expect(step.hints).toHaveLength(3)
      expect(step.checks.length > 0 || step.question !== undefined, `${step.id} can be done`).toBe(true)
    }
  })

  it('asks questions that have an answer', () => {
    for (const { question } of lab.steps) {
      if (!question) continue
      expect(question.answers.length).toBeGreaterThan(0)
      expect(question.answers.length).toBeLessThan(question.options.length)
      expect([...question.answers]).toEqual([...new Set(question.answers)].sort((a, b) => a - b))
      expect(question.answers.every((answer) => question.options[answer] !== undefined)).toBe(true)
    }
  })

  it('has a wrong attempt for each check', () => {
    const checks = lab.steps.flatMap((step) => step.checks.map((check) => `${step.id}/${check.id}`))
    expect(new Set(lab.wrong.map(({ fails }) => fails))).toEqual(new Set(checks))
  })

  it('offers forms that are valid as they stand, or say what is missing, and have a CLI twin', () => {
    const context = { accountId: '111122223333', region: 'us-east-1', files: lab.files }
    for (const step of lab.steps) {
      expect(new Set(step.actions.map(({ id }) => id)).size).toBe(step.actions.length)
      for (const action of step.actions as readonly Action[]) {
        const defaults = action.defaults(context)
        expect(Object.keys(action.fields)).toEqual(Object.keys(defaults))
        const parsed = action.form.safeParse(defaults)
        if (parsed.success) expect(commandToCli(action.service, action.command(parsed.data, context))).toMatch(new RegExp(`^aws ${action.service} `))
        else expect(parsed.error.issues[0]!.message).toBe('required')
      }
    }
  })

  it('has test events that are JSON', () => {
    for (const { json } of lab.events) expect(() => JSON.parse(json)).not.toThrow()
  })
})

describe('messages of the forms', () => {
  it('has the same ones in both languages', () => {
    expect(Object.keys(messages('vi'))).toEqual(Object.keys(messages('en')))
  })

  it('tells a learner in words of what is wrong with a field', () => {
    const seen = new Set<string>()
    for (const lab of Object.values(openLabs)) {
      for (const action of lab.steps.flatMap((step) => step.actions)) {
        for (const bad of ['', 'sai rồi {']) {
          const parsed = action.form.safeParse(Object.fromEntries(Object.keys(action.fields).map((field) => [field, bad])))
          expect(parsed.success).toBe(false)
          for (const issue of parsed.error?.issues ?? []) seen.add(issue.message)
        }
      }
    }
    expect([...seen].sort()).toEqual(Object.keys(messages('vi')).sort())
  })
})
