import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { AttachRolePolicyCommand, CreateRoleCommand, DeleteRolePolicyCommand, GetRoleCommand } from '@aws-sdk/client-iam'
import { CreateFunctionCommand, InvokeCommand, UpdateFunctionCodeCommand, UpdateFunctionConfigurationCommand, type CreateFunctionCommandInput } from '@aws-sdk/client-lambda'
import { z } from 'zod'
import { text, type Action } from './define-lab'
import { LAMBDA_TRUST, roleArn } from './role'
import { folder, zipFiles } from './zip'

/*
 * The commands that labs let a learner send. The patterns are AWS's own (Lambda and IAM API references); the
 * messages are keys of `messages/<locale>/lab-fields.json`.
 */

const required = (pattern: RegExp, message: string) => z.string().trim().min(1, 'required').regex(pattern, message)
const functionName = required(/^[a-zA-Z0-9_-]{1,64}$/, 'functionName')
const roleName = required(/^[\w+=,.@-]{1,64}$/, 'roleName')
const policyName = required(/^[\w+=,.@-]{1,128}$/, 'policyName')
const aRoleArn = required(/^arn:aws[a-zA-Z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'roleArn')
const policyArn = required(/^arn:aws[a-zA-Z-]*:iam::(aws|\d{12}):policy\/[\w+=,.@/-]+$/, 'policyArn')
const handler = required(/^[^\s]{1,128}$/, 'handler')
const json = z
  .string()
  .min(1, 'required')
  .refine((value) => {
    try {
      JSON.parse(value)
      return true
    } catch {
      return false
    }
  }, 'json')

/** Node.js runtimes that Lambda offers, the default first. */
const NODE_RUNTIMES = ['nodejs22.x', 'nodejs24.x', 'nodejs20.x'] as const

const labels = {
  functionName: text('Tên hàm', 'Function name'),
  roleName: text('Tên role', 'Role name'),
  runtime: text('Runtime (môi trường chạy)', 'Runtime'),
  handler: text('Handler (hàm xử lý)', 'Handler'),
  roleArn: text('ARN của execution role', 'ARN of the execution role'),
  trust: text('Trust policy (chính sách tin cậy)', 'Trust policy'),
  policyArn: text('ARN của policy', 'ARN of the policy'),
  policyName: text('Tên inline policy', 'Name of the inline policy'),
  event: text('Event (sự kiện thử)', 'Event'),
  prefix: text('Tên log group bắt đầu bằng', 'Log group names starting with'),
}
const handlerHelp = text('`tên-tệp.tên-hàm-được-export`, không có phần đuôi `.mjs`', '`file.export`, without the ending `.mjs`')

/** Makes the role that a function will run as. */
export function createRole(role: string): Action<{ RoleName: string; AssumeRolePolicyDocument: string }> {
  return {
    id: 'create-role',
    title: text('Tạo execution role', 'Create the execution role'),
    service: 'iam',
    form: z.object({ RoleName: roleName, AssumeRolePolicyDocument: json }),
    fields: { RoleName: { label: labels.roleName, kind: 'text' }, AssumeRolePolicyDocument: { label: labels.trust, kind: 'json' } },
    defaults: () => ({ RoleName: role, AssumeRolePolicyDocument: LAMBDA_TRUST }),
    command: (input) => new CreateRoleCommand(input),
  }
}

/** Attaches a managed policy to a role. Which one is left to the learner where no ARN is given. */
export function attachPolicy(role: string, arn = ''): Action<{ RoleName: string; PolicyArn: string }> {
  return {
    id: 'attach-policy',
    title: text('Gắn policy vào role', 'Attach a policy to the role'),
    service: 'iam',
    form: z.object({ RoleName: roleName, PolicyArn: policyArn }),
    fields: { RoleName: { label: labels.roleName, kind: 'text' }, PolicyArn: { label: labels.policyArn, kind: 'text' } },
    defaults: () => ({ RoleName: role, PolicyArn: arn }),
    command: (input) => new AttachRolePolicyCommand(input),
  }
}

/** Deletes an inline policy of a role. */
export function deleteRolePolicy(role: string): Action<{ RoleName: string; PolicyName: string }> {
  return {
    id: 'delete-role-policy',
    title: text('Xóa một inline policy của role', 'Delete an inline policy of the role'),
    service: 'iam',
    form: z.object({ RoleName: roleName, PolicyName: policyName }),
    fields: { RoleName: { label: labels.roleName, kind: 'text' }, PolicyName: { label: labels.policyName, kind: 'text' } },
    defaults: () => ({ RoleName: role, PolicyName: '' }),
    command: (input) => new DeleteRolePolicyCommand(input),
  }
}

/** Shows a role in the inspector: trust policy, attached and inline policies. */
export function showRole(role: string): Action<{ RoleName: string }> {
  return {
    id: 'show-role',
    title: text('Xem role', 'Look at the role'),
    service: 'iam',
    form: z.object({ RoleName: roleName }),
    fields: { RoleName: { label: labels.roleName, kind: 'text' } },
    defaults: () => ({ RoleName: role }),
    command: (input) => new GetRoleCommand(input),
    shows: 'role',
  }
}

/** Makes a function of the learner's files in one folder. */
export function createFunction({ name, role, from }: { name: string; role: string; from: string }): Action<{ FunctionName: string; Runtime: string; Role: string; Handler: string }> {
  return {
    id: 'create-function',
    title: text('Tạo hàm', 'Create the function'),
    service: 'lambda',
    form: z.object({ FunctionName: functionName, Runtime: z.enum(NODE_RUNTIMES, 'runtime'), Role: aRoleArn, Handler: handler }),
    fields: {
      FunctionName: { label: labels.functionName, kind: 'text' },
      Runtime: { label: labels.runtime, kind: 'select', options: NODE_RUNTIMES },
      Role: { label: labels.roleArn, kind: 'text' },
      Handler: { label: labels.handler, help: handlerHelp, kind: 'text' },
    },
    defaults: (context) => ({ FunctionName: name, Runtime: NODE_RUNTIMES[0], Role: roleArn(context, role), Handler: 'index.handler' }),
    command: ({ FunctionName, Runtime, Role, Handler }, { files }) =>
      new CreateFunctionCommand({ FunctionName, Runtime: Runtime as CreateFunctionCommandInput['Runtime'], Role, Handler, Code: { ZipFile: zipFiles(folder(files, from)) } }),
  }
}

/** Puts the learner's files in one folder into a function. */
export function updateCode(name: string, from: string): Action<{ FunctionName: string }> {
  return {
    id: 'update-code',
    title: text('Đưa mã mới lên hàm', 'Deploy the new code'),
    service: 'lambda',
    form: z.object({ FunctionName: functionName }),
    fields: { FunctionName: { label: labels.functionName, kind: 'text' } },
    defaults: () => ({ FunctionName: name }),
    command: ({ FunctionName }, { files }) => new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipFiles(folder(files, from)) }),
  }
}

/** Changes which export of which file a function starts at. */
export function updateHandler(name: string): Action<{ FunctionName: string; Handler: string }> {
  return {
    id: 'update-handler',
    title: text('Sửa cấu hình của hàm', 'Change the configuration'),
    service: 'lambda',
    form: z.object({ FunctionName: functionName, Handler: handler }),
    fields: { FunctionName: { label: labels.functionName, kind: 'text' }, Handler: { label: labels.handler, help: handlerHelp, kind: 'text' } },
    defaults: () => ({ FunctionName: name, Handler: '' }),
    command: (input) => new UpdateFunctionConfigurationCommand(input),
  }
}

/** Invokes a function and shows its answer, log tail and figures. */
export function invoke(name: string, event: unknown): Action<{ FunctionName: string; Payload: string }> {
  return {
    id: 'invoke',
    title: text('Gọi hàm', 'Invoke the function'),
    service: 'lambda',
    form: z.object({ FunctionName: functionName, Payload: json }),
    fields: { FunctionName: { label: labels.functionName, kind: 'text' }, Payload: { label: labels.event, kind: 'json' } },
    defaults: () => ({ FunctionName: name, Payload: JSON.stringify(event, null, 2) }),
    command: ({ FunctionName, Payload }) => new InvokeCommand({ FunctionName, LogType: 'Tail', Payload: new TextEncoder().encode(Payload) }),
    shows: 'invoke',
  }
}

/** Lists the log groups that functions write to. */
export function listLogGroups(prefix: string): Action<{ logGroupNamePrefix: string }> {
  return {
    id: 'list-log-groups',
    title: text('Liệt kê log group (nhóm log)', 'List the log groups'),
    service: 'logs',
    form: z.object({ logGroupNamePrefix: required(/^[.\-_/#A-Za-z0-9]{1,512}$/, 'logGroup') }),
    fields: { logGroupNamePrefix: { label: labels.prefix, kind: 'text' } },
    defaults: () => ({ logGroupNamePrefix: prefix }),
    command: (input) => new DescribeLogGroupsCommand(input),
  }
}
