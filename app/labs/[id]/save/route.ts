import { z } from 'zod'
import { answerRequest, readBody } from '@/components/lab/answer-request'
import { labFilesSchema } from '@/components/lab/files-schema'
import { startedLabForAction, stepOf } from '@/components/lab/lab-for-action'
import { versionOf } from '@/components/lab/place'
import { Refused } from '@/components/lab/refusal'
import { db } from '@/lib/db'
import type { LabFiles } from '@/lib/lab/define-lab'

/** Files, forms and the JSON around them, in bytes. */
const limit = 4_000_000

/**
 * Keeps where the learner is: files, step, what was typed. The last save wins; `replaced` tells that it replaced files
 * that this page had not seen.
 */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerRequest(request, async () => {
    const { lab, state } = await startedLabForAction((await params).id)
    const sent = z
      .object({
        files: labFilesSchema(lab.files).optional(),
        base: z.string().optional(),
        step: z.string().optional(),
        forms: z.record(z.string(), z.record(z.string(), z.string())).optional(),
      })
      .safeParse(await readBody(request, limit))
    if (!sent.success) throw new Refused('invalid')
    const { files, base, step, forms } = sent.data
    if (step !== undefined) stepOf(lab, step)
    const before = versionOf(state.files as LabFiles)
    await db.labState.update({
      where: { userId_labId: { userId: state.userId, labId: lab.id } },
      data: { ...(files && { files }), ...(step !== undefined && { step }), ...(forms && { forms }) },
    })
    await db.user.update({ where: { id: state.userId }, data: { lastPath: `/labs/${lab.id}` } })
    return { version: files ? versionOf(files) : before, replaced: files !== undefined && base !== undefined && base !== before && versionOf(files) !== before }
  })
}
