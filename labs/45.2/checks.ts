import { isDeepStrictEqual } from 'node:util'
import { logGroup } from '@/lib/lab/account'
import { check, NotYet } from '@/lib/lab/check'
import { text, type Check, type LabContext, type Text } from '@/lib/lab/define-lab'
import { awaitLogLines, decisions, invokeWell, requireCapability, requireRole, requireScene } from '@/lib/lab/look'
import { BASIC_EXECUTION_POLICY, roleArn } from '@/lib/lab/role'
import { BEYOND, INVOICE, INVOICE_ROLE, LOG_ACTIONS, NOTIFY, NOTIFY_ROLE, READ_ORDERS, readOrders } from './names'

const LOG_WAIT_MS = 10_000

/** IAM's decision on writing the log of a function. */
function logDecisions(context: LabContext, role: string, functionName: string): Promise<Record<string, string>> {
  return decisions(context, role, LOG_ACTIONS, `arn:aws:logs:${context.region}:${context.accountId}:log-group:${logGroup(functionName)}:log-stream:*`)
}

/** @throws NotYet where the function runs as another role than its own */
async function requireOwnRole(context: LabContext, functionName: string, role: string): Promise<void> {
  const { Role } = await requireScene(context, functionName)
  if (Role === roleArn(context, role)) return
  throw new NotYet(
    text(`Hàm \`${functionName}\` đang chạy với role \`${Role}\`.`, `\`${functionName}\` runs as the role \`${Role}\`.`),
    text(`Trả lại role \`${role}\` cho hàm và sửa chính role đó: role của hàm khác mang quyền của hàm khác.`, `Give it back \`${role}\` and mend that: another function's role carries another function's permissions.`),
  )
}

/** Invokes a function and waits for its log to hold what it was given. @throws NotYet where it does not come */
async function requireLog(context: LabContext, functionName: string): Promise<Text> {
  requireCapability(context, 'iam.enforced')
  requireCapability(context, 'lambda.logs')
  const { Role } = await requireScene(context, functionName)
  const role = Role!.split('/').at(-1)!
  const orderId = `order-${context.nonce}`
  await invokeWell(context, functionName, { orderId })
  // Where IAM says no there is nothing to wait for.
  const denied = Object.entries(await logDecisions(context, role, functionName)).filter(([, decision]) => decision !== 'allowed')
  const lines = await awaitLogLines(context, functionName, orderId, denied.length > 0 ? 0 : LOG_WAIT_MS)
  if (lines) return text(`Dòng log đã đến: \`${lines[0]!.message?.trim()}\``, `The line arrived: \`${lines[0]!.message?.trim()}\``)
  if (denied.some(([, decision]) => decision === 'explicitDeny')) {
    throw new NotYet(
      text(`Log không có \`${orderId}\`: một câu \`Deny\` của \`${role}\` cấm ${list(denied)} (explicit deny).`, `The log does not hold \`${orderId}\`: a \`Deny\` of \`${role}\` forbids ${list(denied)} (explicit deny).`),
      text('Thêm quyền không giúp được gì: `Deny` luôn thắng. Tìm và bỏ câu `Deny` đó.', 'Adding permissions does not help: a `Deny` always wins. Find that statement and remove it.'),
    )
  }
  if (denied.length > 0) {
    throw new NotYet(
      text(`Log không có \`${orderId}\`: role \`${role}\` chưa có quyền ${list(denied)}.`, `The log does not hold \`${orderId}\`: nothing allows \`${role}\` to do ${list(denied)}.`),
      text('Gắn managed policy AWSLambdaBasicExecutionRole vào role của hàm.', "Attach the managed policy AWSLambdaBasicExecutionRole to the function's role."),
    )
  }
  throw new NotYet(
    text(`Đã gọi hàm và đợi ${LOG_WAIT_MS / 1000} giây, nhưng \`${logGroup(functionName)}\` chưa có \`${orderId}\`.`, `Invoked it and waited ${LOG_WAIT_MS / 1000} seconds; \`${logGroup(functionName)}\` does not hold \`${orderId}\`.`),
    text('Quyền đã đủ; log có thể đến trễ. Hãy kiểm tra lại.', 'The permissions are there; logs may be late. Check again.'),
  )
}

function list(denied: [string, string][]): string {
  return denied.map(([action]) => `\`${action}\``).join(', ')
}

/** @throws NotYet where the role may do more, or less, than to write its log and what is named in `keeps` */
async function requireNothingWider(context: LabContext, { functionName, role, keeps }: { functionName: string; role: string; keeps: Record<string, string> }): Promise<Text> {
  requireCapability(context, 'iam.enforced')
  await requireScene(context, functionName)
  const { attached, inline } = await requireRole(context, role)
  const lacking = Object.entries(await logDecisions(context, role, functionName)).filter(([, decision]) => decision !== 'allowed')
  const beyond = Object.entries(await decisions(context, role, BEYOND, '*')).filter(([, decision]) => decision === 'allowed')
  const surplus = [...attached.filter(({ arn }) => arn !== BASIC_EXECUTION_POLICY), ...inline.filter(({ name }) => !(name in keeps))].map(({ name }) => name)
  if (beyond.length > 0) {
    throw new NotYet(
      text(`Role \`${role}\` còn có quyền ${list(beyond)}${surplus.length > 0 ? ` (do ${surplus.join(', ')})` : ''}.`, `\`${role}\` is also allowed ${list(beyond)}${surplus.length > 0 ? ` (by ${surplus.join(', ')})` : ''}.`),
      text('Gỡ những policy rộng hơn mức cần.', 'Remove the policies that are wider than needed.'),
    )
  }
  if (surplus.length > 0) {
    throw new NotYet(text(`Role \`${role}\` còn có policy thừa: ${surplus.join(', ')}.`, `\`${role}\` has policies beyond what is needed: ${surplus.join(', ')}.`), text('Gỡ các policy đó khỏi role.', 'Remove them from the role.'))
  }
  for (const [name, wanted] of Object.entries(keeps)) {
    if (isDeepStrictEqual(inline.find((one) => one.name === name)?.document, JSON.parse(wanted))) continue
    throw new NotYet(text(`Inline policy \`${name}\` của role đã bị đổi hoặc bị xóa.`, `The role's inline policy \`${name}\` was changed or deleted.`), text(`Đặt lại nội dung của \`${name}\` như sau:\n\n\`\`\`json\n${wanted}\n\`\`\``, `Put \`${name}\` back:\n\n\`\`\`json\n${wanted}\n\`\`\``))
  }
  if (lacking.length > 0) {
    throw new NotYet(text(`Role \`${role}\` chưa có quyền ${list(lacking)}.`, `\`${role}\` is not allowed ${list(lacking)} yet.`), text('Cấp đủ ba quyền ghi log trước đã.', 'Grant the three actions for logs first.'))
  }
  return text('Đủ ba quyền ghi log, và không có gì thừa.', 'The three actions for logs are allowed, and nothing beyond.')
}

export const policyAttached: Check = check({
  id: 'policy',
  title: text('Role của hàm có AWSLambdaBasicExecutionRole', "The function's role has AWSLambdaBasicExecutionRole"),
  expected: text(`Hàm \`${NOTIFY}\` vẫn chạy với \`${NOTIFY_ROLE}\`, và role đó được gắn \`${BASIC_EXECUTION_POLICY}\`.`, `\`${NOTIFY}\` still runs as \`${NOTIFY_ROLE}\`, and \`${BASIC_EXECUTION_POLICY}\` is attached to it.`),
  looked: text('Đọc cấu hình của hàm và danh sách policy đã gắn vào role.', "Read the function's configuration and the policies attached to the role."),
  async prove(context) {
    await requireOwnRole(context, NOTIFY, NOTIFY_ROLE)
    const { attached, inline } = await requireRole(context, NOTIFY_ROLE)
    if (attached.some(({ arn }) => arn === BASIC_EXECUTION_POLICY)) return text('Policy đã được gắn.', 'The policy is attached.')
    const names = [...attached, ...inline].map(({ name }) => name).join(', ') || '-'
    throw new NotYet(
      text(`Role hiện có các policy: ${names}. Không có AWSLambdaBasicExecutionRole.`, `The role's policies are: ${names}. AWSLambdaBasicExecutionRole is not among them.`),
      text('Gắn policy theo đúng ARN của nó. ARN có phần `service-role/`.', 'Attach it by its exact ARN, which has `service-role/` in it.'),
    )
  },
})

export const notifyLogs: Check = check({
  id: 'logs',
  title: text('Log của hàm xuất hiện', "The function's log appears"),
  expected: text(`Log group \`${logGroup(NOTIFY)}\` có dòng log của lần gọi vừa rồi.`, `The log group \`${logGroup(NOTIFY)}\` holds the line of the invoke just made.`),
  looked: text(`Gọi \`${NOTIFY}\` với một mã đơn hàng vừa được tạo ngẫu nhiên rồi tìm mã đó trong log.`, `Invoked \`${NOTIFY}\` with an order number made up just now, and searched its log for it.`),
  prove: (context) => requireLog(context, NOTIFY),
})

export const notifyNarrow: Check = check({
  id: 'narrow',
  title: text('Không có quyền nào thừa', 'No permission too many'),
  expected: text(`\`${NOTIFY_ROLE}\` được ghi log, giữ \`${READ_ORDERS}\`, và không được làm gì khác.`, `\`${NOTIFY_ROLE}\` may write its log, keeps \`${READ_ORDERS}\`, and may do nothing else.`),
  looked: text(`Hỏi IAM (SimulatePrincipalPolicy) về ba quyền ghi log và ${BEYOND.length} quyền khác, rồi đọc mọi policy của role.`, `Asked IAM (SimulatePrincipalPolicy) about the three actions for logs and ${BEYOND.length} others, and read all policies of the role.`),
  prove: (context) => requireNothingWider(context, { functionName: NOTIFY, role: NOTIFY_ROLE, keeps: { [READ_ORDERS]: readOrders(context.accountId, context.region) } }),
})

export const invoiceLogs: Check = check({
  id: 'invoice-logs',
  title: text('Log của hàm hóa đơn xuất hiện', "The invoice function's log appears"),
  expected: text(`Log group \`${logGroup(INVOICE)}\` có dòng log của lần gọi vừa rồi.`, `The log group \`${logGroup(INVOICE)}\` holds the line of the invoke just made.`),
  looked: text(`Gọi \`${INVOICE}\` với một mã đơn hàng vừa được tạo ngẫu nhiên rồi tìm mã đó trong log.`, `Invoked \`${INVOICE}\` with an order number made up just now, and searched its log for it.`),
  async prove(context) {
    await requireOwnRole(context, INVOICE, INVOICE_ROLE)
    return requireLog(context, INVOICE)
  },
})

export const invoiceNarrow: Check = check({
  id: 'invoice-narrow',
  title: text('Role hóa đơn chỉ có AWSLambdaBasicExecutionRole', 'The invoice role has AWSLambdaBasicExecutionRole only'),
  expected: text(`\`${INVOICE_ROLE}\` được ghi log và không được làm gì khác.`, `\`${INVOICE_ROLE}\` may write its log and may do nothing else.`),
  looked: text(`Hỏi IAM (SimulatePrincipalPolicy) về ba quyền ghi log và ${BEYOND.length} quyền khác, rồi đọc mọi policy của role.`, `Asked IAM (SimulatePrincipalPolicy) about the three actions for logs and ${BEYOND.length} others, and read all policies of the role.`),
  prove: (context) => requireNothingWider(context, { functionName: INVOICE, role: INVOICE_ROLE, keeps: {} }),
})
