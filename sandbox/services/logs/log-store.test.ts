import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Sandbox } from '../../sandbox'
import { Store } from '../../store'
import { changeGroup, createGroup, createStream, keepRetention, putEvents, requireGroup } from './log-store'
import { events } from './records'

it('deletes events as they come to the end of their retention, without anyone asking', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'retention-'))
  const store = await Store.open(folder)
  let now = Date.now()
  const sandbox = { store, now: () => now, clock: { now: () => now } } as unknown as Sandbox
  const kept = async () => (await store.list(events, 's')).map(({ value }) => value.message)
  await createGroup(sandbox, 's', 'g')
  await createStream(sandbox, 's', 'g', 'one')
  await changeGroup(sandbox, 's', 'g', (group) => {
    group.retentionInDays = 3
  })
  await putEvents(sandbox, 's', 'g', 'one', [{ timestamp: now, message: 'early' }])
  now += 2 * 86_400_000
  await putEvents(sandbox, 's', 'g', 'one', [{ timestamp: now, message: 'late' }])
  const end = keepRetention(sandbox, 10)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await kept()).toEqual(['early', 'late'])
  now += 2 * 86_400_000
  await expect.poll(kept).toEqual(['late'])
  await expect.poll(async () => (await requireGroup(sandbox, 's', 'g')).storedBytes).toBe(26 + 4)
  end()
  await new Promise((resolve) => setTimeout(resolve, 50))
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})
