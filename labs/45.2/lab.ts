import { AttachRolePolicyCommand, DeleteRolePolicyCommand } from '@aws-sdk/client-iam'
import { deleteAll, ensureFunction, ensureRole, inventoryOf, logGroup } from '@/lib/lab/account'
import { attachPolicy, deleteRolePolicy, invoke, listLogGroups, showRole } from '@/lib/lab/actions'
import { defineLab, text } from '@/lib/lab/define-lab'
import { BASIC_EXECUTION_POLICY } from '@/lib/lab/role'
import { folder } from '@/lib/lab/zip'
import { invoiceLogs, invoiceNarrow, notifyLogs, notifyNarrow, policyAttached } from './checks'
import { INVOICE, INVOICE_ROLE, LOG_ACTIONS, NOTIFY, NOTIFY_ROLE, READ_ORDERS, readOrders, SAVE_COSTS, saveCosts, scene } from './names'
import { wrong } from './wrong'

const BELONGINGS = { functions: [NOTIFY, INVOICE], roles: [NOTIFY_ROLE, INVOICE_ROLE] }
const order = { orderId: 'A-1024' }
const [createGroup, createStream, putEvents] = LOG_ACTIONS.map((action) => text(`\`${action}\``, `\`${action}\``))

export default defineLab({
  id: '45.2',
  day: 45,
  title: text('AWSLambdaBasicExecutionRole: hàm im lặng', 'AWSLambdaBasicExecutionRole: the silent function'),
  summary: text('Tìm lý do một hàm không ghi được log, và cấp cho role của nó đúng quyền còn thiếu.', 'Find out why a function writes no log, and give its role exactly what it lacks.'),
  covers: ['a5.2'],
  needs: ['lambda', 'logs', 'iam'],
  minutes: 25,
  cost: text(
    'Gần như 0 đồng: IAM miễn phí, vài chục lần gọi và dưới 1 MB log nằm trong mức miễn phí hằng tháng.',
    'Next to nothing: IAM is free, and some dozens of invokes and less than 1 MB of logs lie within the monthly free tier.',
  ),
  leaves: text(
    `Hai hàm (\`${NOTIFY}\`, \`${INVOICE}\`), role của chúng và log của chúng, cho đến khi bạn dọn dẹp.`,
    `Two functions (\`${NOTIFY}\`, \`${INVOICE}\`), their roles and their logs, until you clean up.`,
  ),
  after: ['42.1', '45.1'],
  files: {},
  events: [{ name: text('Một đơn hàng', 'An order'), json: JSON.stringify(order, null, 2) }],
  async prepare(context) {
    await ensureRole(context, NOTIFY_ROLE, { inline: { [READ_ORDERS]: readOrders(context.accountId, context.region) } })
    await ensureRole(context, INVOICE_ROLE, { attached: [BASIC_EXECUTION_POLICY], inline: { [SAVE_COSTS]: saveCosts } })
    await ensureFunction(context, NOTIFY, { role: NOTIFY_ROLE, files: folder(scene, 'notify') })
    await ensureFunction(context, INVOICE, { role: INVOICE_ROLE, files: folder(scene, 'invoice') })
  },
  steps: [
    {
      id: 'know',
      kind: 'know',
      title: text('Hàm ghi log bằng quyền của ai?', 'By whose permission does a function log?'),
      actions: [],
      checks: [],
      hints: [
        text('Cả ba đều là quyền ghi, không có quyền đọc hay xóa.', 'All three write; none reads or deletes.'),
        text('Hai quyền tạo (nhóm, luồng) và một quyền ghi dòng log.', 'Two create (a group, a stream), one writes the lines.'),
        text('Xem danh sách `Action` trong nội dung policy ở trên.', 'See the list under `Action` in the policy above.'),
      ],
      question: {
        ask: text('AWSLambdaBasicExecutionRole cho phép đúng ba hành động. Chọn cả ba.', 'AWSLambdaBasicExecutionRole allows exactly three actions. Choose all three.'),
        options: [
          text('`logs:DeleteLogGroup`', '`logs:DeleteLogGroup`'),
          createGroup!,
          text('`logs:GetLogEvents`', '`logs:GetLogEvents`'),
          createStream!,
          text('`lambda:InvokeFunction`', '`lambda:InvokeFunction`'),
          putEvents!,
        ],
        answers: [1, 3, 5],
        why: text('Tạo log group, tạo log stream, ghi log: đủ để hàm ghi log và không hơn.', 'Create the group, create the stream, put the events: enough to log, and no more.'),
      },
      async solve() {},
    },
    {
      id: 'look',
      kind: 'do',
      title: text('Tìm lý do hàm im lặng', 'Find out why it is silent'),
      actions: [invoke(NOTIFY, order), listLogGroups(logGroup(NOTIFY)), showRole(NOTIFY_ROLE)],
      checks: [],
      hints: [
        text('Hàm có chạy không? Nếu có, lỗi không nằm ở mã.', 'Does the function run? Then the fault is not in its code.'),
        text('Trong role, tìm một câu cho phép `logs:PutLogEvents`.', 'Look in the role for a statement that allows `logs:PutLogEvents`.'),
        text('Role chỉ có `read-orders`, mà policy đó chỉ nói về DynamoDB.', 'All the role has is `read-orders`, and that speaks of DynamoDB only.'),
      ],
      question: {
        ask: text('Vì sao log của `bookshop-notify` không xuất hiện?', 'Why does the log of `bookshop-notify` not appear?'),
        options: [
          text('Mã của hàm không in ra gì', 'Its code prints nothing'),
          text('Hàm bị lỗi trước khi kịp in', 'It fails before it prints'),
          text('Trust policy không cho Lambda dùng role', 'The trust policy does not let Lambda assume the role'),
          text('Không có policy nào cho role quyền ghi vào CloudWatch Logs', 'No policy lets the role write to CloudWatch Logs'),
        ],
        answers: [3],
        why: text('Hàm chạy và trả lời được nên mã và trust policy đều ổn. Role chỉ được đọc bảng đơn hàng.', 'The function runs and answers, so code and trust policy are fine. The role may only read the table of orders.'),
      },
      async solve() {},
    },
    {
      id: 'prove',
      kind: 'prove',
      title: text('Cấp đúng quyền còn thiếu', 'Grant exactly what is missing'),
      actions: [attachPolicy(NOTIFY_ROLE), invoke(NOTIFY, order), listLogGroups(logGroup(NOTIFY)), showRole(NOTIFY_ROLE)],
      checks: [policyAttached, notifyLogs, notifyNarrow],
      hints: [
        text('Policy của AWS có ARN bắt đầu bằng `arn:aws:iam::aws:policy/`.', "The ARNs of AWS's policies start with `arn:aws:iam::aws:policy/`."),
        text('Policy dành cho role của dịch vụ nằm dưới đường dẫn `service-role/`.', 'Policies for roles of services are under the path `service-role/`.'),
        text(`Gắn \`${BASIC_EXECUTION_POLICY}\` vào \`${NOTIFY_ROLE}\`.`, `Attach \`${BASIC_EXECUTION_POLICY}\` to \`${NOTIFY_ROLE}\`.`),
      ],
      solve: async (context) => void (await context.clients.iam.send(new AttachRolePolicyCommand({ RoleName: NOTIFY_ROLE, PolicyArn: BASIC_EXECUTION_POLICY }))),
    },
    {
      id: 'repair',
      kind: 'repair',
      title: text('Sửa hàm hóa đơn', 'Mend the invoice function'),
      actions: [invoke(INVOICE, order), showRole(INVOICE_ROLE), deleteRolePolicy(INVOICE_ROLE), listLogGroups(logGroup(INVOICE))],
      checks: [invoiceLogs, invoiceNarrow],
      hints: [
        text('Role đã được phép ghi log. Vậy điều gì đang cấm nó?', 'The role is allowed to log. So what forbids it?'),
        text('Tìm một câu có `"Effect": "Deny"` trong các inline policy.', 'Look for a statement with `"Effect": "Deny"` among the inline policies.'),
        text(`Xóa inline policy \`${SAVE_COSTS}\` của \`${INVOICE_ROLE}\`.`, `Delete the inline policy \`${SAVE_COSTS}\` of \`${INVOICE_ROLE}\`.`),
      ],
      solve: async (context) => void (await context.clients.iam.send(new DeleteRolePolicyCommand({ RoleName: INVOICE_ROLE, PolicyName: SAVE_COSTS }))),
    },
  ],
  wrong,
  cleanup: (context) => deleteAll(context, BELONGINGS),
  inventory: (context) => inventoryOf(context, BELONGINGS),
})
