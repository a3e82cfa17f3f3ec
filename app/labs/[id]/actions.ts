'use server'

import { revalidatePath } from 'next/cache'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { inventoryOf } from '@/components/explorer/inventory-of'
import type { FormValues } from '@/components/lab/form-input'
import { openLabForAction, startedLabForAction, stepOf } from '@/components/lab/lab-for-action'
import type { ActionResult, AnswerView } from '@/components/lab/lab-view'
import { answersOf, answerView, openHints, versionOf, withHint } from '@/components/lab/place'
import { Refused, refusalOf, type Refusal } from '@/components/lab/refusal'
import { inspectRole, type RoleView } from '@/components/lab/inspect-role'
import { sendAction } from '@/components/lab/send-action'
import { hintsView } from '@/components/lab/show-lab'
import { ownAccount } from '@/components/sandbox/own-account'
import { getCloud } from '@/lib/cloud'
import { db } from '@/lib/db'
import { currentLocale } from '@/lib/i18n/current-locale'
import type { Failure, Resource } from '@/lib/inventory'
import { layOut, type Diagram } from '@/lib/inventory/diagram'
import type { LabFiles } from '@/lib/lab/define-lab'
import { labContext } from '@/lib/lab/context'
import { labResources } from '@/lib/lab/resources'

/*
 * What a lab page does. Each begins with who asks, then the lab, then the learner's own state of it, and only then
 * looks at what was sent. Nothing thrown leaves: the page gets a refusal it can tell.
 */

/** Starts a lab: makes the learner's account where there is none yet, sets the scene, opens the workbench. */
export async function startLab(labId: string): Promise<{ ok: true } | Refusal> {
  try {
    const { viewer, lab } = await openLabForAction(labId)
    const accountId = await ownAccount(viewer.id)
    await lab.prepare?.(await labContext(getCloud(), accountId, 'checker'))
    await db.labState.upsert({
      where: { userId_labId: { userId: viewer.id, labId: lab.id } },
      create: { userId: viewer.id, labId: lab.id, files: lab.files, step: lab.steps[0]!.id },
      update: {},
    })
    revalidatePath(`/labs/${lab.id}`)
    return { ok: true }
  } catch (error) {
    return refusalOf(error)
  }
}

/** Puts the files back to how the lab began and sets its scene anew. Gives the files, and their version. */
export async function resetLab(labId: string): Promise<{ ok: true; files: LabFiles; version: string } | Refusal> {
  try {
    const { lab, state, cloud, accountId } = await startedLabForAction(labId)
    const context = await labContext(cloud, accountId, 'checker')
    // `prepare` only makes what is missing, so what was mended has to go first.
    await lab.cleanup(context)
    await lab.prepare?.(context)
    await db.labState.update({ where: { userId_labId: { userId: state.userId, labId: lab.id } }, data: { files: lab.files } })
    return { ok: true, files: lab.files, version: versionOf(lab.files) }
  } catch (error) {
    return refusalOf(error)
  }
}

/** Sends one action's command to AWS as the learner and keeps the attempt. */
export async function runAction(labId: string, stepId: string, actionId: string, values: FormValues): Promise<ActionResult> {
  try {
    const started = await startedLabForAction(labId)
    const action = stepOf(started.lab, stepId).actions.find(({ id }) => id === actionId)
    if (!action) throw new Refused('closed')
    const sent = z.record(z.string(), z.string()).safeParse(values)
    if (!sent.success) throw new Refused('invalid')
    return await sendAction(started, stepId, action, sent.data)
  } catch (error) {
    return refusalOf(error)
  }
}

/** Keeps an answer to a step's question and tells whether it is right. */
export async function answerQuestion(labId: string, stepId: string, chosen: number[]): Promise<{ ok: true; answer: AnswerView } | Refusal> {
  try {
    const { lab, state } = await startedLabForAction(labId)
    const question = stepOf(lab, stepId).question
    if (!question) throw new Refused('closed')
    const given = z.array(z.int().min(0).max(question.options.length - 1)).max(question.options.length).safeParse(chosen)
    if (!given.success) throw new Refused('invalid')
    await db.labState.update({
      where: { userId_labId: { userId: state.userId, labId: lab.id } },
      data: { answers: { ...answersOf(state), [stepId]: given.data } },
    })
    return { ok: true, answer: answerView(lab, stepId, given.data, await currentLocale()) }
  } catch (error) {
    return refusalOf(error)
  }
}

/** Opens the next hint of a step; all that are open come back. */
export async function openHint(labId: string, stepId: string): Promise<{ ok: true; hints: ReactNode[] } | Refusal> {
  try {
    const { lab, state } = await startedLabForAction(labId)
    const step = stepOf(lab, stepId)
    const open = Math.min(openHints(state, stepId) + 1, step.hints.length)
    if (open > openHints(state, stepId)) {
      await db.labState.update({ where: { userId_labId: { userId: state.userId, labId: lab.id } }, data: { openHints: withHint(state, stepId) } })
    }
    return { ok: true, hints: hintsView(step, open, await currentLocale()) }
  } catch (error) {
    return refusalOf(error)
  }
}

/** What this lab made in the account, or the whole account, laid out as a diagram. */
export async function readLabResources(labId: string, whole: boolean): Promise<{ ok: true; diagram: Diagram; resources: Resource[]; failed: Failure[] } | Refusal> {
  try {
    const { lab, cloud, accountId } = await startedLabForAction(labId)
    const inventory = await inventoryOf(accountId)
    if (whole === true) return { ok: true, diagram: layOut(inventory), resources: inventory.resources, failed: inventory.failed }
    const resources = labResources(inventory, await lab.inventory(await labContext(cloud, accountId, 'checker')))
    return { ok: true, diagram: layOut(inventory, (resource) => resources.includes(resource)), resources, failed: inventory.failed }
  } catch (error) {
    return refusalOf(error)
  }
}

/** Reads a role of the learner's account. `role` is absent where there is none of that name. */
export async function readRole(labId: string, name: string): Promise<{ ok: true; role?: RoleView } | Refusal> {
  try {
    const { cloud, accountId } = await startedLabForAction(labId)
    const given = z.string().regex(/^[\w+=,.@-]{1,64}$/).safeParse(name)
    if (!given.success) throw new Refused('invalid')
    const role = await inspectRole(await cloud.clients(accountId, { as: 'checker' }), given.data)
    return { ok: true, ...(role && { role }) }
  } catch (error) {
    return refusalOf(error)
  }
}
