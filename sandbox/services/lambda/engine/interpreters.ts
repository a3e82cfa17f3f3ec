import { execFile } from 'node:child_process'
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import type { RuntimeSupport } from './types'

export type Language = 'nodejs' | 'python' | 'provided'

/** A program on this machine that runs handlers of one language. */
export interface Interpreter {
  language: Language
  /** Absolute path of the real program, links resolved. */
  path: string
  /** Directory its standard library lives under. */
  prefix: string
  version: string
}

/** A Lambda runtime and the interpreter chosen for it. */
export interface Runtime {
  name: string
  language: Language
  /** What INIT_START calls it, e.g. `nodejs:22.x`. */
  label: string
  interpreter?: Interpreter
  support: RuntimeSupport
}

const names = {
  nodejs: ['nodejs20.x', 'nodejs22.x', 'nodejs24.x'],
  python: ['python3.11', 'python3.12', 'python3.13'],
}
const title = { nodejs: 'Node.js', python: 'Python', provided: 'A runtime' }

/**
 * Looks for Node.js and Python on this machine and pairs each Lambda runtime with the interpreter of the same version,
 * or else the nearest one of the same language. Each candidate is run once: only that tells whether it works and what it is.
 */
export async function findRuntimes(): Promise<Map<string, Runtime>> {
  const [nodejs, python] = await Promise.all([findNodes(), findPythons()])
  const found = { nodejs, python }
  const runtimes = new Map<string, Runtime>()
  for (const language of ['nodejs', 'python'] as const)
    for (const name of names[language]) runtimes.set(name, chooseInterpreter(name, language, found[language]))
  // The function brings its own program; Node.js only supervises it.
  for (const line of ['al2', 'al2023']) {
    const name = `provided.${line}`
    runtimes.set(name, { name, language: 'provided', label: `provided:${line}`, interpreter: { ...supervisor(), language: 'provided' }, support: { available: true } })
  }
  return runtimes
}

/** The Node.js the sandbox itself runs on, which also runs its own program inside environments. */
export function supervisor(): Interpreter {
  const path = realpathSync(process.execPath)
  return { language: 'nodejs', path, prefix: dirname(dirname(path)), version: process.versions.node }
}

/**
 * Picks the interpreter for a runtime: the same release line if there is one, else the nearest, newer before older.
 * @param name e.g. `nodejs22.x` or `python3.12`
 */
export function chooseInterpreter(name: string, language: Language, candidates: Interpreter[]): Runtime {
  const line = name.slice(language.length)
  const label = `${language}:${line}`
  const wanted = release(language, line)
  const interpreter = [...candidates].sort((a, b) => {
    const [da, db] = [a, b].map((c) => release(language, c.version) - wanted) as [number, number]
    return Math.abs(da) - Math.abs(db) || db - da || b.version.localeCompare(a.version, 'en', { numeric: true })
  })[0]
  if (!interpreter)
    return { name, language, label, support: { available: false, note: `${title[language]} is not installed on this machine.` } }
  const { version } = interpreter
  if (release(language, version) === wanted) return { name, language, label, interpreter, support: { available: true, version } }
  const note = `running on ${title[language]} ${version}`
  return { name, language, label, interpreter, support: { available: true, version, note } }
}

/** The number that tells release lines apart: Node's major version, Python's minor version. */
function release(language: Language, version: string): number {
  return Number(version.split('.')[language === 'nodejs' ? 0 : 1])
}

async function findNodes(): Promise<Interpreter[]> {
  const nvm = join(process.env['NVM_DIR'] ?? join(homedir(), '.nvm'), 'versions/node')
  const candidates = [
    process.execPath,
    ...onPath(['node', 'node20', 'node22', 'node24', 'nodejs']),
    ...versionsUnder(nvm).map((v) => join(nvm, v, 'bin/node')),
  ]
  return probeAll('nodejs', candidates, ['-p', 'JSON.stringify([process.execPath, "", process.versions.node])'], (v) => release('nodejs', v) >= 20)
}

async function findPythons(): Promise<Interpreter[]> {
  const pyenv = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions')
  const candidates = [
    ...onPath(['python3.11', 'python3.12', 'python3.13', 'python3']),
    ...versionsUnder(pyenv).filter((v) => /^3\.(9|\d\d)\./.test(v)).map((v) => join(pyenv, v, 'bin/python3')),
  ]
  const print = 'import sys, json; print(json.dumps([sys.executable, sys.base_prefix, "%d.%d.%d" % sys.version_info[:3]]))'
  return probeAll('python', candidates, ['-I', '-c', print], (v) => v.startsWith('3.') && release('python', v) >= 9)
}

function onPath(programs: string[]): string[] {
  // Shims are shell scripts that take a while and lead to what is looked up below anyway.
  const directories = (process.env['PATH'] ?? '').split(delimiter).filter((directory) => directory && !directory.endsWith('/shims'))
  return programs.flatMap((program) => directories.map((directory) => join(directory, program)))
}

function versionsUnder(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory) : []
}

async function probeAll(language: Language, paths: string[], args: string[], fits: (version: string) => boolean): Promise<Interpreter[]> {
  const programs = [...new Set(paths.filter((path) => existsSync(path)).map((path) => realpathSync(path)))]
  const probed = await Promise.all(programs.map((program) => probe(language, program, args)))
  const unique = new Map(probed.filter((i) => i !== undefined && fits(i.version)).map((i) => [i!.path, i!]))
  return [...unique.values()]
}

function probe(language: Language, program: string, args: string[]): Promise<Interpreter | undefined> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 5000 }, (error, stdout) => {
      if (error) return resolve(undefined)
      const [executable, base, version] = JSON.parse(stdout) as [string, string, string]
      const path = realpathSync(executable)
      resolve({ language, path, prefix: base || dirname(dirname(path)), version })
    })
  })
}
