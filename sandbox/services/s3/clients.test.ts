import { execFile, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awsCliVersion } from '../../aws-cli-testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { s3Client, s3Tools } from './testing'

const run = promisify(execFile)
const hasBoto3 = spawnSync('python3', ['-c', 'import boto3']).status === 0
const hasCurl = spawnSync('curl', ['--version']).status === 0

let sandbox: TestSandbox
let folder: string
let tools: ReturnType<typeof s3Tools>
beforeAll(async () => {
  sandbox = await startTestSandbox()
  tools = s3Tools(s3Client(sandbox.learner))
  folder = mkdtempSync(join(tmpdir(), 's3-clients-'))
})
afterAll(async () => {
  await sandbox.remove()
  rmSync(folder, { recursive: true, force: true })
})

const environment = () =>
  ({
    PATH: process.env.PATH,
    PYENV_ROOT: process.env.PYENV_ROOT,
    HOME: '/nonexistent',
    AWS_ACCESS_KEY_ID: sandbox.learner.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandbox.learner.credentials.secretAccessKey,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: sandbox.url,
    AWS_PAGER: '',
  }) as unknown as NodeJS.ProcessEnv
const aws = async (...args: string[]) => (await run('aws', args, { env: environment(), cwd: folder })).stdout.trim()
const python = async (code: string) => (await run('python3', ['-c', code], { env: environment(), cwd: folder })).stdout.trim()
const md5 = (data: Uint8Array | string) => createHash('md5').update(data).digest('hex')

describe.skipIf(!awsCliVersion)('the AWS CLI', { timeout: 120_000 }, () => {
  it('makes buckets, copies, lists, syncs and removes', async () => {
    mkdirSync(join(folder, 'site/img'), { recursive: true })
    writeFileSync(join(folder, 'site/index.html'), '<h1>xin chào</h1>')
    writeFileSync(join(folder, 'site/img/ảnh 1.png'), randomBytes(100_000))
    await aws('s3', 'mb', 's3://cli')
    await aws('s3', 'sync', 'site', 's3://cli/site')
    expect((await aws('s3', 'ls', 's3://cli', '--recursive')).split('\n').map((line) => line.split(/\s+/).slice(2).join(' '))).toEqual(['100000 site/img/ảnh 1.png', '18 site/index.html'])
    expect(await aws('s3', 'ls', 's3://cli/site/')).toMatch(/PRE img\/\n.*index\.html$/)
    await aws('s3', 'cp', 's3://cli/site/img/ảnh 1.png', 'back.png')
    expect(md5(readFileSync(join(folder, 'back.png')))).toBe(md5(readFileSync(join(folder, 'site/img/ảnh 1.png'))))
    await aws('s3', 'cp', 's3://cli/site/index.html', 's3://cli/copy.html')
    const link = await aws('s3', 'presign', 's3://cli/copy.html')
    expect(await (await fetch(link)).text()).toBe('<h1>xin chào</h1>')
    const head = JSON.parse(await aws('s3api', 'head-object', '--bucket', 'cli', '--key', 'copy.html'))
    expect(head).toMatchObject({ ContentLength: 18, ContentType: 'text/html', ServerSideEncryption: 'AES256' })
    expect(JSON.parse(await aws('s3api', 'list-objects-v2', '--bucket', 'cli', '--prefix', 'site/', '--delimiter', '/'))).toMatchObject({ CommonPrefixes: [{ Prefix: 'site/img/' }] })
    await expect(aws('s3', 'cp', 's3://cli/nothing', '.')).rejects.toThrow(/\(404\)/)
    await expect(aws('s3', 'rb', 's3://cli')).rejects.toThrow(/BucketNotEmpty/)
  })

  it('sends what is large in parts', async () => {
    await tools.bucket('cli-large')
    const bytes = randomBytes(20 << 20)
    writeFileSync(join(folder, 'large.bin'), bytes)
    await aws('s3', 'cp', 'large.bin', 's3://cli-large/large.bin')
    expect(JSON.parse(await aws('s3api', 'head-object', '--bucket', 'cli-large', '--key', 'large.bin'))).toMatchObject({ ContentLength: bytes.length, ETag: expect.stringMatching(/-3"$/) })
    await aws('s3', 'cp', 's3://cli-large/large.bin', 'large-back.bin')
    expect(md5(readFileSync(join(folder, 'large-back.bin')))).toBe(md5(bytes))
    await aws('s3', 'rm', 's3://cli-large', '--recursive')
    await aws('s3', 'rb', 's3://cli-large')
  })
})

describe.skipIf(!hasBoto3)('boto3', { timeout: 120_000 }, () => {
  it('uploads files in parts, reads them, lists, and makes links of both signatures', async () => {
    const out = await python(`
import boto3, hashlib, io, json, os
from botocore.config import Config
from botocore.exceptions import ClientError
from boto3.s3.transfer import TransferConfig
s3 = boto3.client('s3')
s3.create_bucket(Bucket='boto')
data = os.urandom(12 * 1024 * 1024)
s3.upload_fileobj(io.BytesIO(data), 'boto', 'a b/lớn.bin', ExtraArgs={'Metadata': {'x': 'y'}}, Config=TransferConfig(multipart_threshold=6 << 20, multipart_chunksize=6 << 20))
back = io.BytesIO()
s3.download_fileobj('boto', 'a b/lớn.bin', back)
head = s3.head_object(Bucket='boto', Key='a b/lớn.bin')
s3.put_object(Bucket='boto', Key='small', Body=b'hello')
old = s3.generate_presigned_url('get_object', Params={'Bucket': 'boto', 'Key': 'small'})
new = boto3.client('s3', config=Config(signature_version='s3v4')).generate_presigned_url('get_object', Params={'Bucket': 'boto', 'Key': 'small'})
put = s3.generate_presigned_url('put_object', Params={'Bucket': 'boto', 'Key': 'put-by-link', 'ContentType': 'text/plain'})
post = s3.generate_presigned_post('boto', 'posted')
resource = boto3.resource('s3').Bucket('boto')
keys = [o.key for o in resource.objects.all()]
try:
    s3.get_object(Bucket='boto', Key='nothing'); code = ''
except ClientError as e:
    code = e.response['Error']['Code']
print(json.dumps({'same': back.getvalue() == data, 'etag': head['ETag'], 'metadata': head['Metadata'], 'keys': keys, 'old': old, 'new': new, 'put': put, 'post': post, 'code': code, 'body': s3.get_object(Bucket='boto', Key='small', Range='bytes=1-3')['Body'].read().decode()}))
`)
    const told = JSON.parse(out)
    expect(told).toMatchObject({ same: true, etag: expect.stringMatching(/-2"$/), metadata: { x: 'y' }, keys: ['a b/lớn.bin', 'small'], code: 'NoSuchKey', body: 'ell' })
    expect(await (await fetch(told.old)).text()).toBe('hello')
    expect(await (await fetch(told.new)).text()).toBe('hello')
    expect(told.new).toContain('X-Amz-Signature')
    expect((await fetch(told.put, { method: 'PUT', body: 'linked', headers: { 'content-type': 'text/plain' } })).status).toBe(200)
    expect(await tools.text('boto', 'put-by-link')).toBe('linked')
    expect((await fetch(told.old.replace(/Signature=[^&]+/, 'Signature=bm8%3D'))).status).toBe(403)
  })
})

describe('hosts', () => {
  it.skipIf(!hasCurl)('may name the bucket, as LocalStack and AWS have it', async () => {
    await tools.bucket('in-host')
    await tools.put('in-host', 'k', 'by host')
    const { port } = new URL(sandbox.url)
    for (const host of ['s3.localhost', 's3.us-east-1.localhost.localstack.cloud', 'localhost']) {
      const link = new URL(await getSignedUrl(new S3Client({ ...sandbox.learner, endpoint: `http://${host}:${port}` }), new GetObjectCommand({ Bucket: 'in-host', Key: 'k' })))
      expect(link.hostname).toBe(`in-host.${host}`)
      expect((await run('curl', ['-s', '--resolve', `${link.host}:127.0.0.1`, link.href])).stdout).toBe('by host')
    }
  })
})
