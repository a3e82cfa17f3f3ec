import { GetFunctionConfigurationCommand, InvokeCommand, UpdateFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import { setTimeout as sleep } from 'node:timers/promises'
import { cellsOf, compete, type Outcome } from './compete'
import type { Running } from './contenders'
import { answerOf, makeFunction } from './function'
import { echoServer, median, nodeStart, quantile, timed } from './measure'
import type { Row } from './table'

const COLD_RUNS = 12
const WARM_RUNS = 400
const ROUNDS_AT_ONCE = 20
const AT_ONCE = 10

/** moto can do nothing else: it starts a container of AWS's image for every function. */
const MOTO = 'in Docker only'
const MINISTACK = 'isolates in Docker only'

/** Cold and warm invocations, and ten at once; Worklab isolated by bubblewrap where the machine has it, and not. */
export async function benchInvocations(running: Running[]): Promise<Row[]> {
  const functions = await Promise.all(
    running.filter(({ name }) => name !== 'moto').map(async (cloud) => {
      const { lambda } = await cloud.newAccount().then(async (clients) => (await makeFunction(clients), clients))
      return { name: cloud.name, lambda }
    }),
  )
  const hasMoto = running.some(({ name }) => name === 'moto')
  const echo = await echoServer()

  const cold = await compete(functions, { runs: COLD_RUNS }, nodeStart, async ({ lambda }, run) => {
    await retire(lambda, run)
    return timed(() => invoke(lambda, true))
  })
  const warm = await compete(functions, { runs: WARM_RUNS, warmUp: 20 }, () => timed(echo.call), ({ lambda }) => timed(() => invoke(lambda)))
  const atOnce = (work: () => Promise<unknown>) => timed(() => Promise.all(Array.from({ length: AT_ONCE }, work)))
  const concurrent = await compete(functions, { runs: ROUNDS_AT_ONCE, warmUp: 2 }, () => atOnce(echo.call), ({ lambda }) => atOnce(() => invoke(lambda)))
  echo.close()

  const isIsolated = running.some(({ isolation }) => isolation === 'bwrap')
  const row = (what: string, outcome: Outcome, figure: (times: number[]) => number, floorName: string, aim = ''): Row[] => {
    const moto = hasMoto ? MOTO : ''
    const closed = cellsOf(outcome, figure, floorName)
    return [
      { what: `${what}, isolated`, unit: 'ms', ...closed, ...(isIsolated ? {} : { worklab: 'no bubblewrap here' }), moto, ministack: closed.ministack === '' ? '' : MINISTACK, aim },
      { what: `${what}, not isolated`, unit: 'ms', ...cellsOf(outcome, figure, floorName, 'Worklab, not isolated'), moto, aim },
    ]
  }
  return [
    ...row('cold invoke, p50', cold, median, 'bare node start', '≤ 1.5x'),
    ...row('warm invoke, p50', warm, median, 'bare HTTP echo', '< 3 ms'),
    ...row('warm invoke, p99', warm, (times) => quantile(times, 0.99), 'bare HTTP echo'),
    ...row(`${AT_ONCE} invokes at once, until all are done, p50`, concurrent, median, `${AT_ONCE} bare HTTP echoes`),
  ]
}

/** A changed configuration retires the environments of a function, so the next invocation starts a new one. */
async function retire(lambda: LambdaClient, run: number): Promise<void> {
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'bench', Description: `run ${run}`, Environment: { Variables: { RUN: String(run) } } }))
  for (;;) {
    const { LastUpdateStatus } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'bench' }))
    if (LastUpdateStatus !== 'InProgress') return
    await sleep(50)
  }
}

/** @throws where the function fails, or was not cold where it must be */
async function invoke(lambda: LambdaClient, mustBeCold = false): Promise<void> {
  const { Payload, FunctionError } = await lambda.send(new InvokeCommand({ FunctionName: 'bench' }))
  if (FunctionError) throw new Error(`failed: ${Payload!.transformToString()}`)
  const { runs } = answerOf(Payload)
  if (mustBeCold && runs !== 1) throw new Error('was warm')
}
