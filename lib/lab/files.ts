import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabFiles } from './define-lab'

/** Worklab is always started in its own folder; a bundler must not try to follow these paths. */
const labs = () => join(/* turbopackIgnore: true */ process.cwd(), 'labs')

/** Reads the files under `labs/<id>/<part>` by their paths inside it: the learner's starter code, the scene's code, the solution. */
export function labFiles(id: string, part: 'starter' | 'scene' | 'solution'): LabFiles {
  const root = join(labs(), id, part)
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort()
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

/** A lab's text in one language: what stands before the first step, and each step's part by its id. */
export interface LabText {
  intro: string
  steps: Record<string, string>
}

/** Reads `lab.<locale>.md`, in Markdown, split at its headings `## <step id>`. */
export function labText(id: string, locale: 'vi' | 'en'): LabText {
  const [intro = '', ...parts] = readFileSync(join(labs(), id, `lab.${locale}.md`), 'utf8').split(/^## /m)
  return {
    intro: intro.trim(),
    steps: Object.fromEntries(
      parts.map((part) => {
        const end = part.indexOf('\n')
        return [part.slice(0, end).trim(), part.slice(end + 1).trim()]
      }),
    ),
  }
}
