import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cache } from 'react'
import type { Locale } from './locales'

/** All texts of one language: `messages/<locale>/<feature>.json` under the key `<feature>`. */
export type Messages = Record<string, Record<string, unknown>>

const kept = new Map<Locale, Promise<Messages>>()

async function read(locale: Locale): Promise<Messages> {
  const folder = join(process.cwd(), 'messages', locale)
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  return Object.fromEntries(
    await Promise.all(files.map(async (name) => [name.slice(0, -'.json'.length), JSON.parse(await readFile(join(folder, name), 'utf8'))])),
  )
}

/** Loads all texts of a language. In production they are read once; while developing, anew for each request. */
export const loadMessages = cache(async (locale: Locale): Promise<Messages> => {
  if (process.env.NODE_ENV !== 'production') return read(locale)
  const known = kept.get(locale) ?? read(locale)
  kept.set(locale, known)
  return known
})
