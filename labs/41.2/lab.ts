import { deleteAll, ensureFunction, ensureRole, inventoryOf, updateCode as putCode } from '@/lib/lab/account'
import { attachPolicy, createFunction, createRole, invoke, updateCode } from '@/lib/lab/actions'
import { defineLab, text } from '@/lib/lab/define-lab'
import { invokeAndRead } from '@/lib/lab/invoke'
import { BASIC_EXECUTION_POLICY } from '@/lib/lab/role'
import { folder } from '@/lib/lab/zip'
import { coldThenWarm, noLeak, once, paidInInit } from './checks'
import { BASKET, BASKET_ROLE, CATALOGUE, ROLE, solution, starter } from './names'
import { wrong } from './wrong'

const BELONGINGS = { functions: [CATALOGUE, BASKET], roles: [ROLE, BASKET_ROLE] }
const search = { bookId: 'b-42' }
const order = { customer: 'an', books: ['b-1', 'b-2'] }

export default defineLab({
  id: '41.2',
  day: 41,
  title: text('Cold start và warm start', 'Cold start and warm start'),
  summary: text('Đo cold start và warm start, rồi đưa phần khởi tạo ra ngoài handler.', 'Measure cold and warm starts, then move initialisation out of the handler.'),
  covers: ['a1.2'],
  needs: ['lambda', 'logs', 'iam'],
  minutes: 30,
  cost: text(
    'Gần như 0 đồng: vài chục lần gọi, mỗi lần dưới một giây, nằm trong mức miễn phí hằng tháng của Lambda; log dưới 1 MB.',
    "Next to nothing: some dozens of invokes of less than a second each lie within Lambda's monthly free tier; the logs stay under 1 MB.",
  ),
  leaves: text(
    `Hai hàm (\`${CATALOGUE}\`, \`${BASKET}\`), role của chúng và log của chúng, cho đến khi bạn dọn dẹp.`,
    `Two functions (\`${CATALOGUE}\`, \`${BASKET}\`), their roles and their logs, until you clean up.`,
  ),
  after: ['42.1'],
  files: starter,
  events: [
    { name: text('Tìm một cuốn sách', 'Look up a book'), json: JSON.stringify(search, null, 2) },
    { name: text('Sách không có', 'No such book'), json: JSON.stringify({ bookId: 'b-0' }, null, 2) },
    { name: text('Đơn của An', "An's order"), json: JSON.stringify(order, null, 2) },
    { name: text('Đơn của Bình', "Bình's order"), json: JSON.stringify({ customer: 'binh', books: ['b-7'] }, null, 2) },
  ],
  async prepare(context) {
    await ensureRole(context, BASKET_ROLE, { attached: [BASIC_EXECUTION_POLICY] })
    await ensureFunction(context, BASKET, { role: BASKET_ROLE, files: folder(starter, 'basket') })
  },
  steps: [
    {
      id: 'know',
      kind: 'know',
      title: text('Vòng đời của môi trường thực thi', 'The life of an execution environment'),
      actions: [],
      checks: [],
      hints: [
        text('Mã ngoài handler thuộc về giai đoạn nào?', 'To which phase does code outside the handler belong?'),
        text('Init xảy ra một lần cho mỗi môi trường, không phải cho mỗi lần gọi.', 'Init happens once for each environment, not for each invoke.'),
        text('100 lần gọi trong 2 môi trường: phần ngoài handler chạy 2 lần.', '100 invokes in 2 environments: what stands outside the handler runs 2 times.'),
      ],
      question: {
        ask: text('Một hàm được gọi 100 lần; Lambda dùng hai môi trường thực thi cho cả 100 lần. Mã nằm ngoài handler chạy mấy lần?', 'A function is invoked 100 times, and Lambda uses two execution environments for all of them. How often does the code outside the handler run?'),
        options: [text('1 lần', 'Once'), text('2 lần', 'Twice'), text('100 lần', '100 times'), text('Không lần nào: chỉ handler được chạy', 'Never: only the handler runs')],
        answers: [1],
        why: text('Mỗi môi trường chạy phần ngoài handler một lần, trong Init của nó.', 'Each environment runs it once, in its own Init.'),
      },
      async solve() {},
    },
    {
      id: 'measure',
      kind: 'do',
      title: text('Đo cold start và warm start', 'Measure a cold and a warm start'),
      actions: [createRole(ROLE), attachPolicy(ROLE, BASIC_EXECUTION_POLICY), createFunction({ name: CATALOGUE, role: ROLE, from: 'catalogue' }), invoke(CATALOGUE, search)],
      checks: [coldThenWarm],
      hints: [
        text('Lần gọi đầu tiên sau khi tạo hàm luôn là cold start.', 'The first invoke after a function is made is always a cold start.'),
        text('Gọi lần thứ hai ngay sau đó và tìm `Init Duration` trong hai dòng `REPORT`.', 'Invoke it again right away and look for `Init Duration` in the two `REPORT` lines.'),
        text('Gửi lần lượt bốn biểu mẫu, rồi gửi biểu mẫu cuối thêm một lần nữa.', 'Send the four forms one after the other, then the last one once more.'),
      ],
      async solve(context) {
        await ensureRole(context, ROLE, { attached: [BASIC_EXECUTION_POLICY] })
        await ensureFunction(context, CATALOGUE, { role: ROLE, files: folder(starter, 'catalogue') })
        await invokeAndRead(context.clients, { name: CATALOGUE, event: search })
        await invokeAndRead(context.clients, { name: CATALOGUE, event: search })
      },
    },
    {
      id: 'move',
      kind: 'prove',
      title: text('Đưa phần khởi tạo ra ngoài handler', 'Move initialisation out of the handler'),
      actions: [updateCode(CATALOGUE, 'catalogue'), invoke(CATALOGUE, search)],
      checks: [once, paidInInit],
      hints: [
        text('Dòng nào trong `index.mjs` không phụ thuộc vào `event`?', 'Which line of `index.mjs` does not depend on `event`?'),
        text('Chuyển dòng gọi `loadCatalogue()` lên trên `export const handler`; tệp `.mjs` cho phép `await` ở đó.', 'Move the call of `loadCatalogue()` above `export const handler`; an `.mjs` file allows `await` there.'),
        text(`Một lời giải:\n\n\`\`\`js\n${solution['catalogue/index.mjs']}\`\`\``, `One solution:\n\n\`\`\`js\n${solution['catalogue/index.mjs']}\`\`\``),
      ],
      solve: (context) => putCode(context, CATALOGUE, folder(solution, 'catalogue')),
    },
    {
      id: 'repair',
      kind: 'repair',
      title: text('Sửa giỏ hàng bị rò rỉ', 'Mend the basket that leaks'),
      actions: [invoke(BASKET, order), updateCode(BASKET, 'basket')],
      checks: [noLeak],
      hints: [
        text('Biến nào trong `basket/index.mjs` sống qua nhiều lần gọi?', 'Which variable in `basket/index.mjs` lives on from invoke to invoke?'),
        text('`basket` được tạo một lần, trong Init. Nó phải được tạo ở mỗi lần gọi.', '`basket` is made once, in Init. It has to be made in each invoke.'),
        text(`Một lời giải:\n\n\`\`\`js\n${solution['basket/index.mjs']}\`\`\``, `One solution:\n\n\`\`\`js\n${solution['basket/index.mjs']}\`\`\``),
      ],
      solve: (context) => putCode(context, BASKET, folder(solution, 'basket')),
    },
  ],
  wrong,
  cleanup: (context) => deleteAll(context, BELONGINGS),
  inventory: (context) => inventoryOf(context, BELONGINGS),
})
