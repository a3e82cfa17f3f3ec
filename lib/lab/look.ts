import { FilterLogEventsCommand, type FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs'
import { GetRoleCommand, GetRolePolicyCommand, ListAttachedRolePoliciesCommand, ListRolePoliciesCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam'
import { GetFunctionConfigurationCommand, type FunctionConfiguration } from '@aws-sdk/client-lambda'
import { logGroup, unlessGone } from './account'
import { NotYet, Undecided } from './check'
import { text, type Capability, type LabContext } from './define-lab'
import { eventually } from './eventually'
import { invokeAndRead, type Invocation } from './invoke'
import { roleArn } from './role'

const LACKING: Record<Capability, [vi: string, en: string]> = {
  'iam.enforced': ['không thực thi quyền IAM', 'does not enforce IAM'],
  'lambda.logs': ['không ghi log của hàm', 'does not write the logs of functions'],
  'lambda.report': ['không có dòng REPORT', 'has no REPORT lines'],
  'lambda.python': ['không chạy Python', 'does not run Python'],
  'audit.trail': ['không lưu nhật ký lời gọi', 'keeps no audit trail'],
  'keys.rotate': ['không đổi được khóa', 'cannot rotate keys'],
  'clock.move': ['không chỉnh được đồng hồ', 'cannot move the clock'],
}

/** @throws Undecided where the backend lacks what a check needs */
export function requireCapability(context: LabContext, capability: Capability): void {
  if (context.can(capability)) return
  const [vi, en] = LACKING[capability]
  throw new Undecided(text(`Nền tảng AWS đang dùng ${vi}, nên không kết luận được ở đây.`, `The AWS backend in use ${en}, so this cannot be decided here.`))
}

/** A function's configuration. @throws NotYet where there is no such function */
export async function requireFunction(context: LabContext, name: string): Promise<FunctionConfiguration> {
  const found = await unlessGone(context.clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name })))
  if (found) return found
  throw new NotYet(
    text(`Chưa có hàm nào tên \`${name}\` ở vùng ${context.region}.`, `There is no function named \`${name}\` in ${context.region}.`),
    text(`Tạo hàm với đúng tên \`${name}\`.`, `Create the function under exactly the name \`${name}\`.`),
  )
}

/** As `requireFunction`, for a function that the lab itself sets up. @throws NotYet where it is not there */
export async function requireScene(context: LabContext, name: string): Promise<FunctionConfiguration> {
  const found = await unlessGone(context.clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name })))
  if (found) return found
  throw new NotYet(
    text(`Không có hàm \`${name}\` ở vùng ${context.region}; bài lab tạo sẵn hàm này khi bắt đầu.`, `There is no function \`${name}\` in ${context.region}; the lab makes it when you start.`),
    text('Bấm “Bắt đầu bài lab”, hoặc “Làm lại từ đầu” nếu hàm đã bị xóa.', 'Press “Start the lab”, or “Start over” if the function was deleted.'),
  )
}

/** What a role is and may, as far as checks look at it. */
export interface RoleState {
  trust: unknown
  attached: { name: string; arn: string }[]
  inline: { name: string; document: unknown }[]
}

/** A role with its policies. @throws NotYet where there is no such role */
export async function requireRole(context: LabContext, name: string): Promise<RoleState> {
  const { iam } = context.clients
  const role = await unlessGone(iam.send(new GetRoleCommand({ RoleName: name })))
  if (!role) throw new NotYet(text(`Chưa có role nào tên \`${name}\`.`, `There is no role named \`${name}\`.`), text(`Tạo role với đúng tên \`${name}\`.`, `Create the role under exactly the name \`${name}\`.`))
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: name }))
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: name }))
  return {
    trust: document(role.Role?.AssumeRolePolicyDocument),
    attached: AttachedPolicies.map(({ PolicyName, PolicyArn }) => ({ name: PolicyName!, arn: PolicyArn! })),
    inline: await Promise.all(
      PolicyNames.map(async (policy) => ({ name: policy, document: document((await iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: policy }))).PolicyDocument) })),
    ),
  }
}

/** IAM hands documents out percent-encoded; some endpoints that resemble it do not. */
function document(given = '{}'): unknown {
  return JSON.parse(given.trimStart().startsWith('{') ? given : decodeURIComponent(given))
}

/** What IAM would answer a role for some actions: `allowed`, `implicitDeny` or `explicitDeny`, by action. */
export async function decisions(context: LabContext, roleName: string, actions: string[], resource: string): Promise<Record<string, string>> {
  const { EvaluationResults = [] } = await context.clients.iam.send(
    new SimulatePrincipalPolicyCommand({ PolicySourceArn: roleArn(context, roleName), ActionNames: actions, ResourceArns: [resource] }),
  )
  return Object.fromEntries(EvaluationResults.map(({ EvalActionName, EvalDecision }) => [EvalActionName!, EvalDecision!]))
}

/** Invokes a function. @throws NotYet where it is not there, throttled by its own settings, or cannot run as its role */
export async function invoke(context: LabContext, name: string, event: unknown, qualifier?: string): Promise<Invocation> {
  try {
    return await invokeAndRead(context.clients, { name, event, signal: context.signal, ...(qualifier !== undefined && { qualifier }) })
  } catch (error) {
    const { name: kind, message } = error as Error
    if (kind === 'ResourceNotFoundException' && qualifier === undefined) await requireFunction(context, name)
    if (kind === 'ResourceNotFoundException' && qualifier !== undefined) {
      throw new Undecided(text(`Version ${qualifier} của \`${name}\` vừa bị xóa trong lúc kiểm tra; hãy kiểm tra lại.`, `Version ${qualifier} of \`${name}\` was deleted during the check; check again.`))
    }
    if (kind === 'TooManyRequestsException') {
      throw new NotYet(
        text(`Lambda từ chối gọi \`${name}\`: ${message}`, `Lambda refused to run \`${name}\`: ${message}`),
        text('Đợi các lần gọi khác xong, và xem lại reserved concurrency (số lần chạy song song dành riêng) của hàm.', "Wait for other invokes to end, and look at the function's reserved concurrency."),
      )
    }
    if (kind === 'InvalidRequestContentException' || kind === 'ResourceConflictException' || kind === 'ResourceNotReadyException') {
      throw new Undecided(text(`\`${name}\` đang được cập nhật (${kind}); hãy kiểm tra lại.`, `\`${name}\` is being updated (${kind}); check again.`))
    }
    if (kind === 'AccessDeniedException' && /assume/i.test(message)) {
      throw new NotYet(
        text(`Lambda không dùng được execution role của \`${name}\`: ${message}`, `Lambda cannot use the execution role of \`${name}\`: ${message}`),
        text('Xem role có còn không và trust policy có cho `lambda.amazonaws.com` không.', 'See whether the role still exists and its trust policy names `lambda.amazonaws.com`.'),
      )
    }
    throw error
  }
}

/** As `invoke`, and the function must have given an answer. @throws NotYet where it threw, timed out or died */
export async function invokeWell(context: LabContext, name: string, event: unknown, qualifier?: string): Promise<Invocation> {
  const answer = await invoke(context, name, event, qualifier)
  if (answer.functionError === undefined) return answer
  const shown = JSON.stringify(event)
  throw new NotYet(
    text(`Với sự kiện \`${shown}\`, hàm \`${name}\` kết thúc bằng lỗi: ${problem(answer)}`, `Given the event \`${shown}\`, \`${name}\` ended in an error: ${problem(answer)}`),
    text('Gọi thử với chính sự kiện đó và đọc dòng lỗi trong log.', 'Invoke it with that very event and read the error in its log.'),
  )
}

/** The function's own words for its error, such as `TypeError: x is not a function`; the first line of them. */
export function problem({ payload, text: raw }: Invocation): string {
  return payload?.errorMessage === undefined ? raw : `${payload.errorType ?? 'Error'}: ${String(payload.errorMessage).split('\n')[0]}`
}

/** The lines of a function's log that hold a phrase, newest last; undefined where there is no log group yet. */
export async function logLines(context: LabContext, functionName: string, phrase: string): Promise<FilteredLogEvent[] | undefined> {
  const events: FilteredLogEvent[] = []
  let nextToken: string | undefined
  do {
    const page = await unlessGone(
      context.clients.logs.send(new FilterLogEventsCommand({ logGroupName: logGroup(functionName), filterPattern: `"${phrase}"`, ...(nextToken !== undefined && { nextToken }) })),
    )
    if (!page) return undefined
    events.push(...(page.events ?? []))
    nextToken = page.nextToken
  } while (nextToken !== undefined && events.length < 2_000)
  return events
}

/** As `logLines`, waiting until there is such a line. CloudWatch Logs delivers with a delay. */
export async function awaitLogLines(context: LabContext, functionName: string, phrase: string, forMs: number): Promise<FilteredLogEvent[] | undefined> {
  return eventually(async () => {
    const lines = await logLines(context, functionName, phrase)
    return lines && lines.length > 0 ? lines : undefined
  }, { forMs, everyMs: 400, signal: context.signal })
}
