import { NotYet, Undecided } from '@/lib/lab/check'
import { text, type LabContext } from '@/lib/lab/define-lab'
import type { Invocation } from '@/lib/lab/invoke'
import { invokeWell, requireCapability, requireFunction } from '@/lib/lab/look'
import { withTemporaryVersion } from '@/lib/lab/temporary-version'
import { CATALOGUE, priceOf } from './names'

/** One invoke of the catalogue function, in an environment that no one used before this run. */
export interface Look {
  cold: boolean
  initMs: number | undefined
  durationMs: number
  environment: string
  loads: number
  loadId: string
}

const WARM_LOOKS = 3
const MOST_INVOKES = 8
const running = new Map<string, Promise<Look[]>>()

/**
 * Invokes a fresh version twice at once, so that it gets two environments, then until there were three warm
 * invokes. Checks of one run share the looks.
 */
export function probe(context: LabContext): Promise<Look[]> {
  const kept = running.get(context.nonce)
  if (kept) return kept
  const looks = look(context).finally(() => setTimeout(() => running.delete(context.nonce), 60_000).unref())
  running.set(context.nonce, looks)
  return looks
}

async function look(context: LabContext): Promise<Look[]> {
  requireCapability(context, 'lambda.report')
  await requireFunction(context, CATALOGUE)
  return withTemporaryVersion(context, CATALOGUE, async (version) => {
    const ask = async (turn: number) => {
      const n = 1 + ((Number.parseInt(context.nonce.slice(0, 8), 16) + turn * 613) % 5000)
      return read(await invokeWell(context, CATALOGUE, { bookId: `b-${n}` }, version), n)
    }
    const looks = await Promise.all([ask(0), ask(1)])
    for (let turn = 2; turn < MOST_INVOKES && looks.filter(({ cold }) => !cold).length < WARM_LOOKS; turn += 1) looks.push(await ask(turn))
    if (!looks.some(({ cold }) => cold) || !looks.some(({ cold }) => !cold)) {
      throw new Undecided(
        text('Không bắt được cả một lần cold start lẫn một lần warm start; hãy kiểm tra lại.', 'There was not both a cold and a warm start to compare; check again.'),
      )
    }
    return looks
  })
}

function read({ payload, text: raw, report }: Invocation, n: number): Look {
  if (!report) throw new Undecided(text('Log của lần gọi không có dòng `REPORT`.', 'The log of the invoke has no `REPORT` line.'))
  const { environment, loads, loadId, price } = payload ?? {}
  if (price !== priceOf(n)) {
    throw new NotYet(
      text(`Giá của \`b-${n}\` phải là ${priceOf(n)}; hàm trả về \`${raw}\`.`, `The price of \`b-${n}\` is ${priceOf(n)}; the function answered \`${raw}\`.`),
      text('Lấy giá từ `catalogue.prices` và giữ nguyên `catalogue.mjs`.', 'Take the price from `catalogue.prices`, and leave `catalogue.mjs` as it is.'),
    )
  }
  if (typeof environment !== 'string' || typeof loads !== 'number' || typeof loadId !== 'string') {
    throw new NotYet(
      text(`Câu trả lời thiếu \`environment\`, \`loads\` hoặc \`loadId\`: \`${raw}\``, `The answer lacks \`environment\`, \`loads\` or \`loadId\`: \`${raw}\``),
      text('Giữ cả ba trường như trong mã ban đầu.', 'Keep all three as in the code you started with.'),
    )
  }
  return { cold: report.initMs !== undefined, initMs: report.initMs, durationMs: report.durationMs, environment, loads, loadId }
}
