import { z } from 'zod'
import { jsonError } from '@/components/lab/form-input'

/** A text that is JSON, kept as it was typed. */
export const jsonText = z.string().superRefine((text, context) => {
  if (jsonError(text)) context.addIssue({ code: 'custom', message: 'json' })
})

/** A text of which an empty one counts as not given. */
export const optionalText = z
  .string()
  .trim()
  .transform((text) => (text === '' ? undefined : text))
  .optional()
