import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { InvokeCommand } from '@aws-sdk/client-lambda'
import { wordOf } from './compete'
import type { Contender, Running } from './contenders'
import { answerOf, makeFunction } from './function'
import { totalMemory } from './programs'
import type { Figure, Row } from './table'

/** One account may run ten at once, so five accounts together make fifty. */
const ACCOUNTS = 5
const EACH = 10
/** Time for all environments to start, on two cores. */
const STARTS_WITHIN_MS = 15_000
/** Some never answer when they have that much to do. */
const GIVEN_UP_AFTER_MS = 60_000

/** Memory of each just started, everything that it started with it. */
export async function benchMemoryAtRest(running: Running[]): Promise<Row[]> {
  const floor = await bareNode(1)
  return [{ what: 'memory at rest', unit: 'MB', ...memoryCells(new Map(running.map(({ name, pid }) => [name, totalMemory(pid) ?? '']))), floor: [floor, 'bare node'] }]
}

/** Memory of each with fifty environments at work, one after the other. */
export async function benchMemoryOfEnvironments(running: Running[]): Promise<Row[]> {
  const figures = new Map<Contender['name'], Figure>()
  for (const cloud of running) {
    if (cloud.name === 'Worklab, not isolated') continue
    figures.set(cloud.name, cloud.name === 'moto' ? 'in Docker only' : await Promise.race([withEnvironments(cloud).catch(wordOf), sleep(GIVEN_UP_AFTER_MS, 'no answer', { ref: false })]))
  }
  const floor = await bareNode(1 + ACCOUNTS * EACH)
  return [{ what: `memory with ${ACCOUNTS * EACH} environments at work`, unit: 'MB', ...memoryCells(figures), floor: [floor, `${1 + ACCOUNTS * EACH} bare nodes`] }]
}

async function withEnvironments({ pid, newAccount }: Running): Promise<Figure> {
  const accounts = await Promise.all(Array.from({ length: ACCOUNTS }, newAccount))
  await Promise.all(accounts.map(makeFunction))
  const until = Date.now() + STARTS_WITHIN_MS
  const Payload = JSON.stringify({ until })
  const answers = accounts.flatMap(({ lambda }) => Array.from({ length: EACH }, () => lambda.send(new InvokeCommand({ FunctionName: 'bench', Payload }))))
  const allDone = Promise.all(answers)
  await Promise.race([allDone, sleep(until - Date.now() - 500)])
  const measuredAt = Date.now()
  const memory = totalMemory(pid) ?? ''
  const atWork = (await allDone).filter(({ Payload: answer }) => {
    const { startedAt, runs } = answerOf(answer)
    return runs === 1 && startedAt < measuredAt
  })
  return atWork.length === ACCOUNTS * EACH ? memory : `only ${atWork.length} at work`
}

/** Memory of so many Node programs that do nothing, in MB. */
async function bareNode(count: number): Promise<number> {
  const programs = Array.from({ length: count }, () => spawn(process.execPath, ['-e', 'console.log(); setTimeout(() => {}, 60_000)'], { stdio: ['ignore', 'pipe', 'ignore'] }))
  await Promise.all(programs.map((program) => new Promise((resolve) => program.stdout.once('data', resolve))))
  const sum = programs.reduce((total, { pid }) => total + (totalMemory(pid!) ?? 0), 0)
  for (const program of programs) program.kill()
  return sum
}

function memoryCells(figures: Map<Contender['name'], Figure>): Pick<Row, 'worklab' | 'moto' | 'ministack'> {
  return { worklab: figures.get('Worklab') ?? '', moto: figures.get('moto') ?? '', ministack: figures.get('MiniStack') ?? '' }
}
