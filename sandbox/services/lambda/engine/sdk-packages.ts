import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The `node_modules` directory the sandbox itself was installed into. */
export function installedModules(): string | undefined {
  for (let directory = dirname(fileURLToPath(import.meta.url)); ; directory = dirname(directory)) {
    const modules = join(directory, 'node_modules')
    if (existsSync(join(modules, '@aws-sdk'))) return modules
    if (directory === dirname(directory)) return undefined
  }
}

/**
 * Names under `node_modules` that the installed AWS SDK clients need, scopes taken whole: `@aws-sdk`, `@smithy`, `tslib` …
 * Handlers get these and no other package of the host.
 */
export function sdkPackages(modules: string): string[] {
  const seen = new Set<string>()
  const open = readdirSync(join(modules, '@aws-sdk')).map((name) => `@aws-sdk/${name}`)
  for (let name = open.pop(); name; name = open.pop()) {
    const description = join(modules, name, 'package.json')
    if (seen.has(name) || !existsSync(description)) continue
    seen.add(name)
    open.push(...Object.keys((JSON.parse(readFileSync(description, 'utf8')) as { dependencies?: object }).dependencies ?? {}))
  }
  return [...new Set([...seen].map((name) => (name.startsWith('@') ? name.split('/')[0]! : name)))].sort()
}

/** Makes `directory` a `node_modules` of links to the given packages, for handlers that run without containment. */
export function linkSdk(modules: string, packages: string[], directory: string): void {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  for (const name of packages) symlinkSync(join(modules, name), join(directory, name))
}
