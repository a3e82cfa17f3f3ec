import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awsCli, awsCliVersion } from '../../aws-cli-testing'
import { startTestSandbox, type TestSandbox } from '../../testing'

const run = promisify(execFile)
const hasBoto3 = spawnSync('python3', ['-c', 'import boto3']).status === 0

let sandbox: TestSandbox
beforeAll(async () => void (sandbox = await startTestSandbox()))
afterAll(() => sandbox.remove())

const PROGRAM = `
import boto3, json, decimal
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError
db = boto3.resource("dynamodb")
table = db.create_table(TableName="boto", BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "N"}],
    KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"})
table.wait_until_exists()
with table.batch_writer() as batch:
    for n in range(60):
        batch.put_item(Item={"pk": "p", "sk": n, "price": decimal.Decimal("1.5"), "tags": {"a", "b"}, "raw": b"\\x00\\xff"})
out = {}
out["query"] = [int(i["sk"]) for i in table.query(KeyConditionExpression=Key("pk").eq("p") & Key("sk").between(10, 12))["Items"]]
item = table.get_item(Key={"pk": "p", "sk": 1})["Item"]
out["item"] = [str(item["price"]), sorted(item["tags"]), item["raw"].value.hex()]
out["scan"] = table.scan(FilterExpression=Attr("sk").gte(50), Select="COUNT")["Count"]
try:
    table.put_item(Item={"pk": "p", "sk": 1}, ConditionExpression=Attr("pk").not_exists())
except ClientError as error:
    out["condition"] = error.response["Error"]["Code"]
try:
    db.meta.client.transact_write_items(TransactItems=[{"ConditionCheck": {"TableName": "boto", "Key": {"pk": "none", "sk": 1}, "ConditionExpression": "attribute_exists(pk)"}}])
except db.meta.client.exceptions.TransactionCanceledException as error:
    out["reasons"] = [r["Code"] for r in error.response["CancellationReasons"]]
streams = boto3.client("dynamodbstreams")
arn = streams.list_streams(TableName="boto")["Streams"][0]["StreamArn"]
shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
at = streams.get_shard_iterator(StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
records = streams.get_records(ShardIterator=at)["Records"]
out["records"] = [len(records), records[0]["dynamodb"]["NewImage"]["raw"]["B"].hex(), records[0]["dynamodb"]["ApproximateCreationDateTime"].year > 2000]
try:
    streams.describe_stream(StreamArn=arn + "9")
except streams.exceptions.ResourceNotFoundException:
    out["nothing"] = True
out["count"] = db.Table("boto").item_count
table.delete()
table.wait_until_not_exists()
print(json.dumps(out))
`

describe.skipIf(!hasBoto3)('boto3 (skipped where it is not there)', () => {
  it('uses tables, batches, transactions and streams by its resources and clients', { timeout: 30_000 }, async () => {
    const { accessKeyId, secretAccessKey } = sandbox.learner.credentials
    const env = { PATH: process.env.PATH, PYENV_ROOT: process.env.PYENV_ROOT, HOME: '/nonexistent', AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_DEFAULT_REGION: 'us-east-1', AWS_ENDPOINT_URL: sandbox.url }
    const { stdout } = await run('python3', ['-c', PROGRAM], { env: env as unknown as NodeJS.ProcessEnv })
    expect(JSON.parse(stdout)).toEqual({
      query: [10, 11, 12],
      item: ['1.5', ['a', 'b'], '00ff'],
      scan: 10,
      condition: 'ConditionalCheckFailedException',
      reasons: ['ConditionalCheckFailed'],
      records: [60, '00ff', true],
      nothing: true,
      count: 60,
    })
  })
})

describe.skipIf(!awsCliVersion)('the AWS CLI (skipped where it is not there)', () => {
  const cli = (...args: string[]) => awsCli(sandbox.learner, args)

  it('makes a table, writes and reads it, and deletes it', { timeout: 60_000 }, async () => {
    await cli('dynamodb', 'create-table', '--table-name', 'cli', '--billing-mode', 'PAY_PER_REQUEST', '--attribute-definitions', 'AttributeName=id,AttributeType=S', '--key-schema', 'AttributeName=id,KeyType=HASH', '--stream-specification', 'StreamEnabled=true,StreamViewType=NEW_IMAGE')
    const update = await cli('dynamodb', 'update-item', '--table-name', 'cli', '--key', '{"id":{"S":"a"}}', '--update-expression', 'ADD n :two', '--expression-attribute-values', '{":two":{"N":"2"}}', '--return-values', 'ALL_NEW')
    expect(update.Attributes).toEqual({ id: { S: 'a' }, n: { N: '2' } })
    expect((await cli('dynamodb', 'scan', '--table-name', 'cli')).Items).toEqual([{ id: { S: 'a' }, n: { N: '2' } }])
    expect((await cli('dynamodbstreams', 'list-streams')).Streams).toMatchObject([{ TableName: 'cli' }])
    await cli('dynamodb', 'delete-table', '--table-name', 'cli')
    await expect(cli('dynamodb', 'describe-table', '--table-name', 'cli')).rejects.toThrow('ResourceNotFoundException')
  })
})
