import { AttachRolePolicyCommand, DeleteRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { ensureRole, settled } from '@/lib/lab/account'
import type { LabContext, WrongAttempt } from '@/lib/lab/define-lab'
import { BASIC_EXECUTION_POLICY, policy, roleArn } from '@/lib/lab/role'
import { INVOICE_ROLE, NOTIFY, NOTIFY_ROLE, SAVE_COSTS } from './names'

const attach = (context: LabContext, RoleName: string, PolicyArn: string) => context.clients.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }))
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess'
const LOGS_FULL = 'arn:aws:iam::aws:policy/CloudWatchLogsFullAccess'

export const wrong: WrongAttempt[] = [
  {
    name: 'AdministratorAccess in place of the policy',
    attempt: async (context) => void (await attach(context, NOTIFY_ROLE, ADMINISTRATOR)),
    fails: 'prove/policy',
    says: /AdministratorAccess.*AWSLambdaBasicExecutionRole is not among them/is,
  },
  {
    name: "another function's role",
    async attempt(context) {
      await context.clients.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: NOTIFY, Role: roleArn(context, INVOICE_ROLE) }))
      await settled(context, NOTIFY)
    },
    fails: 'prove/policy',
    says: /runs as the role `.*bookshop-invoice-role`.*Give it back/is,
  },
  {
    name: 'the policy attached to some other role',
    attempt: (context) => ensureRole(context, 'bookshop-logs-role', { attached: [BASIC_EXECUTION_POLICY] }),
    fails: 'prove/logs',
    says: /nothing allows `bookshop-notify-role` to do .*logs:PutLogEvents/is,
  },
  {
    name: 'AdministratorAccess beside the policy',
    async attempt(context) {
      await attach(context, NOTIFY_ROLE, BASIC_EXECUTION_POLICY)
      await attach(context, NOTIFY_ROLE, ADMINISTRATOR)
    },
    fails: 'prove/narrow',
    says: /also allowed .*iam:CreateUser.*by AdministratorAccess/is,
  },
  {
    name: 'CloudWatchLogsFullAccess beside the policy',
    async attempt(context) {
      await attach(context, NOTIFY_ROLE, BASIC_EXECUTION_POLICY)
      await attach(context, NOTIFY_ROLE, LOGS_FULL)
    },
    fails: 'prove/narrow',
    says: /also allowed .*logs:DeleteLogGroup.*by CloudWatchLogsFullAccess/is,
  },
  {
    name: 'an inline policy of logs:* on everything',
    async attempt(context) {
      await attach(context, NOTIFY_ROLE, BASIC_EXECUTION_POLICY)
      await context.clients.iam.send(new PutRolePolicyCommand({ RoleName: NOTIFY_ROLE, PolicyName: 'logs', PolicyDocument: policy({ Effect: 'Allow', Action: 'logs:*', Resource: '*' }) }))
    },
    fails: 'prove/narrow',
    says: /also allowed .*logs:DeleteLogGroup.*by logs\b/is,
  },
  {
    name: 'more permissions against a Deny',
    attempt: async (context) => void (await attach(context, INVOICE_ROLE, ADMINISTRATOR)),
    fails: 'repair/invoice-logs',
    says: /explicit deny.*always wins/is,
  },
  {
    name: 'the Deny gone, but wider than needed',
    async attempt(context) {
      await context.clients.iam.send(new DeleteRolePolicyCommand({ RoleName: INVOICE_ROLE, PolicyName: SAVE_COSTS }))
      await attach(context, INVOICE_ROLE, LOGS_FULL)
    },
    fails: 'repair/invoice-narrow',
    says: /also allowed .*by CloudWatchLogsFullAccess/is,
  },
]
