import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { deleteAll, ensureFunction, ensureRole, inventoryOf, settled, updateCode as putCode } from '@/lib/lab/account'
import { attachPolicy, createFunction, createRole, invoke, updateCode, updateHandler } from '@/lib/lab/actions'
import { defineLab, text } from '@/lib/lab/define-lab'
import { BASIC_EXECUTION_POLICY } from '@/lib/lab/role'
import { folder } from '@/lib/lab/zip'
import { orderEvent } from './carts'
import { badItems, badJson, emptyCart, functionAnswers, receiptWorks, roleReady, totals } from './checks'
import { FOLDER, FUNCTION, RECEIPT, RECEIPT_ROLE, ROLE, scene, solution, starter } from './names'
import { wrong } from './wrong'

const BELONGINGS = { functions: [FUNCTION, RECEIPT], roles: [ROLE, RECEIPT_ROLE] }
const sample = orderEvent([
  { id: 'b-101', price: 120000, quantity: 2 },
  { id: 'b-205', price: 85000, quantity: 1 },
])

export default defineLab({
  id: '42.1',
  day: 42,
  title: text('Handler Node.js: tính tổng đơn hàng', 'A Node.js handler: what an order comes to'),
  summary: text('Viết, đưa lên và gọi hàm Lambda tính tổng tiền của một giỏ sách.', 'Write, deploy and invoke a Lambda function that totals a cart of books.'),
  covers: ['a2.1'],
  needs: ['lambda', 'iam'],
  minutes: 35,
  cost: text(
    'Gần như 0 đồng: vài trăm lần gọi nằm trong mức miễn phí hằng tháng của Lambda (1 triệu lần gọi và 400.000 GB-giây).',
    "Next to nothing: a few hundred invokes lie within Lambda's monthly free tier (1 million requests and 400,000 GB-seconds).",
  ),
  leaves: text(
    `Hai hàm (\`${FUNCTION}\`, \`${RECEIPT}\`), role của chúng và log của chúng, cho đến khi bạn dọn dẹp.`,
    `Two functions (\`${FUNCTION}\`, \`${RECEIPT}\`), their roles and their logs, until you clean up.`,
  ),
  after: ['41.1'],
  files: starter,
  events: [
    { name: text('Hai đầu sách', 'Two titles'), json: JSON.stringify(sample, null, 2) },
    { name: text('Giỏ trống', 'Empty cart'), json: JSON.stringify(orderEvent([]), null, 2) },
    { name: text('JSON hỏng', 'Broken JSON'), json: JSON.stringify({ body: '{"items":[{"id":"b-101"' }, null, 2) },
    { name: text('Thiếu số lượng', 'Quantity missing'), json: JSON.stringify(orderEvent([{ id: 'b-101', price: 120000 }]), null, 2) },
    { name: text('Biên lai', 'Receipt'), json: JSON.stringify({ orderId: 'A-1024' }, null, 2) },
  ],
  async prepare(context) {
    await ensureRole(context, RECEIPT_ROLE, { attached: [BASIC_EXECUTION_POLICY] })
    await ensureFunction(context, RECEIPT, { role: RECEIPT_ROLE, files: folder(scene, 'receipt'), handler: 'index.main' })
  },
  steps: [
    {
      id: 'know',
      kind: 'know',
      title: text('Handler là gì', 'What a handler is'),
      actions: [],
      checks: [],
      hints: [
        text('Đọc lại đoạn nói về thiết lập `Handler`.', 'Read the part about the setting `Handler` again.'),
        text('Phần trước dấu chấm là tên tệp, phần sau là tên được `export`.', 'What stands before the dot is the file, what stands after it is the name that is exported.'),
        text('`orders.mjs` → `orders`; `export const total` → `total`.', '`orders.mjs` → `orders`; `export const total` → `total`.'),
      ],
      question: {
        ask: text('Tệp `orders.mjs` có dòng `export const total = async (event) => …`. Thiết lập `Handler` phải là gì?', 'The file `orders.mjs` says `export const total = async (event) => …`. What must the setting `Handler` be?'),
        options: [text('`orders.mjs`', '`orders.mjs`'), text('`orders.total`', '`orders.total`'), text('`total.orders`', '`total.orders`'), text('`index.handler`, lúc nào cũng vậy', '`index.handler`, always')],
        answers: [1],
        why: text('`Handler` có dạng `tên-tệp.tên-được-export`. `index.handler` chỉ là giá trị thường dùng.', '`Handler` reads `file.export`. `index.handler` is merely the usual one.'),
      },
      async solve() {},
    },
    {
      id: 'do',
      kind: 'do',
      title: text('Tạo role, tạo hàm, gọi hàm', 'Make the role, make the function, invoke it'),
      actions: [createRole(ROLE), attachPolicy(ROLE, BASIC_EXECUTION_POLICY), createFunction({ name: FUNCTION, role: ROLE, from: FOLDER }), invoke(FUNCTION, sample)],
      checks: [roleReady, functionAnswers],
      hints: [
        text('Làm theo thứ tự: role, policy, hàm, rồi mới gọi.', 'Keep the order: role, policy, function, and only then invoke.'),
        text('Tên phải đúng từng ký tự; các biểu mẫu đã điền sẵn.', 'Names count to the letter; the forms hold them already.'),
        text('Bấm lần lượt bốn nút ở bên phải với giá trị có sẵn.', 'Send the four forms on the right one after the other, as they are.'),
      ],
      async solve(context) {
        await ensureRole(context, ROLE, { attached: [BASIC_EXECUTION_POLICY] })
        await ensureFunction(context, FUNCTION, { role: ROLE, files: folder(starter, FOLDER) })
      },
    },
    {
      id: 'prove',
      kind: 'prove',
      title: text('Viết hàm tính tổng', 'Write the total'),
      actions: [updateCode(FUNCTION, FOLDER), invoke(FUNCTION, sample)],
      checks: [totals, emptyCart, badJson, badItems],
      hints: [
        text('Đi theo ba bước: đọc JSON, kiểm tra items, cộng tiền. Mỗi bước hỏng có một câu trả lời riêng.', 'Go in three steps: read the JSON, look at the items, add up. Each of the first two has an answer of its own for when it fails.'),
        text(
          'Bọc `JSON.parse` bằng `try/catch`; dùng `Array.isArray`, `Number.isFinite` và `Number.isInteger`; cho `reduce` giá trị đầu là 0.',
          'Put `JSON.parse` into `try/catch`; use `Array.isArray`, `Number.isFinite` and `Number.isInteger`; give `reduce` 0 to start from.',
        ),
        text(`Một lời giải:\n\n\`\`\`js\n${solution[`${FOLDER}/index.mjs`]}\`\`\``, `One solution:\n\n\`\`\`js\n${solution[`${FOLDER}/index.mjs`]}\`\`\``),
      ],
      solve: (context) => putCode(context, FUNCTION, folder(solution, FOLDER)),
    },
    {
      id: 'repair',
      kind: 'repair',
      title: text('Sửa hàm biên lai', 'Mend the receipt function'),
      actions: [invoke(RECEIPT, { orderId: 'A-1024' }), updateHandler(RECEIPT)],
      checks: [receiptWorks],
      hints: [
        text('Gọi hàm và đọc `errorType` trong câu trả lời.', 'Invoke it and read `errorType` in the answer.'),
        text('`Runtime.HandlerNotFound` nghĩa là tệp có đó, nhưng không export tên mà `Handler` nêu.', '`Runtime.HandlerNotFound` means that the file is there but does not export the name in `Handler`.'),
        text('Đặt `Handler` là `index.handler`.', 'Set `Handler` to `index.handler`.'),
      ],
      async solve(context) {
        await context.clients.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: RECEIPT, Handler: 'index.handler' }))
        await settled(context, RECEIPT)
      },
    },
  ],
  wrong,
  cleanup: (context) => deleteAll(context, BELONGINGS),
  inventory: (context) => inventoryOf(context, BELONGINGS),
})
