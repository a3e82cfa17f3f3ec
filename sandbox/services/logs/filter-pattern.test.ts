import { describe, expect, it } from 'vitest'
import { compilePattern } from './filter-pattern'

const lines = ['[ERROR 400] BAD REQUEST', 'INFO all is well', 'WARN slow: "disk full"', '{"level":"error","ms":120,"user":{"name":"Anna"},"tags":["a","b"],"ok":false,"none":null}', '{"level":"info","ms":8.5}']
const found = (pattern: string) => lines.filter(compilePattern(pattern)).map((line) => lines.indexOf(line))

describe('a filter pattern', () => {
  it.each<[string, number[]]>([
    ['', [0, 1, 2, 3, 4]],
    ['ERROR', [0]],
    ['BAD ERROR', [0]],
    ['"BAD REQUEST"', [0]],
    ['"REQUEST BAD"', []],
    ['"\\"disk full\\""', [2]],
    ['?ERROR ?WARN', [0, 2]],
    ['-level', [0, 1, 2]],
    ['INFO -slow', [1]],
    ['?INFO ERROR', [0]],
    ['{ $.level = "error" }', [3]],
    ['{ $.level = err* }', [3]],
    ['{ $.level != "error" }', [4]],
    ['{ $.ms > 100 }', [3]],
    ['{ $.ms <= 8.5 }', [4]],
    ['{ $.ms = 120 && $.user.name = "A*a" }', [3]],
    ['{ ($.ms > 1000 || $.level = info) && $.ms < 9 }', [4]],
    ['{ $.ms > 1000 || $.level = error && $.ms > 1 }', [3]],
    ['{ $.tags[1] = b }', [3]],
    ['{ $.ok IS FALSE }', [3]],
    ['{ $.none IS NULL }', [3]],
    ['{ $.user NOT EXISTS }', [4]],
    ['%[45]\\d\\d\\]%', [0]],
    ['%^INFO|full.$%', [1, 2]],
    ['?%ERR..% ?WARN', [0, 2]],
    ['well -%^WARN%', [1]],
    ['{ $.level = %^err|^inf[a-z]{1,2}% && $.ms < 9 }', [4]],
    ['{ $.level != %^e% }', [4]],
    ['{ $.ms = %^12\\d$% }', [3]],
  ])('%s finds lines %j', (pattern, expected) => {
    expect(found(pattern)).toEqual(expected)
  })

  const access = '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /a.html HTTP/1.0" 404 1534'
  it.each<[string, boolean]>([
    ['[ip, user, username, timestamp, request, status_code, bytes]', true],
    ['[ip, user, username, timestamp, request = *.html*, status_code = 4*, bytes]', true],
    ['[ip, user, username, timestamp, request, status_code = 5*, bytes]', false],
    ['[ip, user]', false],
    ['[..., status_code = 404 || status_code = 410, bytes > 1000]', true],
    ['[ip = 10.*, ...]', false],
    ['[ip, ..., bytes >= 1534 && bytes < 1535]', true],
    ['[ip != 10.*, ...]', true],
    ['[ip = %^127\\.0{1,3}\\.%, ..., status_code = %4\\d{2}|5\\d{2}%, bytes]', true],
    ['[..., status_code != %^4%, bytes]', false],
  ])('%s of words: %j', (pattern, expected) => {
    expect(compilePattern(pattern)(access)).toBe(expected)
  })

  it.each(['{ $.a = }', '{ $.a = 1', '{ a = 1 }', '{ $.a = 1 } x', '[a, b', '[a, a = ]', '[..., a, ...]', '%something!%', '%(a)%', '%[a%', '%[z-a]%', '%đ%', '{ $.a = %a% || $.a = %b% || $.a = %c% }', '"open', `{ ${'('.repeat(60)}$.a = 1${')'.repeat(60)} }`])('%s is refused', (pattern) => {
    expect(() => compilePattern(pattern)).toThrow(/Invalid filter pattern/)
  })

  it('takes no longer over a hostile regular expression', () => {
    const matches = compilePattern(`%${'.*'.repeat(30)}x%`)
    expect(matches('a'.repeat(20_000))).toBe(false)
  })
})
