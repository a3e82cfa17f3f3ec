import { z } from 'zod'
import type { LabFiles } from '@/lib/lab/define-lab'
import { filesLimit, filesSize } from './files-limit'

/** A lab's files as they may be saved: only paths it began with, within the limit. */
export function labFilesSchema(starter: LabFiles) {
  return z
    .record(z.string(), z.string())
    .refine((files) => Object.keys(files).every((path) => path in starter))
    .refine((files) => filesSize(files) <= filesLimit)
}
