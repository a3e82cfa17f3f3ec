'use server'

import { revalidatePath } from 'next/cache'
import { refusalOf, type Refusal } from '@/components/lab/refusal'
import { ownAccount } from '@/components/sandbox/own-account'
import { viewerForAction } from '@/lib/auth'
import { getCloud, type AccountKeys } from '@/lib/cloud'

/** The keys of the learner's own account, and of no other: the caller names none. */
export async function accountKeys(): Promise<{ ok: true; keys: AccountKeys } | Refusal> {
  try {
    const viewer = await viewerForAction()
    return { ok: true, keys: await getCloud().keys(await ownAccount(viewer.id)) }
  } catch (error) {
    return refusalOf(error)
  }
}

/** New keys for the learner's own account; the old ones end at once. */
export async function rotateKeys(): Promise<{ ok: true; keys: AccountKeys } | Refusal> {
  try {
    const viewer = await viewerForAction()
    const keys = await getCloud().rotateKeys(await ownAccount(viewer.id))
    revalidatePath('/sandbox/tools')
    return { ok: true, keys }
  } catch (error) {
    return refusalOf(error)
  }
}

/** Makes the learner's account where there is none yet. */
export async function openAccount(): Promise<{ ok: true } | Refusal> {
  try {
    const viewer = await viewerForAction()
    await ownAccount(viewer.id)
    revalidatePath('/sandbox', 'layout')
    return { ok: true }
  } catch (error) {
    return refusalOf(error)
  }
}
