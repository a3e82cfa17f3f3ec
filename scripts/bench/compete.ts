import type { Contender } from './contenders'
import type { Figure, Row } from './table'

/** What became of each: its times in ms, or a word on why it has none. */
export interface Outcome {
  times: Map<Contender['name'], number[] | string>
  floor: number[]
}

/**
 * Lets contenders do the same work by turns, and the floor with them, so that what else the machine does falls on all of them.
 * One that fails is out, with its error for a word; the first `warmUp` runs do not count.
 * @param work gives the time that it took, in ms
 */
export async function compete<T extends { name: Contender['name'] }>(
  contenders: T[],
  { runs, warmUp = 0 }: { runs: number; warmUp?: number },
  floor: () => Promise<number>,
  work: (contender: T, run: number) => Promise<number>,
): Promise<Outcome> {
  const outcome: Outcome = { times: new Map(contenders.map(({ name }) => [name, []])), floor: [] }
  for (let run = 0; run < runs + warmUp; run++) {
    const least = await floor()
    if (run >= warmUp) outcome.floor.push(least)
    for (const contender of contenders) {
      const times = outcome.times.get(contender.name)!
      if (typeof times === 'string') continue
      try {
        const time = await work(contender, run)
        if (run >= warmUp) times.push(time)
      } catch (error) {
        outcome.times.set(contender.name, wordOf(error))
      }
    }
  }
  return outcome
}

/** One figure of the times of each, as cells of a row. */
export function cellsOf({ times, floor }: Outcome, figure: (times: number[]) => number, floorName: string, own: Contender['name'] = 'Worklab'): Pick<Row, 'worklab' | 'floor' | 'moto' | 'ministack'> {
  const cell = (name: Contender['name']): Figure => {
    const mine = times.get(name) ?? ''
    return typeof mine === 'string' ? mine : figure(mine)
  }
  return { worklab: cell(own), floor: [figure(floor), floorName], moto: cell('moto'), ministack: cell('MiniStack') }
}

/** An error in a cell's space. */
export function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
  return status === 501 ? 'not there yet' : error.name === 'Error' ? error.message.slice(0, 40) : error.name
}
