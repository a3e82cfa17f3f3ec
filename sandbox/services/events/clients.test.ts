import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awsCli, awsCliVersion } from '../../aws-cli-testing'
import { boto3, hasBoto3 } from '../../boto3-testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { makeRole } from '../lambda/testing'

let sandbox: TestSandbox
let role: string
beforeAll(async () => {
  sandbox = await startTestSandbox()
  role = await makeRole(sandbox.learner, 'scheduler', ['AmazonSQSFullAccess'], 'scheduler.amazonaws.com')
})
afterAll(() => sandbox.remove())

describe.skipIf(!awsCliVersion)(awsCliVersion ?? 'the AWS CLI is not installed: left out', { timeout: 60_000 }, () => {
  const aws = (...args: string[]) => awsCli(sandbox.learner, args)

  it('works with rules, targets and events', async () => {
    const { RuleArn } = await aws('events', 'put-rule', '--name', 'cli', '--event-pattern', '{"source":["cli"]}')
    const queue = `arn:aws:sqs:us-east-1:${sandbox.accountId}:q`
    expect(await aws('events', 'put-targets', '--rule', 'cli', '--targets', `Id=1,Arn=${queue}`)).toEqual({ FailedEntryCount: 0, FailedEntries: [] })
    expect(await aws('events', 'describe-rule', '--name', 'cli')).toMatchObject({ Arn: RuleArn, State: 'ENABLED' })
    expect(await aws('events', 'list-targets-by-rule', '--rule', 'cli')).toEqual({ Targets: [{ Id: '1', Arn: queue }] })
    const entry = { Source: 'cli', DetailType: 'x', Detail: '{}' }
    expect(await aws('events', 'put-events', '--entries', JSON.stringify([entry]))).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] })
    await expect(aws('events', 'describe-rule', '--name', 'none')).rejects.toThrow('An error occurred (ResourceNotFoundException) when calling the DescribeRule operation: Rule none does not exist on EventBus default.')
  })

  it('works with schedules', async () => {
    const target = { Arn: `arn:aws:sqs:us-east-1:${sandbox.accountId}:q`, RoleArn: role, Input: '{}' }
    const made = await aws('scheduler', 'create-schedule', '--name', 'cli', '--schedule-expression', 'cron(0 9 * * ? *)', '--schedule-expression-timezone', 'Asia/Ho_Chi_Minh', '--flexible-time-window', 'Mode=OFF', '--target', JSON.stringify(target))
    expect(made).toEqual({ ScheduleArn: `arn:aws:scheduler:us-east-1:${sandbox.accountId}:schedule/default/cli` })
    expect(await aws('scheduler', 'get-schedule', '--name', 'cli')).toMatchObject({ ScheduleExpressionTimezone: 'Asia/Ho_Chi_Minh', Target: target })
    await expect(aws('scheduler', 'get-schedule', '--name', 'none')).rejects.toThrow('(ResourceNotFoundException) when calling the GetSchedule operation: Schedule none does not exist.')
  })
})

it.skipIf(!hasBoto3)(hasBoto3 ? 'boto3 works with rules, events and schedules' : 'boto3 is not installed: left out', { timeout: 60_000 }, async () => {
  const found = await boto3(
    sandbox.learner,
    `
events, scheduler = boto3.client("events"), boto3.client("scheduler")
rule = events.put_rule(Name="boto", ScheduleExpression="rate(5 minutes)", State="DISABLED")["RuleArn"]
names = [r["Name"] for p in events.get_paginator("list_rules").paginate(NamePrefix="boto") for r in p["Rules"]]
sent = events.put_events(Entries=[{"Source": "b", "DetailType": "x", "Detail": "{}"}, {"Source": "b", "DetailType": "x", "Detail": "no"}])
scheduler.create_schedule(Name="boto", ScheduleExpression="rate(1 hour)", State="DISABLED", FlexibleTimeWindow={"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 5}, Target={"Arn": "arn:aws:sqs:us-east-1:${sandbox.accountId}:q", "RoleArn": "${role}"})
kept = scheduler.get_schedule(Name="boto")
try: scheduler.delete_schedule(Name="none")
except scheduler.exceptions.ResourceNotFoundException as e: error = e.response["Error"]["Code"]
print(json.dumps({"names": names, "failed": sent["FailedEntryCount"], "code": sent["Entries"][1]["ErrorCode"], "window": kept["FlexibleTimeWindow"]["MaximumWindowInMinutes"], "created": kept["CreationDate"].year, "error": error}))
`,
  )
  expect(found).toEqual({ names: ['boto'], failed: 1, code: 'MalformedDetail', window: 5, created: new Date().getUTCFullYear(), error: 'ResourceNotFoundException' })
})
