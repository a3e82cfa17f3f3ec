import { readdirSync, readFileSync } from 'node:fs'
import { createTranslator } from 'next-intl'
import { describe, expect, it } from 'vitest'
import { glossary } from '@/lib/glossary/terms'
import { locales, type Locale } from './locales'

const folder = new URL('../../messages/', import.meta.url)

/** Texts that are the same in both languages: names of AWS and of programs, and the terms of AWS that the course keeps in English. */
const names = new Set([
  'Access key ID', 'API Gateway', 'API key', 'AWS CLI', 'Bash, Zsh', 'boto3', 'Client certificate', 'CloudWatch', 'CloudWatch alarm',
  'CloudWatch log group', 'CloudWatch Logs', 'Code signing config', 'Cold start', 'DynamoDB', 'E-mail', 'Event bus', 'Event source mapping',
  'EventBridge', 'EventBridge rule', 'EventBridge Scheduler', 'Execution role', 'Function URL', 'HTTP API', 'HTTP {code}', 'IAM', 'IAM group',
  'IAM policy', 'IAM role', 'IAM user', 'IAM user {name}', 'inline policy', 'Instance profile', 'Lambda', 'Lambda function', 'Lambda layer',
  'OIDC provider', 'Partition key', 'Permissions boundary', 'PowerShell', 'REST API', 'role {name}', 'Role {name}', 'S3 bucket', 'SAML provider',
  'Sandbox', 'Secret access key', 'Server certificate', 'SNS', 'SNS subscription', 'SNS topic', 'Sort key', 'SQS', 'Stream', 'Terraform', 'Topic',
  'Usage plan', 'VPC link', 'Warm start',
])

function flatten(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(value as Record<string, unknown>).flatMap(([key, below]) => flatten(below, path ? `${path}.${key}` : key))
}

const files = (locale: Locale) => readdirSync(new URL(`${locale}/`, folder)).filter((name) => name.endsWith('.json')).sort()
const read = (locale: Locale, file: string) => JSON.parse(readFileSync(new URL(`${locale}/${file}`, folder), 'utf8'))

it('has the same files in both languages', () => {
  expect(files('en')).toEqual(files('vi'))
})

describe.each(files('vi'))('%s', (file) => {
  const vi = new Map(flatten(read('vi', file), ''))
  const en = new Map(flatten(read('en', file), ''))

  it('has the same texts in both languages, none of them empty', () => {
    expect([...en.keys()].sort()).toEqual([...vi.keys()].sort())
    expect([...vi, ...en].filter(([, text]) => !text.trim())).toEqual([])
  })

  it('says something of its own in each language, names aside', () => {
    expect([...vi].filter(([key, text]) => en.get(key) === text && !names.has(text) && /\p{L}{2}/u.test(text.replace(/\{\w+\}|\b(ms|MB)\b/g, '')))).toEqual([])
  })

  it('is written so that every text can be formatted', () => {
    for (const locale of locales) {
      const failures: string[] = []
      const messages = { all: read(locale, file) }
      const t = createTranslator({ locale, messages, namespace: 'all', onError: (error) => void (error.code !== 'FORMATTING_ERROR' && failures.push(error.message)) })
      for (const [key] of locale === 'vi' ? vi : en) t(key as never)
      expect(failures).toEqual([])
    }
  })
})

it('explains every term of the glossary, and no other', () => {
  const ids = glossary.flatMap((group) => group.terms.map((term) => term.id))
  const { terms, groups } = read('vi', 'glossary.json')
  expect(Object.keys(terms).sort()).toEqual(ids.sort())
  expect(Object.keys(groups)).toEqual(glossary.map((group) => group.id))
})
