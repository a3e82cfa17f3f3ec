import type { LabFiles } from '@/lib/lab/define-lab'

/** The most that a lab's files may hold together, in characters: the page carries them on every save. */
export const filesLimit = 300_000

/** How much files hold together, in characters. */
export function filesSize(files: LabFiles): number {
  return Object.values(files).reduce((sum, text) => sum + text.length, 0)
}
