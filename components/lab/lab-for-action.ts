import { viewerForAction, type Viewer } from '@/lib/auth'
import { getCloud, type Cloud } from '@/lib/cloud'
import { db } from '@/lib/db'
import type { LabState } from '@/lib/generated/prisma/client'
import type { Lab, Step } from '@/lib/lab/define-lab'
import { openLabs } from '@/labs'
import { Refused } from './refusal'

/** A lab that may be acted on, as whom and where. The learner's own by construction: nothing in it is named by the caller but the lab. */
export interface OpenLab {
  viewer: Viewer
  lab: Lab
}

/** The same once it was started: with the learner's own state and account. */
export interface StartedLab extends OpenLab {
  state: LabState
  accountId: string
  cloud: Cloud
}

/** An open lab by its id; undefined for any other. */
export function findOpenLab(id: string): Lab | undefined {
  return Object.hasOwn(openLabs, id) ? openLabs[id] : undefined
}

/**
 * For every request of a lab page: who asks, then which lab.
 *
 * @throws ActionError where nobody is signed in, Refused where the lab is not open
 */
export async function openLabForAction(labId: unknown): Promise<OpenLab> {
  const viewer = await viewerForAction()
  const lab = typeof labId === 'string' ? findOpenLab(labId) : undefined
  if (!lab) throw new Refused('closed')
  return { viewer, lab }
}

/** As `openLabForAction`, with the state of this very learner. @throws Refused `notStarted` where there is none */
export async function startedLabForAction(labId: unknown): Promise<StartedLab> {
  const { viewer, lab } = await openLabForAction(labId)
  const state = await db.labState.findUnique({ where: { userId_labId: { userId: viewer.id, labId: lab.id } } })
  if (!state || !viewer.sandboxAccountId) throw new Refused('notStarted')
  return { viewer, lab, state, accountId: viewer.sandboxAccountId, cloud: getCloud() }
}

/** A step of a lab by its id. @throws Refused where there is none */
export function stepOf(lab: Lab, stepId: unknown): Step {
  const step = lab.steps.find(({ id }) => id === stepId)
  if (!step) throw new Refused('closed')
  return step
}
