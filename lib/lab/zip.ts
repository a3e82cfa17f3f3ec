import { strToU8, zipSync, type Zippable } from 'fflate'
import type { LabFiles } from './define-lab'

const UNIX = 3
/** Lambda reads the files as another user: they must be readable by all. */
const READABLE_BY_ALL = 0o100644 << 16
/** The earliest time that a zip can tell; a fixed one, so that equal files make equal bytes and an equal CodeSha256. */
const MTIME = new Date(1980, 0, 1)

/** Packs files as a Lambda deployment package. Equal files give equal bytes. */
export function zipFiles(files: LabFiles): Uint8Array {
  const entries: Zippable = {}
  for (const path of Object.keys(files).sort()) entries[path] = [strToU8(files[path]!), { os: UNIX, attrs: READABLE_BY_ALL, mtime: MTIME }]
  return zipSync(entries, { level: 6 })
}

/** The files of one folder, named as they are inside it: `basket/index.mjs` becomes `index.mjs`. */
export function folder(files: LabFiles, name: string): LabFiles {
  const prefix = `${name}/`
  return Object.fromEntries(Object.entries(files).flatMap(([path, text]) => (path.startsWith(prefix) ? [[path.slice(prefix.length), text]] : [])))
}
