import { check, NotYet, Undecided } from '@/lib/lab/check'
import { text, type Check } from '@/lib/lab/define-lab'
import { eventually } from '@/lib/lab/eventually'
import { groupBy } from '@/lib/lab/group-by'
import { invokeWell, logLines, requireCapability, requireFunction, requireScene } from '@/lib/lab/look'
import { parseReport, type Report } from '@/lib/lab/report'
import { BASKET, CATALOGUE, LOAD_MS } from './names'
import { probe } from './probe'

const LOG_WAIT_MS = 4_000

export const coldThenWarm: Check = check({
  id: 'cold-then-warm',
  title: text('Một cold start rồi một warm start', 'A cold start, then a warm one'),
  expected: text(
    'Trong cùng một log stream: một dòng `REPORT` có `Init Duration`, sau đó một dòng không có.',
    'In one log stream: a `REPORT` line with an `Init Duration`, then one without.',
  ),
  looked: text(
    `Đọc các dòng \`REPORT\` của \`${CATALOGUE}\` trong CloudWatch Logs, chỉ những lần gọi hàm bình thường (\`$LATEST\`).`,
    `Read the \`REPORT\` lines of \`${CATALOGUE}\` in CloudWatch Logs, only those of plain invokes (\`$LATEST\`).`,
  ),
  async prove(context) {
    requireCapability(context, 'lambda.logs')
    await requireFunction(context, CATALOGUE)
    let reports: Report[][] = []
    const pair = await eventually(
      async () => {
        const lines = (await logLines(context, CATALOGUE, 'REPORT RequestId')) ?? []
        const streams = groupBy(
          lines.filter(({ logStreamName }) => logStreamName?.includes('[$LATEST]')),
          ({ logStreamName }) => logStreamName,
        )
        reports = [...streams.values()].map((stream) => stream.flatMap(({ message }) => parseReport(message ?? '') ?? []))
        for (const stream of reports) {
          const cold = stream.findIndex(({ initMs }) => initMs !== undefined)
          const warm = stream.find(({ initMs }, n) => cold >= 0 && n > cold && initMs === undefined)
          if (warm) return { cold: stream[cold]!, warm }
        }
        return undefined
      },
      { forMs: LOG_WAIT_MS, everyMs: 500, signal: context.signal },
    )
    if (pair) {
      return text(
        `Cold: Init Duration ${pair.cold.initMs} ms, Duration ${pair.cold.durationMs} ms. Warm: Duration ${pair.warm.durationMs} ms, không có Init.`,
        `Cold: Init Duration ${pair.cold.initMs} ms, Duration ${pair.cold.durationMs} ms. Warm: Duration ${pair.warm.durationMs} ms, no Init.`,
      )
    }
    const invokes = reports.flat().length
    if (invokes === 0) {
      throw new NotYet(
        text(`Đã đợi ${LOG_WAIT_MS / 1000} giây mà log chưa có lần gọi nào.`, `Waited ${LOG_WAIT_MS / 1000} seconds; the log holds no invoke yet.`),
        text('Gọi hàm hai lần. Nếu đã gọi rồi, xem execution role đã có AWSLambdaBasicExecutionRole chưa.', 'Invoke the function twice. If you have, see whether its role has AWSLambdaBasicExecutionRole.'),
      )
    }
    const next = text('Gọi hàm lần nữa ngay bây giờ, không sửa gì ở giữa.', 'Invoke it once more right now, changing nothing in between.')
    if (invokes === 1) throw new NotYet(text('Log mới có 1 lần gọi, là cold start.', 'The log holds 1 invoke, a cold start.'), next)
    throw new NotYet(
      text(`Log có ${invokes} lần gọi, mỗi lần đều là cold start trong một môi trường riêng.`, `The log holds ${invokes} invokes, each of them a cold start in an environment of its own.`),
      next,
    )
  },
})

export const once: Check = check({
  id: 'once',
  title: text('Danh mục chỉ được tải một lần cho mỗi môi trường', 'The catalogue is loaded once for each environment'),
  expected: text(
    'Mọi lần gọi trong cùng một môi trường có cùng `loadId` và `loads` bằng 1; môi trường khác có `loadId` khác.',
    'All invokes in one environment tell the same `loadId` and `loads` of 1; another environment tells another `loadId`.',
  ),
  looked: text(
    'Publish một version tạm, gọi nó hai lần cùng lúc (hai môi trường mới) rồi gọi tiếp khi chúng đã ấm, so các câu trả lời, và xóa version đó.',
    'Published a temporary version, invoked it twice at once (two new environments) and again while they were warm, compared the answers, and deleted the version.',
  ),
  async prove(context) {
    const looks = await probe(context)
    const cold = looks.filter((look) => look.cold)
    const environments = groupBy(looks, ({ environment }) => environment)
    if (cold.length > environments.size) {
      throw new NotYet(
        text(`Có ${cold.length} lần cold start nhưng hàm chỉ nêu ${environments.size} \`environment\`.`, `There were ${cold.length} cold starts, yet the function told of ${environments.size} \`environment\` only.`),
        text('`environment` phải là `process.env.AWS_LAMBDA_LOG_STREAM_NAME`.', '`environment` has to be `process.env.AWS_LAMBDA_LOG_STREAM_NAME`.'),
      )
    }
    for (const [environment, inside] of environments) {
      const most = Math.max(...inside.map(({ loads }) => loads))
      if (most > 1 || new Set(inside.map(({ loadId }) => loadId)).size > 1) {
        throw new NotYet(
          text(`Môi trường \`${environment}\` đã tải danh mục ${most} lần trong ${inside.length} lần gọi.`, `The environment \`${environment}\` loaded the catalogue ${most} times in ${inside.length} invokes.`),
          text('Danh mục vẫn được tải bên trong handler: đưa `await loadCatalogue()` ra ngoài.', 'The catalogue is still loaded inside the handler: move `await loadCatalogue()` out of it.'),
        )
      }
    }
    if (new Set(cold.map(({ loadId }) => loadId)).size < cold.length) {
      throw new NotYet(
        text(`Hai môi trường mới lại nêu cùng một \`loadId\` là \`${cold[0]!.loadId}\`.`, `Two new environments told the same \`loadId\`, \`${cold[0]!.loadId}\`.`),
        text('Lấy `loads` và `loadId` từ danh mục đã tải, đừng ghi giá trị cố định.', 'Take `loads` and `loadId` from the loaded catalogue, not from constants.'),
      )
    }
    return text(`${looks.length} lần gọi, ${environments.size} môi trường, mỗi môi trường tải một lần.`, `${looks.length} invokes, ${environments.size} environments, one load in each.`)
  },
})

export const paidInInit: Check = check({
  id: 'init',
  title: text('Thời gian tải nằm trong Init, không nằm trong lần gọi', 'The loading time is in Init, not in the invokes'),
  expected: text(
    `\`Init Duration\` của cold start gồm cả lần tải (từ ${LOAD_MS} ms trở lên), và warm start nhanh hơn thế.`,
    `The \`Init Duration\` of a cold start includes the load (${LOAD_MS} ms or more), and a warm start is faster than that.`,
  ),
  looked: text('Đọc các dòng `REPORT` của những lần gọi version tạm.', 'Read the `REPORT` lines of the invokes of the temporary version.'),
  async prove(context) {
    const looks = await probe(context)
    const init = Math.max(...looks.map(({ initMs }) => initMs ?? 0))
    const warm = Math.min(...looks.filter(({ cold }) => !cold).map(({ durationMs }) => durationMs))
    // The load waits 800 ms: an invoke that loads cannot be faster, however fast the machine.
    if (warm >= LOAD_MS) {
      throw new NotYet(
        text(`Warm start nhanh nhất vẫn mất ${warm} ms.`, `Even the fastest warm start took ${warm} ms.`),
        text('Handler vẫn đang chờ tải danh mục: chỉ dùng kết quả đã tải sẵn ở ngoài.', 'The handler still waits for a load: only use in it what was loaded outside.'),
      )
    }
    if (init < LOAD_MS) {
      throw new NotYet(
        text(`\`Init Duration\` chỉ có ${init} ms, nên danh mục chưa được tải trong Init.`, `\`Init Duration\` is only ${init} ms, so the catalogue was not loaded in Init.`),
        text('Đặt `const catalogue = await loadCatalogue()` ở ngoài mọi hàm.', 'Put `const catalogue = await loadCatalogue()` outside of any function.'),
      )
    }
    const cold = Math.min(...looks.filter((look) => look.cold).map(({ durationMs }) => durationMs))
    if (cold >= LOAD_MS) {
      throw new Undecided(
        text(`Cả Init (${init} ms) lẫn lần gọi đầu (${cold} ms) đều chậm nên chưa rõ danh mục được tải ở đâu; hãy kiểm tra lại.`, `Both Init (${init} ms) and the first invoke (${cold} ms) were slow, so it is not clear which of them loaded the catalogue; check again.`),
      )
    }
    return text(`Init ${init} ms; warm start nhanh nhất ${warm} ms.`, `Init took ${init} ms; the fastest warm start ${warm} ms.`)
  },
})

export const noLeak: Check = check({
  id: 'no-leak',
  title: text('Khách chỉ nhận sách của mình', 'Customers get their own books only'),
  expected: text('`basket` gồm đúng các sách trong sự kiện của lần gọi đó.', '`basket` holds exactly the books of that invoke’s event.'),
  looked: text(
    `Gọi \`${BASKET}\` nhiều lần liên tiếp trong cùng một môi trường: hai khách khác nhau, rồi khách thứ hai lần nữa.`,
    `Invoked \`${BASKET}\` several times in one environment: for two customers, then for the second one again.`,
  ),
  async prove(context) {
    await requireScene(context, BASKET)
    const tag = context.nonce.slice(0, 6)
    const orders = [
      { customer: `an-${tag}`, books: [`b-${tag}-1`] },
      { customer: `binh-${tag}`, books: [`b-${tag}-2`, `b-${tag}-3`] },
      { customer: `binh-${tag}`, books: [`b-${tag}-4`] },
      { customer: `chi-${tag}`, books: [] },
    ]
    let warm = 0
    for (const order of orders) {
      const { payload, report, text: raw } = await invokeWell(context, BASKET, order)
      if (report?.initMs === undefined) warm += 1
      if (payload?.customer === order.customer && JSON.stringify(payload.basket) === JSON.stringify(order.books)) continue
      throw new NotYet(
        text(`Với sự kiện \`${JSON.stringify(order)}\`, hàm trả về \`${raw}\`.`, `Given \`${JSON.stringify(order)}\`, the function answered \`${raw}\`.`),
        text('Dữ liệu của một lần gọi phải nằm trong handler: tạo `basket` mới ở mỗi lần gọi.', "An invoke's own data belongs inside the handler: make a new `basket` in each invoke."),
      )
    }
    if (warm === 0) throw new Undecided(text('Lần gọi nào cũng là cold start nên chưa thấy được lỗi rò rỉ; hãy kiểm tra lại.', 'Every invoke was a cold start, so a leak could not show; check again.'))
    return text('Bốn lần gọi, bốn giỏ đúng.', 'Four invokes, four right baskets.')
  },
})
