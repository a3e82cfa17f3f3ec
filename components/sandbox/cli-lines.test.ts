import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { cliLines } from './cli-lines'

const account = { endpoint: 'http://127.0.0.1:4566', region: 'us-east-1', keys: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a/b+c$d=e' } }

test('three lines set a POSIX shell up, whatever the secret is made of', () => {
  const lines = cliLines(account, 'bash')
  expect(lines.split('\n')).toHaveLength(3)
  const seen = execFileSync('sh', ['-c', `${lines}\necho "$AWS_ENDPOINT_URL $AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY $AWS_DEFAULT_REGION"`], { encoding: 'utf8' })
  expect(seen.trim()).toBe('http://127.0.0.1:4566 AKIAEXAMPLE a/b+c$d=e us-east-1')
})

test('PowerShell takes the secret in single quotes, in which nothing is replaced', () => {
  expect(cliLines(account, 'powershell')).toContain("$env:AWS_SECRET_ACCESS_KEY = 'a/b+c$d=e'")
})

test('the profile names everything that ~/.aws/config needs', () => {
  expect(cliLines(account, 'profile').split('\n')).toEqual([
    '[profile worklab]',
    'endpoint_url = http://127.0.0.1:4566',
    'aws_access_key_id = AKIAEXAMPLE',
    'aws_secret_access_key = a/b+c$d=e',
    'region = us-east-1',
  ])
})
